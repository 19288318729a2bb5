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
 * @param redrives how often it was redriven
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
    @Nullable String trace,
    Redrives redrives) {

  /** Where an execution stands. */
  public enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    ABORTED,
    /** A child of a map run that is redriven; its turn has not come. */
    PENDING_REDRIVE
  }

  /**
   * How often an execution was redriven.
   *
   * @param arePossible whether its branches are kept when it comes to no good; those that were
   *     started before there were redrives have none
   * @param latest when it was last; {@code null} for children that are Express executions, too
   */
  public record Redrives(boolean arePossible, int count, @Nullable Instant latest) {
    public static final Redrives NONE = new Redrives(true, 0, null);
  }

  public static final String COLUMNS =
      "id, arn, name, machine, revision, express, status, input, output, error, cause, started,"
          + " stopped, version_arn, alias_arn, map_run, item_count, trace, redrivable, redrive_count,"
          + " redrive_date";

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
        row.stringOrNull("trace"),
        new Redrives(
            row.flag("redrivable"),
            row.integer("redrive_count"),
            row.instantOrNull("redrive_date")));
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
                + " started, version_arn, alias_arn, map_run, item_count, trace, redrivable)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
            trace,
            redrives.arePossible);
    return standing(added, status, output, error, cause, started, stopped, redrives);
  }

  /** This execution, ended. */
  Execution ended(
      Status how,
      @Nullable String result,
      @Nullable String withError,
      @Nullable String withCause,
      Instant now) {
    return standing(id, how, result, withError, withCause, started, now, redrives);
  }

  /** This execution, running once more. */
  Execution redriven(Instant now) {
    var more = new Redrives(redrives.arePossible, redrives.count + 1, now);
    return standing(id, Status.RUNNING, null, null, null, started, null, more);
  }

  private Execution standing(
      long number,
      Status how,
      @Nullable String result,
      @Nullable String withError,
      @Nullable String withCause,
      Instant begun,
      @Nullable Instant over,
      Redrives withRedrives) {
    return new Execution(
        number,
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
        begun,
        over,
        versionArn,
        aliasArn,
        mapRun,
        itemCount,
        trace,
        withRedrives);
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

  /** Notes in the store that it runs once more. */
  void saveRedrive(Tx tx) {
    saveEnd(tx);
    tx.update(
        "UPDATE sfn_execution SET redrive_count = ?, redrive_date = ?, was = NULL, started = ?"
            + " WHERE id = ?",
        redrives.count,
        redrives.latest,
        started,
        id);
  }

  /**
   * This child of a map run, an Express execution, begun anew; AWS does not say when they were
   * redriven.
   */
  Execution begunAnew(Instant now) {
    var more = new Redrives(redrives.arePossible, redrives.count + 1, null);
    return standing(id, Status.RUNNING, null, null, null, now, null, more);
  }

  /** Whether it has ended. */
  public boolean isOver() {
    return status != Status.RUNNING && status != Status.PENDING_REDRIVE;
  }

  /** Whether it has ended otherwise than well. */
  public boolean hasFailed() {
    return isOver() && status != Status.SUCCEEDED;
  }
}
