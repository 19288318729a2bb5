package dev.onboard.local.sfn.run;

import dev.onboard.local.call.Environment;
import dev.onboard.local.clock.Mailbox;
import dev.onboard.local.clock.Timer;
import dev.onboard.local.sfn.Limits;
import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The tasks of activities and the workers that wait for them. */
public final class Activities {
  private final Environment env;
  private final Taken taken;
  private final Map<String, Set<Mailbox<Boolean>>> waiting = new ConcurrentHashMap<>();

  /** Is told which branch's task was taken. */
  @FunctionalInterface
  interface Taken {
    void by(long execution, int frame);
  }

  /** A task that a worker has taken. */
  public record ActivityTask(String token, String input) {}

  Activities(Environment env, Taken taken) {
    this.env = env;
    this.taken = taken;
  }

  static boolean exists(Store store, String arn) {
    return store.read(tx -> tx.exists("SELECT 1 FROM sfn_activity WHERE arn = ?", arn));
  }

  /** Wakes the workers that wait for tasks of an activity. */
  void arrived(String activity) {
    waiting.getOrDefault(activity, Set.of()).forEach(worker -> worker.put(true));
  }

  /** Gives the oldest task of an activity, waiting for one as long as a poll may last. */
  public Optional<ActivityTask> take(String activity, @Nullable String worker) {
    var mailbox = new Mailbox<Boolean>(env.clock());
    waiting.computeIfAbsent(activity, k -> ConcurrentHashMap.newKeySet()).add(mailbox);
    Timer timer = env.clock().after(Limits.ACTIVITY_POLL, () -> mailbox.put(false));
    try {
      Optional<ActivityTask> found = takeNow(activity, worker);
      while (found.isEmpty() && mailbox.take()) {
        found = takeNow(activity, worker);
      }
      return found;
    } finally {
      timer.cancel();
      waiting.computeIfPresent(
          activity,
          (k, all) -> {
            all.remove(mailbox);
            return all.isEmpty() ? null : all;
          });
    }
  }

  private Optional<ActivityTask> takeNow(String activity, @Nullable String worker) {
    return env.store().write(tx -> take(tx, activity, worker));
  }

  private Optional<ActivityTask> take(Tx tx, String activity, @Nullable String worker) {
    record Found(ActivityTask task, long execution, int frame) {}
    Optional<Found> found =
        tx.first(
            "SELECT token, input, execution, frame FROM sfn_token"
                + " WHERE activity = ? AND started = 0 AND outcome IS NULL ORDER BY rowid LIMIT 1",
            r ->
                new Found(
                    new ActivityTask(r.string("token"), r.string("input")),
                    r.number("execution"),
                    r.integer("frame")),
            activity);
    found.ifPresent(one -> {
      tx.update(
          "UPDATE sfn_token SET started = 1, worker = ?, heartbeat = ? WHERE token = ?",
          worker,
          env.clock().now(),
          one.task.token);
      env.store().afterCommit(() -> taken.by(one.execution, one.frame));
    });
    return found.map(Found::task);
  }

  /** Sends all waiting workers home. */
  void close() {
    waiting.values().forEach(all -> all.forEach(worker -> worker.put(false)));
  }
}
