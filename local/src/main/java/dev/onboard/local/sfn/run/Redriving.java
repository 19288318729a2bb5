package dev.onboard.local.sfn.run;

import dev.onboard.local.call.Environment;
import dev.onboard.local.sfn.asl.Flow;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.store.Tx;
import java.util.List;

/** What becomes of an execution in the store when it is redriven. */
final class Redriving {
  private final Environment env;
  private final StatusEvents statusEvents;
  private final ExecutionMetrics metrics;

  Redriving(Environment env, StatusEvents statusEvents, ExecutionMetrics metrics) {
    this.env = env;
    this.statusEvents = statusEvents;
    this.metrics = metrics;
  }

  /**
   * An execution that runs again.
   *
   * @param event what says so in its history
   * @param rows where its branches go on
   */
  record Redriven(Execution execution, Event event, List<FrameRow> rows) {}

  Redriven again(Tx tx, Execution over, Flow flow) {
    Execution again = over.redriven(env.clock().now());
    again.saveRedrive(tx);
    metrics.count(tx, again);
    long latest = History.length(tx, over.id());
    var event =
        new Event(
            latest + 1,
            latest,
            env.clock().now(),
            "ExecutionRedriven",
            Json.object().put("redriveCount", again.redrives().count()));
    event.save(tx, over.id());
    List<FrameRow> rows = RedrivenBranches.of(FrameRow.all(tx, over.id()), flow, event.id());
    tx.update("DELETE FROM sfn_frame WHERE execution = ?", over.id());
    rows.forEach(row -> row.save(tx, over.id()));
    statusEvents.publish(again);
    return new Redriven(again, event, rows);
  }
}
