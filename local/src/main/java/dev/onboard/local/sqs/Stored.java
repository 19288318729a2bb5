package dev.onboard.local.sqs;

import dev.onboard.local.store.Row;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * A message as its row says it, before the receive that reads it.
 *
 * @param receives how often it was received, in other queues too
 * @param receivesBefore how often of these before it came into this queue
 */
record Stored(
    long sequence,
    int receives,
    int receivesBefore,
    long firstReceived,
    long sentAt,
    String messageId,
    String sender,
    @Nullable String groupId,
    @Nullable String deduplicationId,
    String md5,
    @Nullable String attributes,
    @Nullable String attributesMd5,
    @Nullable String trace,
    @Nullable String sourceArn,
    String body,
    long content) {
  /** What a query of {@link #of} selects, from both tables. */
  static final String SELECT =
      "SELECT m.seq, receives, receives_before, first_received, sent_at, message_id, sender,"
          + " group_id, dedup_id, md5, attributes, attributes_md5, trace, source_arn, body,"
          + " m.content FROM sqs_message m CROSS JOIN sqs_content c ON c.id = m.content";

  static Stored of(Row row) {
    return new Stored(
        row.number(1),
        row.integer(2),
        row.integer(3),
        row.number(4),
        row.number(5),
        row.string(6),
        row.string(7),
        row.stringOrNull(8),
        row.stringOrNull(9),
        row.string(10),
        row.stringOrNull(11),
        row.stringOrNull(12),
        row.stringOrNull(13),
        row.stringOrNull(14),
        row.string(15),
        row.number(16));
  }

  int receivesHere() {
    return receives - receivesBefore;
  }

  /**
   * The message as its receiver sees it.
   *
   * @param receives how often it was received, this time included
   */
  Message message(
      Queue queue,
      long receipt,
      int receives,
      long firstReceivedAt,
      Collection<String> systemNames,
      Collection<String> names) {
    var message =
        Message.builder()
            .messageId(messageId)
            .receiptHandle(new ReceiptHandle(queue.id(), sequence, receipt).text())
            .md5OfBody(md5)
            .body(body);
    if (!systemNames.isEmpty()) {
      message.attributes(systemAttributes(queue, receives, firstReceivedAt, systemNames));
    }
    if (attributes != null && !names.isEmpty()) {
      Map<String, MessageAttributeValue> all = MessageAttributes.read(attributes);
      if (MessageAttributes.wantsAll(names)) {
        message.messageAttributes(all).md5OfMessageAttributes(attributesMd5);
      } else {
        Map<String, MessageAttributeValue> some = MessageAttributes.select(all, names);
        if (!some.isEmpty()) {
          message.messageAttributes(some).md5OfMessageAttributes(MessageAttributes.md5(some));
        }
      }
    }
    return message.build();
  }

  private Map<MessageSystemAttributeName, String> systemAttributes(
      Queue queue, int receives, long firstReceivedAt, Collection<String> wanted) {
    var values = new EnumMap<MessageSystemAttributeName, String>(MessageSystemAttributeName.class);
    values.put(MessageSystemAttributeName.SENDER_ID, sender);
    values.put(MessageSystemAttributeName.SENT_TIMESTAMP, Long.toString(sentAt));
    values.put(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, Integer.toString(receives));
    values.put(
        MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP,
        Long.toString(firstReceivedAt));
    put(values, MessageSystemAttributeName.MESSAGE_GROUP_ID, groupId);
    put(values, MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID, deduplicationId);
    put(values, MessageSystemAttributeName.AWS_TRACE_HEADER, trace);
    put(values, MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN, sourceArn);
    if (queue.fifo()) {
      values.put(MessageSystemAttributeName.SEQUENCE_NUMBER, Sequence.text(sequence));
    }
    if (!wanted.contains("All")) {
      values.keySet().removeIf(name -> !wanted.contains(name.toString()));
    }
    return values;
  }

  private static void put(
      Map<MessageSystemAttributeName, String> values,
      MessageSystemAttributeName name,
      @Nullable String value) {
    if (value != null) {
      values.put(name, value);
    }
  }
}
