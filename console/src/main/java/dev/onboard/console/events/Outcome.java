package dev.onboard.console.events;

import dev.onboard.console.web.Refusal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What may have become of the events that somebody looks for. */
public enum Outcome {
  UNMATCHED("unmatched", "no rule took it"),
  PENDING("pending", "a delivery is to come"),
  DEAD_LETTERED("dead-lettered", "dead-lettered"),
  DROPPED("dropped", "dropped"),
  VIOLATING("violating", "does not fit its schema");

  private final String parameter;
  private final String words;

  Outcome(String parameter, String words) {
    this.parameter = parameter;
    this.words = words;
  }

  /** The one of that parameter; null if there is none. */
  static @Nullable Outcome of(@Nullable String parameter) {
    if (parameter == null) {
      return null;
    }
    return Arrays.stream(values())
        .filter(o -> o.parameter.equals(parameter))
        .findFirst()
        .orElseThrow(() ->
            Refusal.badRequest(
                "became must be unmatched, pending, dead-lettered, dropped or violating, not "
                    + parameter
                    + "."));
  }

  /** As the runtime and addresses call it. */
  public String parameter() {
    return parameter;
  }

  public String words() {
    return words;
  }
}
