package dev.onboard.local.logs;

import dev.onboard.local.store.PackedTexts;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.TextReader;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;

/** The log events as they are stored. */
final class Events {
  /**
   * What tells events of one time apart and keeps them in order: the number of their put, and their
   * place in it.
   */
  private static final int PLACES = 14;

  private Events() {}

  /** An event as it is read. */
  record Event(Position position, long stream, long ingested, String message) {
    int bytes() {
      return message.length() + Limits.EVENT_OVERHEAD;
    }
  }

  /** Adds the events of one put, which are in the order of their times. */
  static void add(Tx tx, Streams.Stream stream, List<InputLogEvent> events, Instant now) {
    PackedTexts messages = PackedTexts.of(events.stream().map(InputLogEvent::message).toList());
    long number =
        tx.insert(
            "INSERT INTO logs_messages(log_group, first_at, last_at, form, body)"
                + " VALUES (?, ?, ?, ?, ?)",
            stream.group(),
            events.getFirst().timestamp(),
            events.getLast().timestamp(),
            messages.form().ordinal(),
            messages.body());
    var rows = new ArrayList<@Nullable Object[]>(events.size());
    for (int place = 0; place < events.size(); place++) {
      rows.add(
          new Object[] {
            stream.group(),
            events.get(place).timestamp(),
            number << PLACES | place,
            stream.id(),
            now,
            number,
            place
          });
    }
    tx.insertAll("INSERT INTO logs_event", rows);
  }

  /**
   * Reads events in order.
   *
   * @param rest of a query on {@code logs_event}
   */
  static List<Event> list(Tx tx, String rest, @Nullable Object... arguments) {
    var messages = new TextReader(tx, "logs_messages");
    return tx.list(
        "SELECT at, id, stream, ingested, messages, place FROM logs_event " + rest,
        r -> event(r, messages),
        arguments);
  }

  private static Event event(Row row, TextReader messages) {
    return new Event(
        new Position(row.number(1), row.number(2)),
        row.number(3),
        row.number(4),
        messages.text(row.number(5), row.integer(6)));
  }

  /**
   * Takes events away, and the messages of puts of which none is left.
   *
   * @param which a condition on {@code logs_event}
   * @return how many there were
   */
  static int remove(Tx tx, String which, @Nullable Object... arguments) {
    List<Long> puts =
        tx.list(
            "SELECT DISTINCT messages FROM logs_event WHERE " + which, r -> r.number(1), arguments);
    int removed = tx.update("DELETE FROM logs_event WHERE " + which, arguments);
    for (long put : puts) {
      tx.update(
          "DELETE FROM logs_messages WHERE number = ? AND NOT EXISTS (SELECT 1 FROM logs_event e"
              + " WHERE e.log_group = logs_messages.log_group AND e.at BETWEEN first_at AND last_at"
              + " AND e.messages = number)",
          put);
    }
    return removed;
  }
}
