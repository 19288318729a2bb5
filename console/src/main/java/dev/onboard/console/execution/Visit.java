package dev.onboard.console.execution;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One visit of an execution to a state.
 *
 * @param id the number of the event with which the state was entered
 * @param type of the state, such as {@code Task}
 * @param parent the visit to the state that this one is in
 * @param depth how many states it is in
 * @param iteration of the map that it is in, from 0
 * @param left when it was over; null as long as it is not
 * @param last the number of its last event
 * @param failure why it failed, if that was its end or led elsewhere
 * @param mapRun the map run that it started
 */
record Visit(
    long id,
    String state,
    String type,
    @Nullable Visit parent,
    int depth,
    @Nullable Integer iteration,
    Instant entered,
    @Nullable Instant left,
    long last,
    Outcome outcome,
    List<Attempt> attempts,
    Attempt.@Nullable Failure failure,
    @Nullable String mapRun) {

  boolean hasFailed() {
    return outcome.tone().equals("bad");
  }

  /** Whether a state is around it. */
  boolean isIn(Visit other) {
    for (Visit at = parent; at != null; at = at.parent) {
      if (at.id == other.id) {
        return true;
      }
    }
    return false;
  }
}
