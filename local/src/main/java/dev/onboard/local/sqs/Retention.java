package dev.onboard.local.sqs;

import dev.onboard.local.call.Environment;
import dev.onboard.local.clock.Timer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes away messages that were kept as long as their queue keeps them. A queue with messages has
 * one timer, due when its oldest message is; so a queue that is worked off is looked at about once
 * a retention period. Receivers leave expired messages out by themselves.
 */
final class Retention {
  private final Environment env;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Timer> timers = new HashMap<>();

  Retention(Environment env) {
    this.env = env;
  }

  /** Knows of a message in a queue, sent at that time. */
  void hold(Queue queue, Instant sentAt) {
    Instant due = sentAt.plus(queue.retention());
    lock.lock();
    try {
      Timer timer = timers.get(queue.id());
      if (timer != null && !timer.due().isAfter(due)) {
        return;
      }
      if (timer != null) {
        timer.cancel();
      }
      timers.put(queue.id(), env.clock().at(due, () -> sweep(queue.name(), queue.id())));
    } finally {
      lock.unlock();
    }
  }

  /** Takes away what is too old now, and waits for the oldest message that is left. */
  void sweep(String name, long id) {
    forget(id);
    env.store()
        .write(tx -> {
          var rows =
              tx.list(
                  "SELECT attributes ->> 'MessageRetentionPeriod' FROM sqs_queue WHERE id = ?",
                  r -> r.number(1),
                  id);
          if (rows.isEmpty()) {
            return null;
          }
          long retentionMillis = rows.getFirst() * 1000;
          long now = env.clock().now().toEpochMilli();
          tx.update(
              "DELETE FROM sqs_message WHERE queue = ? AND sent_at <= ?",
              id,
              now - retentionMillis);
          long oldest = tx.number("SELECT min(sent_at) FROM sqs_message WHERE queue = ?", id);
          if (oldest > 0) {
            wait(name, id, Instant.ofEpochMilli(oldest + retentionMillis));
          }
          return null;
        });
  }

  private void wait(String name, long id, Instant due) {
    lock.lock();
    try {
      @Nullable Timer before = timers.put(id, env.clock().at(due, () -> sweep(name, id)));
      if (before != null) {
        before.cancel();
      }
    } finally {
      lock.unlock();
    }
  }

  void forget(long id) {
    lock.lock();
    try {
      Timer timer = timers.remove(id);
      if (timer != null) {
        timer.cancel();
      }
    } finally {
      lock.unlock();
    }
  }
}
