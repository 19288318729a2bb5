package dev.onboard.local.sfn.run;

import dev.onboard.local.call.Environment;
import dev.onboard.local.sfn.Limits;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** What a runtime that was stopped has left in the store. */
final class Remains {
  private final Environment env;

  Remains(Environment env) {
    this.env = env;
  }

  /** The executions that ran, but for children of map runs. */
  List<Execution> running() {
    return env.store()
        .read(tx ->
            tx.list(
                "SELECT "
                    + Execution.COLUMNS
                    + " FROM sfn_execution WHERE status = 'RUNNING' AND map_run IS NULL"
                    + " ORDER BY id",
                Execution::of));
  }

  /** Ends the map runs of executions that have ended themselves. */
  void abandonOrphans() {
    env.store()
        .write(tx -> {
          tx.list(
                  "SELECT m.id FROM sfn_map_run m JOIN sfn_execution p ON p.id = m.execution"
                      + " WHERE p.status <> 'RUNNING' AND (m.status = 'RUNNING' OR EXISTS"
                      + " (SELECT 1 FROM sfn_execution c WHERE c.map_run = m.id"
                      + " AND c.status = 'RUNNING'))",
                  row -> row.number(1))
              .forEach(mapRun -> abandon(tx, mapRun));
          return null;
        });
  }

  /**
   * Ends the map runs of an execution that was ended before it came to take them up again.
   *
   * @param taken which map runs somebody is at work on, who then ends them
   */
  void abandonUntaken(Execution over, Predicate<Long> taken) {
    List<Long> open =
        env.store()
            .read(tx ->
                tx.list(
                    "SELECT id FROM sfn_map_run WHERE execution = ? AND status = 'RUNNING'",
                    row -> row.number(1),
                    over.id()));
    for (long mapRun : open) {
      if (!taken.test(mapRun)) {
        env.store()
            .write(tx -> {
              abandon(tx, mapRun);
              return null;
            });
      }
    }
  }

  private void abandon(Tx tx, long mapRun) {
    List<Execution> children =
        tx.list(
            "SELECT "
                + Execution.COLUMNS
                + " FROM sfn_execution WHERE status = 'RUNNING' AND map_run = ?",
            Execution::of,
            mapRun);
    for (Execution child : children) {
      Execution over = child.ended(Execution.Status.ABORTED, null, null, null, env.clock().now());
      over.saveEnd(tx);
      MapRun.childEnded(tx, over);
    }
    MapRun.end(tx, mapRun, Execution.Status.ABORTED, env.clock().now());
  }

  /** Branches are kept as long as they could be redriven. */
  void forgetBranches() {
    Instant before = env.clock().now().minus(Limits.REDRIVE_PERIOD);
    env.store()
        .write(tx ->
            tx.update(
                "DELETE FROM sfn_frame WHERE execution IN (SELECT DISTINCT f.execution FROM"
                    + " sfn_frame f JOIN sfn_execution e ON e.id = f.execution"
                    + " WHERE e.stopped < ?)",
                before));
  }
}
