package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.sfn.asl.StateError;
import org.jspecify.annotations.Nullable;

/** How a state's work has come out. */
sealed interface Step {

  /**
   * The state is left.
   *
   * @param next the state that follows; the branch ends if {@code null}
   * @param epilogue what is noted before the exit, such as that a map has succeeded
   */
  record Exit(
      Payload output,
      @Nullable ObjectNode assigned,
      @Nullable String next,
      @Nullable Runnable epilogue)
      implements Step {}

  /** The branch ends with an error. */
  record Fail(StateError error) implements Step {}

  /** The state's work is to be done again. */
  record Again() implements Step {}
}
