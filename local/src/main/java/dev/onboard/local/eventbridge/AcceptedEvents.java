package dev.onboard.local.eventbridge;

import dev.onboard.local.store.Row;
import dev.onboard.local.store.TextReader;
import dev.onboard.local.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The accepted events as they are stored: a small row each, and their texts in blocks, one a write.
 *
 * <p>The trail and the archives both refer to the blocks. One goes when neither does any more.
 */
final class AcceptedEvents {
  static final List<List<String>> TABLES =
      List.of(
          List.of(
              """
              CREATE TABLE events_block(
                number INTEGER PRIMARY KEY, first INT NOT NULL, form INT NOT NULL,
                body BLOB NOT NULL)\
              """,
              "ALTER TABLE events_event RENAME TO events_event_1",
              """
              CREATE TABLE events_event(
                seq INTEGER PRIMARY KEY, block INT NOT NULL, place INT NOT NULL, bus TEXT NOT NULL,
                time INT NOT NULL, ingested INT NOT NULL, parent INT NOT NULL, settled BLOB)\
              """,
              "ALTER TABLE events_archived RENAME TO events_archived_1",
              """
              CREATE TABLE events_archived(
                key INTEGER PRIMARY KEY, block INT NOT NULL, place INT NOT NULL,
                time INT NOT NULL, ingested INT NOT NULL, bytes INT NOT NULL)\
              """,
              """
              INSERT INTO events_block
                SELECT seq, seq, 0, CAST(body AS BLOB) FROM events_event_1\
              """,
              """
              INSERT OR IGNORE INTO events_block
                SELECT key & 1099511627775, key & 1099511627775, 0, CAST(body AS BLOB)
                FROM events_archived_1\
              """,
              """
              INSERT INTO events_event
                SELECT seq, seq, 0, bus, time, ingested, parent, NULL FROM events_event_1\
              """,
              """
              INSERT INTO events_archived
                SELECT key, key & 1099511627775, 0, time, ingested, length(body)
                FROM events_archived_1\
              """,
              "DROP TABLE events_event_1",
              "DROP TABLE events_archived_1"),
          // Who published the events of a block.
          List.of("ALTER TABLE events_block ADD COLUMN publisher TEXT"));

  private static final String COLUMNS =
      "SELECT e.seq, e.block, e.place, e.bus, e.time, e.ingested, e.parent, e.settled,"
          + " (SELECT publisher FROM events_block b WHERE b.number = e.block) AS publisher"
          + " FROM events_event e ";

  private AcceptedEvents() {}

  /**
   * An event of the trail.
   *
   * @param publisher who published it, null if it came of itself or nobody noted that
   */
  record Found(BusEvent event, @Nullable Settled settled, @Nullable String publisher) {}

  static void insert(Tx tx, EventBlock block, @Nullable String publisher) {
    tx.update(
        "INSERT INTO events_block VALUES (?, ?, ?, ?, ?)",
        block.number(),
        block.first(),
        block.texts().form().ordinal(),
        block.texts().body(),
        publisher);
  }

  /** Inserts events of a block. */
  static void insert(Tx tx, EventBlock block, List<Found> events) {
    var rows = new ArrayList<@Nullable Object[]>(events.size());
    for (Found found : events) {
      BusEvent event = found.event();
      rows.add(
          new @Nullable Object[] {
            event.seq(),
            block.number(),
            block.place(event.seq()),
            event.bus(),
            event.time(),
            event.ingested(),
            event.parent(),
            found.settled() == null ? null : found.settled().bytes()
          });
    }
    tx.insertAll("INSERT INTO events_event", rows);
  }

  /** Events of the trail, for the rest of a query on {@code events_event e}. */
  static List<Found> list(Tx tx, String rest, @Nullable Object... arguments) {
    var texts = texts(tx);
    return tx.list(COLUMNS + rest, r -> found(r, texts), arguments);
  }

  static Optional<Found> find(Tx tx, long seq) {
    return find(tx, seq, texts(tx));
  }

  /** An event of the trail, for those who look for many. */
  static Optional<Found> find(Tx tx, long seq, TextReader texts) {
    return tx.first(COLUMNS + "WHERE e.seq = ?", r -> found(r, texts), seq);
  }

  /** Reads the texts in blocks. */
  static TextReader texts(Tx tx) {
    return new TextReader(tx, "events_block");
  }

  /** Reads an event of the columns that {@code events_event} has. */
  static Function<Row, BusEvent> reader(Tx tx) {
    var texts = texts(tx);
    return row -> event(row, texts);
  }

  private static Found found(Row row, TextReader texts) {
    byte[] settled = row.bytesOrNull("settled");
    return new Found(
        event(row, texts),
        settled == null ? null : Settled.of(settled),
        row.stringOrNull("publisher"));
  }

  private static BusEvent event(Row row, TextReader texts) {
    String json = texts.text(row.number("block"), row.integer("place"));
    return new BusEvent(
        row.number("seq"),
        BusEvent.idOf(json),
        row.string("bus"),
        row.instant("time"),
        row.instant("ingested"),
        row.number("parent"),
        json);
  }

  /** Takes away those of the blocks that nothing refers to. */
  static void sweep(Tx tx, List<Long> blocks) {
    for (long block : blocks) {
      tx.update(
          "DELETE FROM events_block WHERE number = ?"
              + " AND NOT EXISTS (SELECT 1 FROM events_event e"
              + " WHERE e.seq BETWEEN first AND number AND e.block = number)"
              // CROSS JOIN and the plus make it look for an archive's events by their keys.
              + " AND NOT EXISTS (SELECT 1 FROM events_archive a CROSS JOIN events_archived x"
              + " ON x.key BETWEEN (a.number << 40) + first AND (a.number << 40) + events_block.number"
              + " WHERE +x.block = events_block.number)",
          block);
    }
  }
}
