package dev.onboard.local.conformance;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds every accepted event against the schemas that are registered for it, and keeps and logs how
 * it does not fit. AWS checks nothing, and nothing becomes of such an event here but the warning.
 *
 * <p>It works some moments behind the buses, on events in memory: a death of the process may lose
 * the warnings of the last moment. An event that fits one of several schemas, such as those of two
 * major versions, fits; else it is said how it misses the one that it comes nearest to.
 */
public final class Conformance implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Conformance.class);
  private static final Duration BEHIND = Duration.ofMillis(100);
  private static final long MOST_WAITING = 64L << 20;
  private static final int MOST_KEPT = 100_000;
  private static final int MOST_LOGGED = 20;
  private static final List<List<String>> TABLES =
      List.of(
          List.of(
              """
              CREATE TABLE conformance_violation(
                event INT NOT NULL, place INT NOT NULL, schema TEXT NOT NULL, at TEXT NOT NULL,
                problem TEXT NOT NULL, PRIMARY KEY(event, place)) WITHOUT ROWID\
              """));

  private final Environment env;
  private final Contracts contracts;
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock working = new ReentrantLock();
  private List<Event> waiting = new ArrayList<>();
  private long characters;
  private long skipped;
  private volatile boolean closed;

  public Conformance(Environment env) {
    this.env = env;
    this.contracts = new Contracts(env);
    env.store().migrate("conformance", TABLES);
  }

  /**
   * Takes an event, to be looked at soon.
   *
   * @param copy whether it was forwarded from another bus, where it was looked at already
   */
  public void check(long number, String id, String json, boolean copy) {
    boolean first;
    lock.lock();
    try {
      if (characters > MOST_WAITING) {
        skipped++;
        return;
      }
      first = waiting.isEmpty();
      waiting.add(new Event(number, id, json, copy));
      characters += json.length();
    } finally {
      lock.unlock();
    }
    if (first) {
      env.clock().after(BEHIND, this::run);
    }
  }

  /** How an event does not fit; empty if it does, or nobody says how it should be. */
  public List<Violation> violations(long number) {
    return env.store()
        .read(tx ->
            tx.list(
                "SELECT schema, at, problem FROM conformance_violation WHERE event = ?"
                    + " ORDER BY place",
                r -> new Violation(r.string(1), r.string(2), r.string(3)),
                number));
  }

  /**
   * The numbers of the events that do not fit, newest first.
   *
   * @param before the number that all of them must be below
   */
  public List<Long> violating(long before, int limit) {
    return env.store()
        .read(tx ->
            tx.list(
                "SELECT DISTINCT event FROM conformance_violation WHERE event < ?"
                    + " ORDER BY event DESC LIMIT ?",
                r -> r.number(1),
                before,
                limit));
  }

  /** Ends the work, once what is being done is done. */
  @Override
  public void close() {
    working.lock();
    closed = true;
    working.unlock();
  }

  private void run() {
    working.lock();
    try {
      List<Event> events = take();
      if (closed || !contracts.refresh()) {
        return;
      }
      var bad = new ArrayList<Bad>();
      for (Event event : events) {
        List<Violation> violations = violations(event);
        if (!violations.isEmpty()) {
          bad.add(new Bad(event, violations));
        }
      }
      if (!bad.isEmpty()) {
        env.store()
            .write(tx -> {
              keep(tx, bad);
              return null;
            });
        log(bad.stream().filter(b -> !b.event.copy).toList());
      }
    } catch (RuntimeException e) {
      LOG.error("Some events were not held against their schemas", e);
    } finally {
      working.unlock();
    }
  }

  private List<Event> take() {
    lock.lock();
    try {
      List<Event> events = waiting;
      waiting = new ArrayList<>();
      characters = 0;
      if (skipped > 0) {
        LOG.warn("{} events came too fast to be held against their schemas", skipped);
        skipped = 0;
      }
      return events;
    } finally {
      lock.unlock();
    }
  }

  private List<Violation> violations(Event event) {
    EventHead head = EventHead.of(event.json);
    return contracts.of(head).stream()
        .map(c -> c.violations(head))
        .min(Comparator.comparingInt(List::size))
        .orElse(List.of());
  }

  private static void keep(Tx tx, List<Bad> bad) {
    for (Bad each : bad) {
      for (int i = 0; i < each.violations.size(); i++) {
        Violation violation = each.violations.get(i);
        tx.update(
            "INSERT OR REPLACE INTO conformance_violation VALUES (?, ?, ?, ?, ?)",
            each.event.number,
            i,
            violation.schema(),
            violation.at(),
            violation.problem());
      }
    }
    // As far back as the trail of events goes at most.
    tx.update(
        "DELETE FROM conformance_violation WHERE event < ?",
        bad.getLast().event.number - MOST_KEPT);
  }

  private static void log(List<Bad> bad) {
    for (Bad each : bad.subList(0, Math.min(MOST_LOGGED, bad.size()))) {
      LOG.warn(
          "Event {} does not fit {}: {}",
          each.event.id,
          each.violations.getFirst().schema(),
          String.join("; ", each.violations.stream().map(Bad::sentence).toList()));
    }
    if (bad.size() > MOST_LOGGED) {
      LOG.warn("{} more events do not fit their schemas", bad.size() - MOST_LOGGED);
    }
  }

  private record Event(long number, String id, String json, boolean copy) {}

  private record Bad(Event event, List<Violation> violations) {
    static String sentence(Violation violation) {
      return violation.at() + ' ' + violation.problem();
    }
  }
}
