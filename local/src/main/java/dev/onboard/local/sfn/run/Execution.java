package dev.onboard.local.sfn.run;

import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One execution.
 *
 * @param id its number in the store; 0 if it is not kept there
 * @param machineArn the state machine's ARN without version or alias; for a child of a map run with
 *     the label after a slash
 * @param mapRun the map run that started it, if one did
 * @param itemCount the items that it works on, if a map run started it
 */
public record Execution(
    long id,
    String arn,
    String name,
    String machineArn,
    long revision,
    boolean express,
    Status status,
    Payload input,
    @Nullable String output,
    @Nullable String error,
    @Nullable String cause,
    Instant started,
    @Nullable Instant stopped,
    @Nullable String versionArn,
    @Nullable String aliasArn,
    @Nullable Long mapRun,
    int itemCount,
    @Nullable String trace) {

  /** Where an execution stands. */
  public enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    ABORTED
  }

  public static final String COLUMNS =
      "id, arn, name, machine, revision, express, status, input, output, error, cause, started,"
          + " stopped, version_arn, alias_arn, map_run, item_count, trace";

  public static Execution of(Row row) {
    return new Execution(
        row.number("id"),
        row.string("arn"),
        row.string("name"),
        row.string("machine"),
        row.number("revision"),
        row.flag("express"),
        Status.valueOf(row.string("status")),
        Payload.ofText(row.string("input")),
        row.stringOrNull("output"),
        row.stringOrNull("error"),
        row.stringOrNull("cause"),
        row.instant("started"),
        row.instantOrNull("stopped"),
        row.stringOrNull("version_arn"),
        row.stringOrNull("alias_arn"),
        row.isNull("map_run") ? null : row.number("map_run"),
        row.integer("item_count"),
        row.stringOrNull("trace"));
  }

  public static Optional<Execution> find(Tx tx, String arn) {
    return tx.first("SELECT " + COLUMNS + " FROM sfn_execution WHERE arn = ?", Execution::of, arn);
  }

  static Optional<Execution> find(Tx tx, long id) {
    return tx.first("SELECT " + COLUMNS + " FROM sfn_execution WHERE id = ?", Execution::of, id);
  }

  /** Adds it to the store and gives it with its number. */
  Execution add(Tx tx) {
    long added =
        tx.insert(
            "INSERT INTO sfn_execution(arn, name, machine, revision, express, status, input,"
                + " started, version_arn, alias_arn, map_run, item_count, trace)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arn,
            name,
            machineArn,
            revision,
            express,
            status,
            input.text(),
            started,
            versionArn,
            aliasArn,
            mapRun,
            itemCount,
            trace);
    return new Execution(
        added,
        arn,
        name,
        machineArn,
        revision,
        express,
        status,
        input,
        output,
        error,
        cause,
        started,
        stopped,
        versionArn,
        aliasArn,
        mapRun,
        itemCount,
        trace);
  }

  /** This execution, ended. */
  Execution ended(
      Status how,
      @Nullable String result,
      @Nullable String withError,
      @Nullable String withCause,
      Instant now) {
    return new Execution(
        id,
        arn,
        name,
        machineArn,
        revision,
        express,
        how,
        input,
        result,
        withError,
        withCause,
        started,
        now,
        versionArn,
        aliasArn,
        mapRun,
        itemCount,
        trace);
  }

  /** Notes its end in the store. */
  void saveEnd(Tx tx) {
    tx.update(
        "UPDATE sfn_execution SET status = ?, output = ?, error = ?, cause = ?, stopped = ?"
            + " WHERE id = ?",
        status,
        output,
        error,
        cause,
        stopped,
        id);
  }

  /** Whether it has ended. */
  public boolean isOver() {
    return status != Status.RUNNING;
  }
}
