package dev.onboard.local.sqs;

import dev.onboard.local.call.Environment;
import dev.onboard.local.call.RequestIds;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts messages into queues; FIFO queues drop what was sent within five minutes already. */
final class Sending {
  private static final String CONTENT =
      "INSERT INTO sqs_content(id, message_id, sender, dedup_id, md5, attributes, attributes_md5,"
          + " trace, body)";
  private static final String MESSAGE =
      "INSERT INTO sqs_message(seq, queue, visible_at, receives, receives_before, receipt, sent_at,"
          + " fifo, group_id, content)";

  private final Environment env;
  private final Sequence sequence;
  private final Arrivals arrivals;
  private final Retention retention;
  private Instant deduplicationSwept = Instant.EPOCH;

  Sending(Environment env, Sequence sequence, Arrivals arrivals, Retention retention) {
    this.env = env;
    this.sequence = sequence;
    this.arrivals = arrivals;
    this.retention = retention;
  }

  /**
   * What a sender is answered.
   *
   * @param sequence the message's number; shown by FIFO queues only
   */
  record Sent(String messageId, long sequence) {}

  Sent send(Tx tx, Queue queue, Draft draft, String sender) {
    var call = new OneCall(tx, queue, sender);
    Sent sent = call.add(draft);
    call.insert();
    return sent;
  }

  /** The messages of one call, which are checked and numbered one by one and inserted together. */
  final class OneCall {
    private final Tx tx;
    private final Queue queue;
    private final String sender;
    private final Instant now = env.clock().now();
    private final List<@Nullable Object[]> contents = new ArrayList<>();
    private final List<@Nullable Object[]> messages = new ArrayList<>();

    OneCall(Tx tx, Queue queue, String sender) {
      this.tx = tx;
      this.queue = queue;
      this.sender = sender;
    }

    Sent add(Draft draft) {
      check(queue, draft);
      String messageId = RequestIds.next();
      String deduplicationId = null;
      if (queue.fifo()) {
        deduplicationId =
            draft.deduplicationId() == null ? draft.contentId() : draft.deduplicationId();
        Sent before = sentBefore(tx, queue, draft, deduplicationId, now);
        if (before != null) {
          return before;
        }
      }
      var sent = new Sent(messageId, sequence.next());
      if (deduplicationId != null) {
        remember(tx, queue, draft, deduplicationId, sent, now);
      }
      contents.add(
          new @Nullable Object[] {
            sent.sequence(),
            messageId,
            sender,
            deduplicationId,
            draft.md5(),
            draft.attributes(),
            draft.attributesMd5(),
            draft.trace(),
            draft.body()
          });
      messages.add(
          new @Nullable Object[] {
            sent.sequence(),
            queue.id(),
            now.toEpochMilli() + delayMillis(queue, draft),
            0,
            0,
            0,
            now,
            queue.fifo(),
            draft.groupId(),
            sent.sequence()
          });
      return sent;
    }

    void insert() {
      tx.insertAll(CONTENT, contents);
      tx.insertAll(MESSAGE, messages);
      if (!messages.isEmpty()) {
        retention.hold(queue, now);
      }
    }
  }

  /** Wakes receivers once what was sent is durable. */
  void announce(Queue queue, int messages) {
    env.store().afterCommit(() -> arrivals.wake(queue.id(), messages));
  }

  /** Messages to a FIFO queue cannot say how long they are delayed: 0 is as nothing to it. */
  private static long delayMillis(Queue queue, Draft draft) {
    return draft.delaySeconds() == null || queue.fifo()
        ? queue.delay().toMillis()
        : draft.delaySeconds() * 1000L;
  }

  private static void check(Queue queue, Draft draft) {
    if (draft.bytes() > queue.maxBytes()) {
      throw SqsErrors.invalidParameter(
          "One or more parameters are invalid. Reason: Message must be shorter than "
              + queue.maxBytes()
              + " bytes.");
    }
    if (!queue.fifo()) {
      if (draft.deduplicationId() != null) {
        throw SqsErrors.invalidParameter(
            "MessageDeduplicationId",
            draft.deduplicationId(),
            "The request includes a parameter that is not valid for this queue type.");
      }
      return;
    }
    if (draft.delaySeconds() != null && draft.delaySeconds() != 0) {
      throw SqsErrors.invalidParameter(
          "DelaySeconds",
          draft.delaySeconds(),
          "The request include parameter that is not valid for this queue type.");
    }
    if (draft.groupId() == null) {
      throw SqsErrors.missingParameter("MessageGroupId");
    }
    if (draft.deduplicationId() == null && !queue.contentBasedDeduplication()) {
      throw SqsErrors.invalidParameter(
          "The queue should either have ContentBasedDeduplication enabled or"
              + " MessageDeduplicationId provided explicitly");
    }
  }

  private static @Nullable Sent sentBefore(
      Tx tx, Queue queue, Draft draft, String deduplicationId, Instant now) {
    return tx.first(
            "SELECT message_id, seq FROM sqs_deduplication"
                + " WHERE queue = ? AND scope = ? AND dedup_id = ? AND at > ?",
            r -> new Sent(r.string(1), r.number(2)),
            queue.id(),
            scope(queue, draft),
            deduplicationId,
            now.minus(Limits.DEDUPLICATION))
        .orElse(null);
  }

  private void remember(
      Tx tx, Queue queue, Draft draft, String deduplicationId, Sent sent, Instant now) {
    if (now.isAfter(deduplicationSwept.plusSeconds(60))) {
      deduplicationSwept = now;
      tx.update("DELETE FROM sqs_deduplication WHERE at <= ?", now.minus(Limits.DEDUPLICATION));
      tx.update("DELETE FROM sqs_attempt WHERE at <= ?", now.minus(Limits.DEDUPLICATION));
    }
    tx.update(
        "INSERT OR REPLACE INTO sqs_deduplication VALUES (?, ?, ?, ?, ?, ?)",
        queue.id(),
        scope(queue, draft),
        deduplicationId,
        sent.messageId(),
        sent.sequence(),
        now);
  }

  private static String scope(Queue queue, Draft draft) {
    return queue.deduplicatesByGroup() ? String.valueOf(draft.groupId()) : "";
  }
}
