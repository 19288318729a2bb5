package dev.onboard.console.execution;

import dev.onboard.console.web.Request;
import dev.onboard.console.web.Url;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The address of an execution's page: which state is looked at, how the history is shown, and from
 * where on.
 */
record Address(String arn, Map<String, String> parameters) {
  static final String STATE = "state";
  static final String VISIT = "visit";
  static final String SHOW = "show";
  static final String FROM = "from";
  static final String ORDER = "order";
  static final String EVENT = "event";

  /** No event has this number. */
  private static final String NO_VISIT = "0";

  static Address of(Request request, String arn) {
    var parameters = new LinkedHashMap<String, String>();
    for (String name : new String[] {STATE, VISIT, SHOW, FROM, ORDER, EVENT}) {
      String value = request.parameter(name);
      if (value != null) {
        parameters.put(name, value);
      }
    }
    return new Address(arn, parameters);
  }

  @Nullable String get(String name) {
    return parameters.get(name);
  }

  boolean is(String name, String value) {
    return value.equals(parameters.get(name));
  }

  /** The same with another parameter; without it for null. */
  Address with(String name, @Nullable String value) {
    var changed = new LinkedHashMap<>(parameters);
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return new Address(arn, changed);
  }

  /** A visit to a state, and the history as it is shown. */
  Address at(String state, @Nullable Long visit) {
    return with(STATE, state).with(VISIT, visit == null ? null : visit.toString());
  }

  /** The execution as a whole, even if a state in it is what a reader looks for. */
  Address whole() {
    return with(STATE, null).with(VISIT, NO_VISIT);
  }

  boolean isWhole() {
    return is(VISIT, NO_VISIT);
  }

  @Override
  public String toString() {
    Url url = Url.of("executions", arn);
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      url = url.with(parameter.getKey(), parameter.getValue());
    }
    return url.toString();
  }
}
