package dev.onboard.local.sqs;

import dev.onboard.local.call.Environment;
import dev.onboard.local.call.RequestIds;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.List;

/** Moves messages from queue to queue: to the dead-letter queue, and back from it. */
final class DeadLetters {
  private final Environment env;
  private final Sequence sequence;
  private final Arrivals arrivals;
  private final Retention retention;

  DeadLetters(Environment env, Sequence sequence, Arrivals arrivals, Retention retention) {
    this.env = env;
    this.sequence = sequence;
    this.arrivals = arrivals;
    this.retention = retention;
  }

  /**
   * Moves messages to the dead-letter queue. As on AWS they keep their id and their receive count,
   * and in standard queues the time they were sent, so their age goes on counting.
   */
  void bury(Tx tx, List<Stored> dead, Queue source, Queue target) {
    Instant now = env.clock().now();
    for (Stored message : dead) {
      Instant sentAt = source.fifo() ? now : Instant.ofEpochMilli(message.sentAt());
      tx.update(
          "UPDATE sqs_message SET seq = ?, queue = ?, visible_at = ?, receipt = 0,"
              + " receives_before = receives, sent_at = ? WHERE seq = ?",
          sequence.next(),
          target.id(),
          now,
          sentAt,
          message.sequence());
      tx.update(
          "UPDATE sqs_content SET source_arn = ? WHERE id = ?", source.arn(), message.content());
      retention.hold(target, sentAt);
    }
    env.store().afterCommit(() -> arrivals.wake(target.id(), dead.size()));
  }

  /** Moves a message out of a dead-letter queue, where it is a new message with a new id. */
  void revive(Tx tx, long number, long content, Queue target) {
    Instant now = env.clock().now();
    tx.update(
        "UPDATE sqs_message SET seq = ?, queue = ?, visible_at = ?, receipt = 0, receives = 0,"
            + " receives_before = 0, received_at = NULL, first_received = NULL,"
            + " sent_at = ? WHERE seq = ?",
        sequence.next(),
        target.id(),
        now.plus(target.delay()),
        now,
        number);
    tx.update(
        "UPDATE sqs_content SET source_arn = NULL, message_id = ? WHERE id = ?",
        RequestIds.next(),
        content);
    retention.hold(target, now);
    env.store().afterCommit(() -> arrivals.wake(target.id(), 1));
  }
}
