package dev.onboard.local.sfn.run;

import dev.onboard.local.sfn.Limits;
import dev.onboard.local.sfn.run.Execution.Status;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether an execution can be redriven, and why not (DescribeExecution, redriveStatusReason). */
public final class Redrivability {
  private Redrivability() {}

  /** The reason that a status itself is. */
  static String because(Status status) {
    return "Execution is " + status + " and cannot be redriven";
  }

  /** Why an execution cannot be redriven; {@code null} if it can. */
  public static @Nullable String refusal(Tx tx, Execution execution, Instant now) {
    if (!execution.hasFailed()) {
      return because(execution.status());
    }
    if (execution.express()) {
      // A child of a map run, which begins anew.
      return null;
    }
    if (execution.mapRun() == null
        && !tx.exists(
            "SELECT 1 FROM sfn_machine WHERE arn = ? AND status = 'ACTIVE'",
            execution.machineArn())) {
      return "State machine is in DELETING status";
    } else if (!execution.redrives().arePossible()) {
      return "Execution was started before the launch of RedriveExecution";
    } else if (History.length(tx, execution.id()) >= Limits.REDRIVABLE_EVENTS) {
      return "Execution history event limit exceeded";
    } else if (execution.started().plus(Limits.STANDARD_DURATION).isBefore(now)) {
      return "Execution has exceeded the max execution time";
    }
    Instant stopped = execution.stopped();
    return stopped == null || stopped.plus(Limits.REDRIVE_PERIOD).isBefore(now)
        ? "Execution redrivable period exceeded"
        : null;
  }
}
