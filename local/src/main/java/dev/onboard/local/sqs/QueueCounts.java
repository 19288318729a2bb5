package dev.onboard.local.sqs;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A queue's attributes with those that are computed: its ARN, its times, and exact counts. */
final class QueueCounts {
  private final Environment env;

  QueueCounts(Environment env) {
    this.env = env;
  }

  Map<String, String> attributes(Tx tx, Queue queue) {
    var all = new LinkedHashMap<>(queue.attributes());
    all.put("QueueArn", queue.arn());
    all.put("CreatedTimestamp", Long.toString(queue.created().getEpochSecond()));
    all.put("LastModifiedTimestamp", Long.toString(queue.modified().getEpochSecond()));
    all.put("ApproximateNumberOfMessages", count(tx, queue, "visible_at <= ?"));
    all.put(
        "ApproximateNumberOfMessagesNotVisible",
        count(tx, queue, "visible_at > ? AND receives > 0"));
    all.put(
        "ApproximateNumberOfMessagesDelayed", count(tx, queue, "visible_at > ? AND receives = 0"));
    return all;
  }

  private String count(Tx tx, Queue queue, String which) {
    Instant now = env.clock().now();
    return Long.toString(
        tx.number(
            "SELECT count(*) FROM sqs_message WHERE queue = ? AND sent_at > ? AND " + which,
            queue.id(),
            now.minus(queue.retention()),
            now));
  }
}
