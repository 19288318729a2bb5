package dev.onboard.console.story;

import dev.onboard.console.web.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * One visit of an execution to a state that does work.
 *
 * @param failures the attempts that failed, an error each
 * @param output what the state's task answered last, if it did
 */
record StateVisit(
    String name,
    String type,
    Instant entered,
    @Nullable Instant left,
    List<String> failures,
    @Nullable String output) {

  /** Those that only decide or pass on take no time and need no word. */
  private static final Set<String> WITHOUT_WORK = Set.of("Choice", "Pass", "Succeed", "Fail");

  private static final String ENTERED = "StateEntered";

  /** The visits in a history, in order; states within others, as of inline maps, are left out. */
  static List<StateVisit> of(List<HistoryEvent> history) {
    var visits = new ArrayList<StateVisit>();
    StateVisit open = null;
    for (HistoryEvent event : history) {
      String type = event.typeAsString();
      if (type.endsWith(ENTERED) && open == null) {
        String kind = type.substring(0, type.length() - ENTERED.length());
        if (!WITHOUT_WORK.contains(kind)) {
          open =
              new StateVisit(
                  event.stateEnteredEventDetails().name(),
                  kind,
                  event.timestamp(),
                  null,
                  new ArrayList<>(),
                  null);
        }
      } else if (open != null) {
        if (isExit(event, open)) {
          visits.add(open.with(event.timestamp(), open.output));
          open = null;
        } else {
          open = open.add(event);
        }
      }
    }
    if (open != null) {
      visits.add(open);
    }
    return visits;
  }

  private static boolean isExit(HistoryEvent event, StateVisit open) {
    return event.stateExitedEventDetails() != null
        && event.stateExitedEventDetails().name().equals(open.name);
  }

  private StateVisit with(@Nullable Instant end, @Nullable String answer) {
    return new StateVisit(name, type, entered, end, failures, answer);
  }

  private StateVisit add(HistoryEvent event) {
    if (event.taskSucceededEventDetails() != null) {
      return with(left, event.taskSucceededEventDetails().output());
    }
    String failure = failure(event);
    if (failure != null) {
      failures.add(failure);
    }
    return this;
  }

  private static @Nullable String failure(HistoryEvent event) {
    if (event.taskFailedEventDetails() != null) {
      return said(event.taskFailedEventDetails().error(), event.taskFailedEventDetails().cause());
    } else if (event.taskTimedOutEventDetails() != null) {
      return said(
          event.taskTimedOutEventDetails().error(), event.taskTimedOutEventDetails().cause());
    } else if (event.lambdaFunctionFailedEventDetails() != null) {
      return said(
          event.lambdaFunctionFailedEventDetails().error(),
          event.lambdaFunctionFailedEventDetails().cause());
    } else if (event.evaluationFailedEventDetails() != null) {
      return said(
          event.evaluationFailedEventDetails().error(),
          event.evaluationFailedEventDetails().cause());
    }
    return event.mapRunFailedEventDetails() == null
        ? null
        : said(event.mapRunFailedEventDetails().error(), event.mapRunFailedEventDetails().cause());
  }

  static String said(@Nullable String error, @Nullable String cause) {
    String reason = cause == null || cause.isEmpty() ? "" : ": " + cause;
    return (error == null ? "it failed" : error) + reason;
  }

  /** The state with its time, for a list: {@code Inspect upload 312 ms}. */
  String text() {
    return name
        + (left == null ? ", not over" : " " + Figures.span(Duration.between(entered, left)))
        + (failures.isEmpty()
            ? ""
            : " (" + failures.size() + " failed, the last with " + failures.getLast() + ")");
  }
}
