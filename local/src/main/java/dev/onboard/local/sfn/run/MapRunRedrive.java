package dev.onboard.local.sfn.run;

import dev.onboard.local.sfn.Limits;
import dev.onboard.local.sfn.run.Execution.Status;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A map run that goes on when its execution is redriven: its children that came to no good wait for
 * their turn, and then run again under their own names.
 */
final class MapRunRedrive {
  private static final String FAILED = " status IN ('FAILED', 'TIMED_OUT', 'ABORTED')";

  private MapRunRedrive() {}

  /** Lets a map run go on. */
  static MapRun begin(Tx tx, MapRun run, Instant now) {
    tx.update(
        "UPDATE sfn_map_run SET status = 'RUNNING', stopped = NULL, redrive_date = ?,"
            + " redrive_count = redrive_count + 1, results_written = 0, items_results_written = 0"
            + " WHERE id = ?",
        now,
        run.id());
    if (run.executions().begun() == 0) {
      // No child has seen what is read: it is read as it is now.
      tx.update("UPDATE sfn_map_run SET source = NULL WHERE id = ?", run.id());
    }
    tx.update(
        "UPDATE sfn_execution SET was = status, status = 'PENDING_REDRIVE' WHERE map_run = ? AND"
            + FAILED
            + " AND (express OR redrivable AND stopped > ? AND"
            + " (SELECT max(e.id) FROM sfn_event e WHERE e.execution = sfn_execution.id) < ?)",
        run.id(),
        now.minus(Limits.REDRIVE_PERIOD),
        Limits.REDRIVABLE_EVENTS);
    count(tx, run.id());
    tx.update(
        "UPDATE sfn_map_run SET not_redrivable = failed + timed_out + aborted,"
            + " items_not_redrivable = items_failed + items_timed_out + items_aborted"
            + " WHERE id = ?",
        run.id());
    return MapRun.find(tx, run.id()).orElseThrow();
  }

  /** The children that wait, by number. */
  static List<Long> pending(Tx tx, long run) {
    return tx.list(
        "SELECT id FROM sfn_execution WHERE map_run = ? AND status = 'PENDING_REDRIVE'"
            + " ORDER BY id",
        row -> row.number(1),
        run);
  }

  /** The turn of a child has come. */
  static void childRestarted(Tx tx, Execution child) {
    tx.update(
        "UPDATE sfn_map_run SET pending_redrive = pending_redrive - 1, running = running + 1,"
            + " items_pending_redrive = items_pending_redrive - ?,"
            + " items_running = items_running + ? WHERE id = ?",
        child.itemCount(),
        child.itemCount(),
        child.mapRun());
  }

  /** Those whose turn did not come stay as they were. */
  static void dropPending(Tx tx, long run) {
    int dropped =
        tx.update(
            "UPDATE sfn_execution SET status = was, was = NULL WHERE map_run = ?"
                + " AND status = 'PENDING_REDRIVE'",
            run);
    if (dropped > 0) {
      count(tx, run);
    }
  }

  private record Standing(Status status, long executions, long items) {}

  private static void count(Tx tx, long run) {
    List<Standing> all =
        tx.list(
            "SELECT status, count(*), sum(item_count) FROM sfn_execution WHERE map_run = ?"
                + " GROUP BY status",
            row -> new Standing(Status.valueOf(row.string(1)), row.number(2), row.number(3)),
            run);
    tx.update(
        "UPDATE sfn_map_run SET failed = ?, items_failed = ?, timed_out = ?, items_timed_out = ?,"
            + " aborted = ?, items_aborted = ?, pending_redrive = ?, items_pending_redrive = ?"
            + " WHERE id = ?",
        executions(all, Status.FAILED),
        items(all, Status.FAILED),
        executions(all, Status.TIMED_OUT),
        items(all, Status.TIMED_OUT),
        executions(all, Status.ABORTED),
        items(all, Status.ABORTED),
        executions(all, Status.PENDING_REDRIVE),
        items(all, Status.PENDING_REDRIVE),
        run);
  }

  private static long executions(List<Standing> all, Status status) {
    Standing standing = of(all, status);
    return standing == null ? 0 : standing.executions;
  }

  private static long items(List<Standing> all, Status status) {
    Standing standing = of(all, status);
    return standing == null ? 0 : standing.items;
  }

  private static @Nullable Standing of(List<Standing> all, Status status) {
    return all.stream().filter(s -> s.status == status).findFirst().orElse(null);
  }
}
