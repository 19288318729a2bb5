package dev.onboard.local.sqs;

import dev.onboard.local.store.Row;
import dev.onboard.local.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The messages of queues, to be looked at: nobody receives them, and nothing is counted. */
public final class QueuedMessages {
  private static final String SELECT =
      "SELECT m.seq, m.queue, m.visible_at, m.receives, m.receipt, m.sent_at, m.first_received,"
          + " m.group_id, c.message_id, c.attributes, c.source_arn, c.body"
          + " FROM sqs_queue q CROSS JOIN sqs_message m CROSS JOIN sqs_content c ON c.id = m.content";

  private final Store store;

  /**
   * Reads the queues of a store.
   *
   * @param store one in which {@link LocalSqs} has been opened
   */
  public QueuedMessages(Store store) {
    this.store = store;
  }

  /**
   * A page of a queue's messages, newest first; none if there is no such queue.
   *
   * @param text what their body contains, null for all of them
   * @param before the number of a message that all of them must be older than
   */
  public List<Queued> in(String queue, @Nullable String text, long before, int atMost) {
    // Without a text the page is found in the small rows, before any body is read.
    String which =
        text == null
            ? "m.seq IN (SELECT seq FROM sqs_message WHERE queue = q.id AND seq < ?2"
                + " ORDER BY seq DESC LIMIT ?4)"
            : "m.queue = q.id AND m.seq < ?2 AND instr(c.body, ?3) > 0";
    return store.read(tx ->
        tx.list(
            SELECT + " WHERE q.name = ?1 AND " + which + " ORDER BY m.seq DESC LIMIT ?4",
            Queued::of,
            queue,
            before,
            text,
            atMost));
  }

  /** A message of a queue, if it is there. */
  public Optional<Queued> find(String queue, long number) {
    return store.read(tx ->
        tx.first(
            SELECT + " WHERE q.name = ? AND m.queue = q.id AND m.seq = ?",
            Queued::of,
            queue,
            number));
  }

  /** When the oldest message of each queue was sent; of queues without any there is no word. */
  public Map<String, Instant> oldest() {
    return store.read(tx ->
        tx
            .list(
                "SELECT q.name, (SELECT min(sent_at) FROM sqs_message WHERE queue = q.id) oldest"
                    + " FROM sqs_queue q WHERE oldest IS NOT NULL ORDER BY q.name",
                r -> Map.entry(r.string(1), r.instant("oldest")))
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /**
   * A message.
   *
   * @param number its place in the order of the queues
   * @param visible from when on it can be received
   * @param receives how often it was received
   * @param source the ARN of the queue whose dead letter it is, if it is one
   * @param handle what {@code DeleteMessage} takes for it until somebody receives it (again)
   */
  public record Queued(
      long number,
      String messageId,
      String handle,
      Instant sent,
      Instant visible,
      int receives,
      @Nullable Instant firstReceived,
      @Nullable String group,
      @Nullable String source,
      Map<String, MessageAttributeValue> attributes,
      String body) {
    static Queued of(Row row) {
      String attributes = row.stringOrNull("attributes");
      return new Queued(
          row.number("seq"),
          row.string("message_id"),
          new ReceiptHandle(row.number("queue"), row.number("seq"), row.number("receipt")).text(),
          row.instant("sent_at"),
          row.instant("visible_at"),
          row.integer("receives"),
          row.instantOrNull("first_received"),
          row.stringOrNull("group_id"),
          row.stringOrNull("source_arn"),
          attributes == null ? Map.of() : MessageAttributes.read(attributes),
          row.string("body"));
    }
  }
}
