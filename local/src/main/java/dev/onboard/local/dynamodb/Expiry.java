package dev.onboard.local.dynamodb;

import dev.onboard.local.call.Environment;
import dev.onboard.local.clock.Timer;
import dev.onboard.local.dynamodb.value.ItemCodec;
import dev.onboard.local.dynamodb.value.Limits;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Deletes items whose time to live is over. AWS does it within days; here it is done at the second,
 * by one timer for the item that expires next.
 */
final class Expiry {
  private static final int BATCH = 500;

  private final Environment env;
  private final Tables tables;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Timer next;

  Expiry(Environment env, Tables tables) {
    this.env = env;
    this.tables = tables;
  }

  /** Notes, once the current write is durable, that an item expires then. */
  void note(long epochSecond) {
    if (epochSecond != Long.MAX_VALUE) {
      env.store().afterCommit(() -> schedule(Instant.ofEpochSecond(epochSecond)));
    }
  }

  /** Sets the timer by what is in the store. */
  void resume() {
    env.store()
        .read(tx ->
            tx.first(
                "SELECT min(expires) FROM dynamodb_item WHERE expires IS NOT NULL AND expires >= ?",
                r -> r.number(1),
                oldest()))
        .filter(second -> second > 0)
        .ifPresent(second -> schedule(Instant.ofEpochSecond(second)));
  }

  private void schedule(Instant due) {
    lock.lock();
    try {
      if (next != null && !due.isBefore(next.due())) {
        return;
      }
      if (next != null) {
        next.cancel();
      }
      next = env.clock().at(due, this::run);
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    lock.lock();
    try {
      next = null;
    } finally {
      lock.unlock();
    }
    while (env.store().write(tx -> expire(new Items(tx))) == BATCH) {
      // The next batch, in a write of its own, so that other writes come in between.
    }
    resume();
  }

  private int expire(Items items) {
    List<Expired> expired =
        items
            .tx()
            .list(
                "SELECT table_id, pk, sk, size, item FROM dynamodb_item"
                    + " WHERE expires IS NOT NULL AND expires BETWEEN ? AND ?"
                    + " ORDER BY expires LIMIT "
                    + BATCH,
                r ->
                    new Expired(
                        r.number(1),
                        new Key(r.bytes("pk"), r.bytes("sk")),
                        new Stored(ItemCodec.decode(r.bytes("item")), r.integer("size"))),
                oldest(),
                env.clock().now().getEpochSecond());
    for (Expired each : expired) {
      items.remove(tables.byId(items.tx(), each.table), each.key, each.item);
    }
    items.finish();
    return expired.size();
  }

  private long oldest() {
    return env.clock().now().minus(Limits.OLDEST_EXPIRY).getEpochSecond();
  }

  private record Expired(long table, Key key, Stored item) {}
}
