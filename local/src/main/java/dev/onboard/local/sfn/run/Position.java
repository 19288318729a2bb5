package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.StateError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a branch has come.
 *
 * @param entered the event of having entered the state
 * @param beforeEntry the event before that
 * @param data what the phase needs beside, as JSON
 */
record Position(
    String state,
    Phase phase,
    long entered,
    long beforeEntry,
    Instant enteredAt,
    @Nullable String data) {

  /** Where the data of a failure has the data of the branches that it came from. */
  static final String BEFORE = "before";

  /** What is done next in the state. */
  enum Phase {
    /** Enter it. */
    READY,
    /** Do its work. */
    ENTERED,
    /** Have the answer of what was called; asked again after a restart. */
    CALLED,
    /** Wait for what was called to report back. */
    SUBMITTED,
    /** Leave it with the result in the data. */
    RESULT,
    /** Deal with the error in the data. */
    FAILED,
    /** Wait until the time in the data. */
    WAITING,
    /** Wait until the time in the data, then do its work again. */
    RETRYING,
    /** Wait for the branches that it started. */
    CHILDREN,
    /** Nothing: the branch has ended well, its input is its output. */
    DONE
  }

  static Position start(String state) {
    return new Position(state, Phase.READY, 0, 0, Instant.EPOCH, null);
  }

  Position in(Phase next, @Nullable ObjectNode with) {
    return new Position(
        state, next, entered, beforeEntry, enteredAt, with == null ? null : Json.text(with));
  }

  /** The same state, failed; what it needed to go on with its branches is kept for a redrive. */
  Position failed(StateError error) {
    ObjectNode failure = Details.error(error);
    if (phase == Phase.CHILDREN) {
      failure.set(BEFORE, dataTree());
    }
    return in(Phase.FAILED, failure);
  }

  JsonNode dataTree() {
    String text = data;
    return text == null ? Json.object() : Json.read(text);
  }
}
