package dev.onboard.local.sfn;

import dev.onboard.local.store.Row;
import dev.onboard.local.store.Store;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The executions that were started, children of map runs among them, to be found by what they were
 * started with.
 */
public final class StartedExecutions {
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
   * Those with a text in their input, in whatever case its ASCII letters are; newest first.
   *
   * @param before the number of an execution that all of them must be older than
   */
  public List<Started> containing(String text, long before, int atMost) {
    return store.read(tx ->
        tx.list(
            "SELECT e.id, e.arn, e.name, e.machine, e.status, e.started, e.stopped, m.arn AS run"
                + " FROM sfn_execution e LEFT JOIN sfn_map_run m ON m.id = e.map_run"
                + " WHERE e.id < ? AND instr(lower(e.input), lower(?)) > 0"
                + " ORDER BY e.id DESC LIMIT ?",
            Started::of,
            before,
            text,
            atMost));
  }

  /**
   * An execution.
   *
   * @param number its place in the order of starting
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
          row.stringOrNull("run"));
    }
  }
}
