package dev.onboard.local.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What was read of tables that seldom change, kept in memory.
 *
 * <p>A statement that changes one of the tables makes the write that it is part of read anew what
 * it asks for; everybody else is given the state before until that write has ended.
 */
public final class Cached<K, V> {
  private static final int MOST = 10_000;

  private final Store store;
  private final Map<K, V> values = new ConcurrentHashMap<>();
  private volatile boolean changing;
  private long changed;

  /**
   * A cache, empty.
   *
   * @param tables all that its values are made of
   */
  public Cached(Store store, String... tables) {
    this.store = store;
    for (String table : tables) {
      store.watch(table, this::change);
    }
  }

  /** The value of a key: kept, or loaded in a read of its own and then kept. */
  public V get(K key, Function<Tx, V> load) {
    V known = changing && store.isWriting() ? null : values.get(key);
    return known != null ? known : store.read(tx -> get(tx, key, load));
  }

  /** The value of a key: kept, or loaded and then kept. */
  public V get(Tx tx, K key, Function<Tx, V> load) {
    if (changing && store.isWriting()) {
      return load.apply(tx);
    }
    V known = values.get(key);
    if (known != null) {
      return known;
    }
    V loaded = load.apply(tx);
    keep(key, loaded, tx.since());
    return loaded;
  }

  private synchronized void keep(K key, V loaded, long since) {
    // A snapshot from before a change shows what was there before it.
    if (since >= changed) {
      if (values.size() >= MOST) {
        values.clear();
      }
      values.put(key, loaded);
    }
  }

  private void change() {
    if (!changing) {
      store.atEnd(this::forget);
      changing = true;
    }
  }

  private synchronized void forget() {
    changed = store.nextChange();
    values.clear();
    changing = false;
  }
}
