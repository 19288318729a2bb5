package dev.onboard.local.sqs;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A queue's attributes with those that are computed: its ARN, its times, and exact counts. */
final class QueueCounts {
  static final String VISIBLE = "visible_at <= ?";
  static final String IN_FLIGHT = "visible_at > ? AND receives > 0";
  static final String DELAYED = "visible_at > ? AND receives = 0";

  private final Environment env;

  QueueCounts(Environment env) {
    this.env = env;
  }

  Map<String, String> attributes(Tx tx, Queue queue) {
    var all = new LinkedHashMap<>(queue.attributes());
    all.put("QueueArn", queue.arn());
    all.put("CreatedTimestamp", Long.toString(queue.created().getEpochSecond()));
    all.put("LastModifiedTimestamp", Long.toString(queue.modified().getEpochSecond()));
    Instant now = env.clock().now();
    Instant oldest = now.minus(queue.retention());
    all.put("ApproximateNumberOfMessages", Long.toString(count(tx, queue, oldest, now, VISIBLE)));
    all.put(
        "ApproximateNumberOfMessagesNotVisible",
        Long.toString(count(tx, queue, oldest, now, IN_FLIGHT)));
    all.put(
        "ApproximateNumberOfMessagesDelayed",
        Long.toString(count(tx, queue, oldest, now, DELAYED)));
    return all;
  }

  static long count(Tx tx, Queue queue, Instant oldest, Instant now, String which) {
    return tx.number(
        "SELECT count(*) FROM sqs_message WHERE queue = ? AND sent_at > ? AND " + which,
        queue.id(),
        oldest,
        now);
  }
}
