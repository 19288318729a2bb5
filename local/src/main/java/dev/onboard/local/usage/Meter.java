package dev.onboard.local.usage;

import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The meter that whatever is used is counted with: in memory, by the second, and stored a second
 * later in one write, so that counting costs no statement. A death loses what was not stored yet.
 *
 * <p>Seconds let one import be told from the deployment before it; after a day they are summed up
 * to minutes, and after a month they go.
 */
public final class Meter implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration BY_SECONDS = Duration.ofDays(1);
  private static final Duration KEPT = Duration.ofDays(31);
  private static final Duration BETWEEN_SUMS = Duration.ofHours(1);

  private static final ScopedValue<Boolean> UNCOUNTED = ScopedValue.newInstance();

  private static final List<List<String>> TABLES =
      List.of(
          List.of(
              "CREATE TABLE usage_key(id INTEGER PRIMARY KEY, usage TEXT NOT NULL,"
                  + " resource TEXT NOT NULL, UNIQUE(usage, resource))",
              "CREATE TABLE usage_count(second INT NOT NULL, key INT NOT NULL,"
                  + " quantity REAL NOT NULL, PRIMARY KEY(second, key)) WITHOUT ROWID"));

  private final Store store;
  private final LocalClock clock;
  private final ConcurrentHashMap<Slot, Double> counts = new ConcurrentHashMap<>();
  private final Map<Key, Long> keys = new ConcurrentHashMap<>();
  private final AtomicBoolean waiting = new AtomicBoolean();
  private Instant nextSums = Instant.MIN;
  private long summedUpTo;
  private volatile boolean closed;

  public Meter(Store store, LocalClock clock) {
    this.store = store;
    this.clock = clock;
    store.migrate("usage", TABLES);
  }

  private record Key(Usage usage, String resource) {}

  private record Slot(long second, Usage usage, String resource) {}

  /** Does something of which nothing is counted. */
  public static <T> T uncounted(Supplier<T> work) {
    return ScopedValue.where(UNCOUNTED, true).call(work::get);
  }

  /** Counts something now. */
  public void add(Usage usage, String resource, double quantity) {
    if (quantity <= 0 || closed || UNCOUNTED.isBound()) {
      return;
    }
    counts.merge(new Slot(clock.now().getEpochSecond(), usage, resource), quantity, Double::sum);
    if (!waiting.get() && waiting.compareAndSet(false, true)) {
      clock.after(EVERY, this::flush);
    }
  }

  /** What was used between two times, both included, by the second. */
  public List<Consumed> between(Instant from, Instant to) {
    flush();
    return store.read(tx ->
        tx.list(
            "SELECT k.usage, k.resource, sum(c.quantity) AS quantity FROM usage_count c"
                + " JOIN usage_key k ON k.id = c.key WHERE c.second >= ? AND c.second <= ?"
                + " GROUP BY k.id",
            r ->
                new Consumed(
                    Usage.valueOf(r.string("usage")), r.string("resource"), r.real("quantity")),
            from.getEpochSecond(),
            to.getEpochSecond()));
  }

  /** Stores what was counted. */
  private void flush() {
    waiting.set(false);
    if (closed) {
      return;
    }
    var some = new ArrayList<Map.Entry<Slot, Double>>();
    for (Slot slot : counts.keySet()) {
      // Taken out and not set to nothing: what is added from now on stands under a new entry.
      Double quantity = counts.remove(slot);
      if (quantity != null) {
        some.add(Map.entry(slot, quantity));
      }
    }
    if (!some.isEmpty()) {
      store.write(tx -> {
        some.forEach(e -> store(tx, e.getKey(), e.getValue()));
        sumUp(tx);
        return null;
      });
    }
  }

  private void store(Tx tx, Slot slot, double quantity) {
    tx.update(
        "INSERT INTO usage_count VALUES (?, ?, ?)"
            + " ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity",
        slot.second,
        key(tx, new Key(slot.usage, slot.resource)),
        quantity);
  }

  private long key(Tx tx, Key key) {
    Long known = keys.get(key);
    if (known != null) {
      return known;
    }
    tx.update(
        "INSERT OR IGNORE INTO usage_key(usage, resource) VALUES (?, ?)", key.usage, key.resource);
    long id =
        tx.number(
            "SELECT id FROM usage_key WHERE usage = ? AND resource = ?", key.usage, key.resource);
    store.afterCommit(() -> keys.put(key, id));
    return id;
  }

  private void sumUp(Tx tx) {
    Instant now = clock.now();
    if (now.isBefore(nextSums)) {
      return;
    }
    long to = now.minus(BY_SECONDS).getEpochSecond() / 60 * 60;
    tx.update(
        "INSERT INTO usage_count SELECT second / 60 * 60, key, sum(quantity) FROM usage_count"
            + " WHERE second >= ? AND second < ? AND second % 60 <> 0 GROUP BY 1, 2"
            + " ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity",
        summedUpTo, to);
    tx.update(
        "DELETE FROM usage_count WHERE second >= ? AND second < ? AND second % 60 <> 0",
        summedUpTo, to);
    tx.update("DELETE FROM usage_count WHERE second < ?", now.minus(KEPT).getEpochSecond());
    nextSums = now.plus(BETWEEN_SUMS);
    summedUpTo = to;
  }

  /** Stores what was counted last; what comes later is not counted. */
  @Override
  public void close() {
    flush();
    closed = true;
  }
}
