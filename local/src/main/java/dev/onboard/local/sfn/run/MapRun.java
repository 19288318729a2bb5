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
 * @param isBatched whether children get batches of items
 * @param resultFiles the files with good results of attempts before, as JSON
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
    boolean isBatched,
    Counts executions,
    Counts items,
    int redriveCount,
    @Nullable Instant redriveDate,
    @Nullable String resultFiles) {

  /**
   * How many are where.
   *
   * @param pendingRedrive those that wait for their turn to be redriven
   * @param notRedrivable those that came to no good for ever
   */
  public record Counts(
      long running,
      long succeeded,
      long failed,
      long timedOut,
      long aborted,
      long pendingRedrive,
      long notRedrivable,
      long written) {
    /** Those that came to no good. */
    public long unsuccessful() {
      return failed + timedOut + aborted;
    }

    /** All that were begun. */
    public long begun() {
      return running + succeeded + unsuccessful() + pendingRedrive;
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
        row.flag("batched"),
        counts(row, ""),
        counts(row, "items_"),
        row.integer("redrive_count"),
        row.instantOrNull("redrive_date"),
        row.stringOrNull("result_files"));
  }

  private static Counts counts(Row row, String prefix) {
    return new Counts(
        row.number(prefix + "running"),
        row.number(prefix + "succeeded"),
        row.number(prefix + "failed"),
        row.number(prefix + "timed_out"),
        row.number(prefix + "aborted"),
        row.number(prefix + "pending_redrive"),
        row.number(prefix + "not_redrivable"),
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
      boolean isBatched,
      long itemsTotal) {
    long id =
        tx.insert(
            "INSERT INTO sfn_map_run(arn, execution, status, started, max_concurrency,"
                + " tolerated_count, tolerated_percentage, batch_input, batched, items_total)"
                + " VALUES (?, ?, 'RUNNING', ?, ?, ?, ?, ?, ?, ?)",
            arn,
            execution,
            now,
            maxConcurrency,
            toleratedCount,
            toleratedPercentage,
            batchInput,
            isBatched,
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

  /** Notes the files with good results. */
  static void wrote(Tx tx, long id, String files) {
    tx.update("UPDATE sfn_map_run SET result_files = ? WHERE id = ?", files, id);
  }

  static void end(Tx tx, long id, Status status, Instant now) {
    int ended =
        tx.update(
            "UPDATE sfn_map_run SET status = ?, stopped = ? WHERE id = ? AND status = 'RUNNING'",
            status,
            now,
            id);
    if (ended > 0
        && tx.exists("SELECT 1 FROM sfn_map_run WHERE id = ? AND pending_redrive > 0", id)) {
      MapRunRedrive.dropPending(tx, id);
    }
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
