package dev.onboard.local.eventbridge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import software.amazon.event.ruler.GenericMachine;

/**
 * The patterns of one bus in one automaton of event-ruler.
 *
 * <p>The automaton misses matches when it is changed while it is read, so changes hold a lock that
 * excludes matching. Nothing is ever deleted from it: a pattern that went is only no longer
 * reported, and once there are as many of those as of the others the automaton is built anew.
 * Deleting would cost a search for what the patterns that stay still need.
 *
 * @param <K> what a pattern belongs to
 */
final class Matcher<K> {
  private static final int FEW = 64;

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<K, Pattern<K>> patterns = new HashMap<>();
  private GenericMachine<Pattern<K>> machine = new GenericMachine<>();
  private int gone;

  /** Adds a pattern that was {@link EventPatterns#check checked}, in place of the key's last. */
  void put(K key, String json) {
    lock.writeLock().lock();
    try {
      Pattern<K> old = patterns.get(key);
      if (old != null && old.json.equals(json)) {
        return;
      }
      forget(key);
      var pattern = new Pattern<>(key, json);
      patterns.put(key, pattern);
      add(pattern);
    } finally {
      lock.writeLock().unlock();
    }
  }

  void remove(K key) {
    lock.writeLock().lock();
    try {
      forget(key);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** The keys of the patterns that match an event. */
  List<K> match(String event) {
    lock.readLock().lock();
    try {
      var found = new ArrayList<K>();
      for (Pattern<K> pattern : machine.rulesForJSONEvent(event)) {
        if (pattern.live) {
          found.add(pattern.key);
        }
      }
      return found;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("an accepted event must be JSON", e);
    } finally {
      lock.readLock().unlock();
    }
  }

  private void forget(K key) {
    Pattern<K> old = patterns.remove(key);
    if (old == null) {
      return;
    }
    old.live = false;
    if (++gone > FEW && gone > patterns.size()) {
      machine = new GenericMachine<>();
      patterns.values().forEach(this::add);
      gone = 0;
    }
  }

  private void add(Pattern<K> pattern) {
    try {
      machine.addRule(pattern, pattern.json);
    } catch (IOException e) {
      throw new IllegalStateException("a checked pattern must compile", e);
    }
  }

  /** One pattern in the automaton, equal to itself alone. */
  private static final class Pattern<K> {
    final K key;
    final String json;
    boolean live = true;

    Pattern(K key, String json) {
      this.key = key;
      this.json = json;
    }
  }
}
