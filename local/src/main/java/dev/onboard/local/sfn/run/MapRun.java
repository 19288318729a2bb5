package dev.onboard.local.sfn.run;

import dev.onboard.local.sfn.run.Execution.Status;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run of a distributed map, with live counts.
 *
 * @param toleratedCount the items that may fail; -1 if the definition does not say
 * @param toleratedPercentage the share of items that may fail; -1 if the definition does not say
 * @param source what is read, pinned so that it reads the same after a restart, as JSON
 * @param itemsRead the items that children were started for
 * @param allRead whether there are no more
 */
public record MapRun(
    long id,
    String arn,
    long execution,
    Status status,
    Instant started,
    @Nullable Instant stopped,
    int maxConcurrency,
    long toleratedCount,
    double toleratedPercentage,
    @Nullable String batchInput,
    @Nullable String source,
    long itemsRead,
    boolean allRead,
    long itemsTotal,
    Counts executions,
    Counts items) {

  /** How many are where. */
  public record Counts(
      long running, long succeeded, long failed, long timedOut, long aborted, long written) {
    /** Those that came to no good. */
    public long unsuccessful() {
      return failed + timedOut + aborted;
    }

    /** All that were begun. */
    public long begun() {
      return running + succeeded + unsuccessful();
    }
  }

  private static final Map<Status, String> COLUMN =
      Map.of(
          Status.SUCCEEDED, "succeeded",
          Status.FAILED, "failed",
          Status.TIMED_OUT, "timed_out",
          Status.ABORTED, "aborted");

  private static MapRun of(Row row) {
    return new MapRun(
        row.number("id"),
        row.string("arn"),
        row.number("execution"),
        Status.valueOf(row.string("status")),
        row.instant("started"),
        row.instantOrNull("stopped"),
        row.integer("max_concurrency"),
        row.number("tolerated_count"),
        Double.parseDouble(row.string("tolerated_percentage")),
        row.stringOrNull("batch_input"),
        row.stringOrNull("source"),
        row.number("items_read"),
        row.flag("all_read"),
        row.number("items_total"),
        counts(row, ""),
        counts(row, "items_"));
  }

  private static Counts counts(Row row, String prefix) {
    return new Counts(
        row.number(prefix + "running"),
        row.number(prefix + "succeeded"),
        row.number(prefix + "failed"),
        row.number(prefix + "timed_out"),
        row.number(prefix + "aborted"),
        row.number(prefix + "results_written"));
  }

  public static Optional<MapRun> find(Tx tx, String arn) {
    return tx.first("SELECT * FROM sfn_map_run WHERE arn = ?", MapRun::of, arn);
  }

  public static Optional<MapRun> find(Tx tx, long id) {
    return tx.first("SELECT * FROM sfn_map_run WHERE id = ?", MapRun::of, id);
  }

  /** The map runs of an execution, newest first. */
  public static List<MapRun> ofExecution(Tx tx, long execution) {
    return tx.list(
        "SELECT * FROM sfn_map_run WHERE execution = ? ORDER BY id DESC", MapRun::of, execution);
  }

  static MapRun begin(
      Tx tx,
      String arn,
      long execution,
      Instant now,
      int maxConcurrency,
      long toleratedCount,
      double toleratedPercentage,
      @Nullable String batchInput,
      long itemsTotal) {
    long id =
        tx.insert(
            "INSERT INTO sfn_map_run(arn, execution, status, started, max_concurrency,"
                + " tolerated_count, tolerated_percentage, batch_input, items_total)"
                + " VALUES (?, ?, 'RUNNING', ?, ?, ?, ?, ?, ?)",
            arn,
            execution,
            now,
            maxConcurrency,
            toleratedCount,
            toleratedPercentage,
            batchInput,
            itemsTotal);
    return find(tx, id).orElseThrow();
  }

  static void pin(Tx tx, long id, String source) {
    tx.update("UPDATE sfn_map_run SET source = ? WHERE id = ?", source, id);
  }

  static void childStarted(Tx tx, long id, int items) {
    tx.update(
        "UPDATE sfn_map_run SET items_read = items_read + ?, running = running + 1,"
            + " items_running = items_running + ? WHERE id = ?",
        items,
        items,
        id);
  }

  static void childEnded(Tx tx, Execution child) {
    String column = COLUMN.get(child.status());
    tx.update(
        "UPDATE sfn_map_run SET running = running - 1, items_running = items_running - ?, "
            + column
            + " = "
            + column
            + " + 1, items_"
            + column
            + " = items_"
            + column
            + " + ? WHERE id = ?",
        child.itemCount(),
        child.itemCount(),
        child.mapRun());
  }

  static void allRead(Tx tx, long id) {
    tx.update("UPDATE sfn_map_run SET all_read = 1, items_total = items_read WHERE id = ?", id);
  }

  static void written(Tx tx, long id, long executions, long items) {
    tx.update(
        "UPDATE sfn_map_run SET results_written = ?, items_results_written = ? WHERE id = ?",
        executions,
        items,
        id);
  }

  static void end(Tx tx, long id, Status status, Instant now) {
    tx.update(
        "UPDATE sfn_map_run SET status = ?, stopped = ? WHERE id = ? AND status = 'RUNNING'",
        status,
        now,
        id);
  }

  /** Changes what may be changed while it runs. */
  public static void change(
      Tx tx, long id, int maxConcurrency, long toleratedCount, double toleratedPercentage) {
    tx.update(
        "UPDATE sfn_map_run SET max_concurrency = ?, tolerated_count = ?, tolerated_percentage = ?"
            + " WHERE id = ?",
        maxConcurrency,
        toleratedCount,
        toleratedPercentage,
        id);
  }

  /** Whether more has failed than may. */
  boolean isBeyondTolerance() {
    long failed = items.unsuccessful();
    if (failed == 0) {
      return false;
    }
    if (toleratedCount < 0 && toleratedPercentage < 0
        || toleratedCount >= 0 && failed > toleratedCount
        || toleratedPercentage == 0) {
      return true;
    }
    return toleratedPercentage > 0
        && (allRead || itemsTotal > 0)
        && failed * 100.0 > toleratedPercentage * Math.max(itemsTotal, itemsRead);
  }
}
