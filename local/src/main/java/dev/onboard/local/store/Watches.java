package dev.onboard.local.store;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is to be done before a statement changes a table. */
final class Watches {
  private static final Pattern CHANGE =
      Pattern.compile(
          "\\s*(?:INSERT(?: OR \\w+)? INTO|REPLACE INTO|UPDATE(?: OR \\w+)?|DELETE FROM)\\s+(\\w+)\\b.*",
          Pattern.DOTALL);

  private final Map<String, List<Runnable>> actions = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  void add(String table, Runnable action) {
    of(table).add(action);
  }

  /** The actions before a statement, also those that are added later. */
  List<Runnable> before(String sql) {
    Matcher change = CHANGE.matcher(sql);
    return change.matches() ? of(change.group(1)) : List.of();
  }

  /** How many changes of watched tables have been committed, or given up. */
  long changes() {
    return changes.get();
  }

  long nextChange() {
    return changes.incrementAndGet();
  }

  private List<Runnable> of(String table) {
    return actions.computeIfAbsent(table, t -> new CopyOnWriteArrayList<>());
  }
}
