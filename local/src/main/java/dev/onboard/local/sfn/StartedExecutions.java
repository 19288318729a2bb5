package dev.onboard.local.sfn;

import dev.onboard.local.store.Row;
import dev.onboard.local.store.Store;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The executions of all state machines, to be found by what they are and what they began with. */
public final class StartedExecutions {
  private static final String COLUMNS =
      "e.id, e.arn, e.name, e.machine, e.status, e.started, e.stopped, e.error, e.redrive_count";

  private final Store store;

  /**
   * Reads the executions of a store.
   *
   * @param store one in which {@link LocalSfn} has been opened
   */
  public StartedExecutions(Store store) {
    this.store = store;
  }

  /**
   * Those with a text in their input, in whatever case its ASCII letters are, children of map runs
   * among them; newest first.
   *
   * @param before the number of an execution that all of them must be older than
   */
  public List<Started> containing(String text, long before, int atMost) {
    return store.read(tx ->
        tx.list(
            "SELECT "
                + COLUMNS
                + ", m.arn AS run FROM sfn_execution e LEFT JOIN sfn_map_run m ON m.id = e.map_run"
                + " WHERE e.id < ? AND instr(lower(e.input), lower(?)) > 0"
                + " ORDER BY e.id DESC LIMIT ?",
            Started::of,
            before,
            text,
            atMost));
  }

  /**
   * What executions are wanted.
   *
   * @param machine their state machine; {@code null} for all
   * @param status where they stand; {@code null} for all
   * @param name a part of their names, in whatever case its ASCII letters are
   * @param from when they began at the earliest
   * @param to a time before which they began
   */
  public record Wanted(
      @Nullable String machine, @Nullable String status, String name, Instant from, Instant to) {}

  /**
   * Those of Standard state machines that no map run has started; newest first.
   *
   * @param before the number of an execution that all of them must be older than
   */
  public List<Started> list(Wanted wanted, long before, int atMost) {
    return store.read(tx ->
        tx.list(
            "SELECT "
                + COLUMNS
                + ", NULL AS run FROM sfn_execution e WHERE e.map_run IS NULL AND e.express = 0"
                + " AND e.id < ? AND (? IS NULL OR e.machine = ?) AND (? IS NULL OR e.status = ?)"
                + " AND instr(lower(e.name), lower(?)) > 0 AND e.started >= ? AND e.started < ?"
                + " ORDER BY e.id DESC LIMIT ?",
            Started::of,
            before,
            wanted.machine,
            wanted.machine,
            wanted.status,
            wanted.status,
            wanted.name,
            wanted.from,
            wanted.to,
            atMost));
  }

  /**
   * An execution.
   *
   * @param number its place in the order of starting
   * @param error what it failed with, if it did
   * @param mapRun the map run that started it, if one did
   */
  public record Started(
      long number,
      String arn,
      String name,
      String machineArn,
      String status,
      Instant started,
      @Nullable Instant stopped,
      @Nullable String error,
      int redrives,
      @Nullable String mapRun) {
    static Started of(Row row) {
      return new Started(
          row.number("id"),
          row.string("arn"),
          row.string("name"),
          row.string("machine"),
          row.string("status"),
          row.instant("started"),
          row.instantOrNull("stopped"),
          row.stringOrNull("error"),
          (int) row.number("redrive_count"),
          row.stringOrNull("run"));
    }
  }
}
