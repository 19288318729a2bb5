package dev.onboard.local.sfn.run;

import dev.onboard.local.call.Environment;
import dev.onboard.local.sfn.Limits;
import java.time.Instant;
import java.util.List;

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

  /** Ends the children of map runs whose own execution has ended. */
  void abandonOrphans() {
    String ofEnded =
        " map_run IN (SELECT m.id FROM sfn_map_run m JOIN sfn_execution p ON p.id = m.execution"
            + " WHERE p.status <> 'RUNNING')";
    env.store()
        .write(tx -> {
          List<Execution> orphans =
              tx.list(
                  "SELECT "
                      + Execution.COLUMNS
                      + " FROM sfn_execution WHERE status = 'RUNNING' AND"
                      + ofEnded,
                  Execution::of);
          for (Execution orphan : orphans) {
            Execution over =
                orphan.ended(Execution.Status.ABORTED, null, null, null, env.clock().now());
            over.saveEnd(tx);
            MapRun.childEnded(tx, over);
          }
          List<Long> abandoned =
              tx.list(
                  "SELECT id FROM sfn_map_run WHERE status = 'RUNNING' AND execution IN"
                      + " (SELECT id FROM sfn_execution WHERE status <> 'RUNNING')",
                  row -> row.number(1));
          abandoned.forEach(
              run -> MapRun.end(tx, run, Execution.Status.ABORTED, env.clock().now()));
          return null;
        });
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
