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
 * <p>Ranges of numbers that overlap make an automaton grow with the cube of their number: a
 * thousand took more than eight minutes. So patterns with such ranges are spread over automata of
 * their own, a few in each.
 *
 * @param <K> what a pattern belongs to
 */
final class Matcher<K> {
  private static final int FEW = 64;
  private static final int RANGES_TOGETHER = 32;

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<K, Pattern<K>> patterns = new HashMap<>();
  private GenericMachine<Pattern<K>> machine = new GenericMachine<>();
  private final List<GenericMachine<Pattern<K>>> ranges = new ArrayList<>();
  private int patternsWithRanges;
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
      match(machine, event, found);
      for (GenericMachine<Pattern<K>> some : ranges) {
        match(some, event, found);
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

  private static <K> void match(GenericMachine<Pattern<K>> machine, String event, List<K> found)
      throws Exception {
    for (Pattern<K> pattern : machine.rulesForJSONEvent(event)) {
      if (pattern.live) {
        found.add(pattern.key);
      }
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
      ranges.clear();
      patternsWithRanges = 0;
      patterns.values().forEach(this::add);
      gone = 0;
    }
  }

  private void add(Pattern<K> pattern) {
    try {
      machineFor(pattern).addRule(pattern, pattern.json);
    } catch (IOException e) {
      throw new IllegalStateException("a checked pattern must compile", e);
    }
  }

  private GenericMachine<Pattern<K>> machineFor(Pattern<K> pattern) {
    // A word that only looks like the operator puts a pattern among the ranges, which is no harm.
    if (!pattern.json.contains("\"numeric\"")) {
      return machine;
    }
    if (patternsWithRanges++ % RANGES_TOGETHER == 0) {
      ranges.add(new GenericMachine<>());
    }
    return ranges.getLast();
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
