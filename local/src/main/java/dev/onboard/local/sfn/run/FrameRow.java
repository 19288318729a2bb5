package dev.onboard.local.sfn.run;

import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one branch of an execution stands, as the store keeps it.
 *
 * @param id the branch's number within the execution; the execution itself is 1
 * @param parent the branch that started it; 0 for the execution itself
 * @param branch its number among its siblings
 * @param last the event that its next event follows
 * @param variables the variables that it has assigned, if any
 * @param retries the retries made in the state, by retrier, if any
 * @param data what the phase needs beside
 */
record FrameRow(
    int id,
    int parent,
    int branch,
    Position position,
    long last,
    Payload input,
    @Nullable String variables,
    @Nullable String retries) {

  private static final String COLUMNS =
      "id, parent, branch, state, phase, entered, before_entry, entered_at, last, input,"
          + " variables, retries, data";

  static List<FrameRow> all(Tx tx, long execution) {
    return tx.list(
        "SELECT " + COLUMNS + " FROM sfn_frame WHERE execution = ? ORDER BY id",
        FrameRow::of,
        execution);
  }

  private static FrameRow of(Row row) {
    return new FrameRow(
        row.integer("id"),
        row.integer("parent"),
        row.integer("branch"),
        new Position(
            row.string("state"),
            Position.Phase.valueOf(row.string("phase")),
            row.number("entered"),
            row.number("before_entry"),
            row.instant("entered_at"),
            row.stringOrNull("data")),
        row.number("last"),
        Payload.ofText(row.string("input")),
        row.stringOrNull("variables"),
        row.stringOrNull("retries"));
  }

  void save(Tx tx, long execution) {
    tx.update(
        "INSERT OR REPLACE INTO sfn_frame(execution, "
            + COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        execution,
        id,
        parent,
        branch,
        position.state(),
        position.phase(),
        position.entered(),
        position.beforeEntry(),
        position.enteredAt(),
        last,
        input.text(),
        variables,
        retries,
        position.data());
  }
}
