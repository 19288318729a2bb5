package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What a waiting branch is told. */
sealed interface Signal {

  /** Look whether the execution still runs. */
  record Wake() implements Signal {}

  /** The time that was waited for has come. */
  record Due(Object ticket) implements Signal {}

  /** A call has answered, or thrown. */
  record Answered(Object ticket, @Nullable JsonNode result, @Nullable Throwable error)
      implements Signal {}

  /** The bearer of the task's token has reported. */
  record Reported() implements Signal {}

  /** An execution that was waited for has ended. */
  record ExecutionEnded(Execution execution) implements Signal {}

  /** A branch has ended. */
  record BranchEnded(Frame branch) implements Signal {}

  /** There is room for another child, or the map run was changed. */
  record ChildEnded(Execution child) implements Signal {}
}
