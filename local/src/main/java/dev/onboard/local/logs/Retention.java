package dev.onboard.local.logs;

import dev.onboard.local.call.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes away events that their group no longer keeps, every few hours of the clock while any group
 * has a retention, some at a time so that nobody waits long. Readers leave them out at once.
 */
final class Retention {
  private static final Duration PAUSE = Duration.ofHours(6);
  private static final int AT_ONCE = 5_000;

  private final Environment env;
  private final AtomicBoolean waiting = new AtomicBoolean();

  Retention(Environment env) {
    this.env = env;
  }

  /** Begins to wait, if a group has a retention and nobody waits yet. */
  void start() {
    boolean needed =
        env.store()
            .read(tx -> tx.exists("SELECT 1 FROM logs_group WHERE retention IS NOT NULL LIMIT 1"));
    if (needed && waiting.compareAndSet(false, true)) {
      env.clock().after(PAUSE, this::sweep);
    }
  }

  private void sweep() {
    record Kept(long group, int days) {}
    var groups =
        env.store()
            .read(tx ->
                tx.list(
                    "SELECT id, retention FROM logs_group WHERE retention IS NOT NULL",
                    r -> new Kept(r.number(1), r.integer(2))));
    for (Kept kept : groups) {
      Instant oldest = env.clock().now().minus(Duration.ofDays(kept.days()));
      while (remove(kept.group(), oldest) == AT_ONCE) {
        // There may be more.
      }
    }
    waiting.set(false);
    start();
  }

  private int remove(long group, Instant oldest) {
    return env.store()
        .write(tx ->
            Events.remove(
                tx,
                "(log_group, at, id) IN (SELECT log_group, at, id FROM logs_event"
                    + " WHERE log_group = ? AND at < ? ORDER BY at, id LIMIT ?)",
                group,
                oldest,
                AT_ONCE));
  }
}
