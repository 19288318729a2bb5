package dev.onboard.local.sqs;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is done with a message in flight: it is deleted, or shown again sooner or later. */
final class Visibility {
  private final Environment env;
  private final Arrivals arrivals;

  Visibility(Environment env, Arrivals arrivals) {
    this.env = env;
    this.arrivals = arrivals;
  }

  static void checkTimeout(@Nullable Integer seconds) {
    if (seconds != null && (seconds < 0 || seconds > Limits.VISIBILITY_SECONDS)) {
      throw SqsErrors.invalidParameter(
          "VisibilityTimeout", seconds, "Must be between 0 and 43200, if provided.");
    }
  }

  /**
   * Deletes the message of a handle. A handle that a later receive has replaced deletes nothing,
   * which AWS answers as success; a FIFO queue refuses one whose time has run out.
   */
  void delete(Tx tx, Queue queue, String text) {
    ReceiptHandle handle = ReceiptHandle.parse(text, queue);
    if (queue.fifo()) {
      boolean expired =
          tx.exists(
              "SELECT 1 FROM sqs_message WHERE seq = ? AND queue = ?"
                  + " AND (visible_at <= ? OR receipt <> ?)",
              handle.sequence(),
              queue.id(),
              env.clock().now(),
              handle.receipt());
      if (expired) {
        throw SqsErrors.invalidParameter("ReceiptHandle", text, "The receipt handle has expired.");
      }
    }
    int deleted =
        tx.update(
            "DELETE FROM sqs_message WHERE seq = ? AND queue = ? AND receipt = ?",
            handle.sequence(),
            queue.id(),
            handle.receipt());
    if (queue.fifo() && deleted > 0) {
      // The group that it belonged to may give its next message now.
      env.store().afterCommit(() -> arrivals.wake(queue.id(), 1));
    }
  }

  /**
   * Shows the message of a handle again at another time. On a queue that is not FIFO that works
   * after its time has run out, too, as long as nobody else has received it.
   */
  void change(Tx tx, Queue queue, String text, @Nullable Integer seconds) {
    if (seconds == null) {
      throw SqsErrors.missingParameter("VisibilityTimeout");
    }
    checkTimeout(seconds);
    ReceiptHandle handle = ReceiptHandle.parse(text, queue);
    Instant now = env.clock().now();
    Instant receivedAt =
        tx.first(
                "SELECT received_at FROM sqs_message"
                    + " WHERE seq = ? AND queue = ? AND receipt = ? AND visible_at > ?",
                r -> r.instant("received_at"),
                handle.sequence(),
                queue.id(),
                handle.receipt(),
                queue.fifo() ? now : Instant.EPOCH)
            .orElseThrow(() ->
                SqsErrors.invalidParameter(
                    "ReceiptHandle",
                    text,
                    "Message does not exist or is not available for visibility timeout"
                        + " change."));
    Instant visibleAt = now.plusSeconds(seconds);
    if (visibleAt.isAfter(receivedAt.plusSeconds(Limits.VISIBILITY_SECONDS))) {
      throw SqsErrors.invalidParameter(
          "VisibilityTimeout",
          seconds,
          "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]");
    }
    tx.update("UPDATE sqs_message SET visible_at = ? WHERE seq = ?", visibleAt, handle.sequence());
    env.store().afterCommit(() -> arrivals.wake(queue.id(), 1));
  }
}
