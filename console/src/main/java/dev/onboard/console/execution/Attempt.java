package dev.onboard.console.execution;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt at a state's work.
 *
 * @param scheduled the event that it began with
 * @param over the event that it ended with; 0 as long as it has not
 */
record Attempt(
    int number,
    long scheduled,
    Instant began,
    long over,
    @Nullable Instant ended,
    Outcome outcome,
    @Nullable Failure failure) {

  /** What went wrong. */
  record Failure(@Nullable String error, @Nullable String cause) {
    static Failure of(Event event) {
      return new Failure(event.text("error"), event.text("cause"));
    }
  }

  Attempt end(Event event) {
    boolean failed = event.isFailure();
    Outcome result =
        !failed
            ? Outcome.SUCCEEDED
            : event.type().endsWith("TimedOut") ? Outcome.TIMED_OUT : Outcome.FAILED;
    return new Attempt(
        number,
        scheduled,
        began,
        event.id(),
        event.at(),
        result,
        failed ? Failure.of(event) : null);
  }

  Attempt left(Outcome unfinished) {
    return over == 0 ? new Attempt(number, scheduled, began, 0, null, unfinished, null) : this;
  }
}
