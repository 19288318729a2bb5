package dev.onboard.local.sfn.run;

import dev.onboard.local.store.Tx;
import java.util.List;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** The histories of executions, as the API gives them. */
public final class History {
  private History() {}

  /** How many events an execution has. */
  public static long length(Tx tx, long execution) {
    return tx.number("SELECT max(id) FROM sfn_event WHERE execution = ?", execution);
  }

  /**
   * Reads events.
   *
   * @param after the number of the event before the first one wanted
   * @param withData whether inputs and outputs are wanted
   */
  public static List<HistoryEvent> read(
      Tx tx, long execution, boolean reverse, long after, int limit, boolean withData) {
    return tx.list(
        "SELECT id, previous, at, type, details FROM sfn_event WHERE execution = ? AND id "
            + (reverse ? "< ? ORDER BY id DESC" : "> ? ORDER BY id")
            + " LIMIT ?",
        row -> Event.of(row).toModel(withData),
        execution,
        after,
        limit);
  }
}
