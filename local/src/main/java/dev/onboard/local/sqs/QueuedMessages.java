package dev.onboard.local.sqs;

import dev.onboard.local.store.Row;
import dev.onboard.local.store.Store;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The messages of queues, to be looked at: nobody receives them, and nothing is counted. */
public final class QueuedMessages {
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
    return store.read(tx ->
        tx.list(
            "SELECT m.seq, m.visible_at, m.receives, m.sent_at, m.first_received, m.group_id,"
                + " c.message_id, c.attributes, c.source_arn, c.body"
                + " FROM sqs_message m JOIN sqs_content c ON c.id = m.content"
                + " WHERE m.queue = (SELECT id FROM sqs_queue WHERE name = ?) AND m.seq < ?"
                + " AND (? IS NULL OR instr(c.body, ?) > 0) ORDER BY m.seq DESC LIMIT ?",
            Queued::of,
            queue,
            before,
            text,
            text,
            atMost));
  }

  /**
   * A message.
   *
   * @param number its place in the order of the queues
   * @param visible from when on it can be received
   * @param receives how often it was received
   * @param source the ARN of the queue whose dead letter it is, if it is one
   * @param attributes its attributes by name; what is binary is left out
   */
  public record Queued(
      long number,
      String messageId,
      Instant sent,
      Instant visible,
      int receives,
      @Nullable Instant firstReceived,
      @Nullable String group,
      @Nullable String source,
      Map<String, String> attributes,
      String body) {
    static Queued of(Row row) {
      String attributes = row.stringOrNull("attributes");
      return new Queued(
          row.number("seq"),
          row.string("message_id"),
          row.instant("sent_at"),
          row.instant("visible_at"),
          row.integer("receives"),
          row.instantOrNull("first_received"),
          row.stringOrNull("group_id"),
          row.stringOrNull("source_arn"),
          attributes == null ? Map.of() : texts(MessageAttributes.read(attributes)),
          row.string("body"));
    }

    private static Map<String, String> texts(Map<String, MessageAttributeValue> attributes) {
      var texts = new LinkedHashMap<String, String>();
      attributes.forEach((name, value) -> {
        if (value.stringValue() != null) {
          texts.put(name, value.stringValue());
        }
      });
      return texts;
    }
  }
}
