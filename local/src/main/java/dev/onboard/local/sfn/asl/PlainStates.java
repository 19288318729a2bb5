package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;

/** What the states that call nobody make of what they see. */
public final class PlainStates {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(Integer.MAX_VALUE);

  private PlainStates() {}

  /** What leaves a Choice state, and for which state. */
  public record Choice(DataFlow.Outcome outcome, String next) {}

  /** What leaves a Pass state. */
  public static DataFlow.Outcome pass(State.Pass pass, Scope scope) {
    DataFlow data = pass.common().data();
    if (pass.common().language() == QueryLanguage.JSONATA) {
      return data.pass(scope);
    }
    return data.finish(scope, pass.result() != null ? pass.result() : data.arguments(scope));
  }

  /**
   * Which rule of a Choice state holds.
   *
   * @throws StateError {@code States.NoChoiceMatched} if none does and there is no default
   */
  public static Choice choose(State.Choice choice, Scope scope) {
    DataFlow data = choice.common().data();
    Scope within = scope.withData(data.effectiveInput(scope));
    for (State.Rule rule : choice.rules()) {
      if (rule.condition().holds(within)) {
        ObjectNode assigned = DataFlow.assigned(rule.assign(), within);
        JsonNode output =
            rule.output() != null
                ? rule.output().evaluate(within)
                : choice.common().language() == QueryLanguage.JSONATA
                    ? scope.input()
                    : data.pass(scope).output();
        return new Choice(new DataFlow.Outcome(output, assigned), rule.next());
      }
    }
    if (choice.otherwise() == null) {
      throw StateError.inState(
          "States.NoChoiceMatched",
          "Failed to transition out of the state. The state's choices did not match any of the"
              + " input and no default was specified.");
    }
    return new Choice(data.pass(scope), choice.otherwise());
  }

  /** The error of a Fail state. */
  public static StateError failure(State.Fail fail, Scope scope) {
    Setting error = fail.error();
    Setting cause = fail.cause();
    return StateError.of(
        error == null ? null : error.text(scope), cause == null ? null : cause.text(scope));
  }

  /** Until when a Wait state waits. */
  public static Instant due(State.Wait waiting, Scope scope, Instant now) {
    Scope within = scope.withData(waiting.common().data().effectiveInput(scope));
    State.Delay delay = waiting.delay();
    Instant due =
        delay.timestamp()
            ? timestamp(delay.value(), within)
            : now.plusSeconds(seconds(delay.value(), within));
    if (due.isAfter(now.plus(LONGEST_WAIT))) {
      throw StateError.runtime("Wait state delay is too long.");
    }
    return due;
  }

  private static Instant timestamp(Setting setting, Scope scope) {
    JsonNode found = setting.value().evaluate(scope);
    Instant time = found.isTextual() ? Timestamps.parse(found.textValue()) : null;
    if (time != null) {
      return time;
    }
    String shown = found.isTextual() ? found.textValue() : Json.text(found);
    throw setting.field().endsWith("Path")
        ? StateError.runtime(
            "The TimestampPath parameter does not reference a valid ISO-8601 extended offset"
                + " date-time format string: "
                + setting.source()
                + " == "
                + shown)
        : StateError.query(
            "Timestamp",
            "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format"
                + " string: "
                + shown);
  }

  private static long seconds(Setting setting, Scope scope) {
    if (!setting.field().endsWith("Path")) {
      return Math.min(setting.wholeNumber(scope), Integer.MAX_VALUE);
    }
    JsonNode found = setting.value().evaluate(scope);
    String shown = found.isTextual() ? found.textValue() : Json.text(found);
    long seconds;
    try {
      seconds = Long.parseLong(shown);
    } catch (NumberFormatException e) {
      throw StateError.runtime(
          "The SecondsPath parameter cannot be parsed as a long value: "
              + setting.source()
              + " == "
              + shown);
    }
    if (seconds < 0) {
      throw StateError.runtime(
          "The SecondsPath parameter references a negative value: "
              + setting.source()
              + " == "
              + shown);
    }
    return Math.min(seconds, Integer.MAX_VALUE);
  }
}
