package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.sfn.Limits;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an execution has done and where its branches stand, on the way into the store.
 *
 * <p>A branch {@link #note notes} events and its new position together. Whoever flushes writes all
 * that was noted, of every branch, so what the store holds is always one consistent moment; what
 * was noted after it is computed again after a restart.
 */
final class Journal {
  private static final int EAGER = 64;

  private final long execution;
  private final boolean kept;
  private final Supplier<Instant> now;
  private final @Nullable ExecutionLog log;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Integer, Set<Integer>> below = new HashMap<>();
  private List<Event> events = new ArrayList<>();
  private Map<Integer, FrameRow> rows = new LinkedHashMap<>();
  private Set<Integer> removed = new LinkedHashSet<>();
  private long next;
  private int nextFrame;
  private boolean closed;

  /**
   * Opens the journal.
   *
   * @param kept whether events and positions go into the store
   * @param next the number of the next event
   * @param nextFrame the number of the next branch
   */
  Journal(
      long execution,
      boolean kept,
      Supplier<Instant> now,
      @Nullable ExecutionLog log,
      long next,
      int nextFrame) {
    this.execution = execution;
    this.kept = kept;
    this.now = now;
    this.log = log;
    this.next = next;
    this.nextFrame = nextFrame;
  }

  /** Whether events and positions go into the store. */
  boolean isKept() {
    return kept;
  }

  /**
   * Notes a change of a branch: events, and the position that comes with them.
   *
   * @param change makes it, with {@link #event}
   */
  void note(Frame frame, Runnable change) {
    lock.lock();
    try {
      if (closed) {
        throw new Stopped();
      }
      change.run();
      track(frame);
    } finally {
      lock.unlock();
    }
  }

  /** Keeps the position of a branch, within {@link #note}. */
  void track(Frame branch) {
    if (kept) {
      FrameRow row = branch.row();
      rows.put(row.id(), row);
      known(row);
    }
  }

  /** Hears of a branch that the store has. */
  void known(FrameRow row) {
    below.computeIfAbsent(row.parent(), p -> new HashSet<>()).add(row.id());
  }

  /** Adds an event within {@link #note} and gives its number. */
  long event(String type, long previous, Supplier<@Nullable ObjectNode> details) {
    if (kept && next >= Limits.HISTORY_EVENTS) {
      throw new HistoryFull();
    }
    long id = next++;
    if (kept || isLogged(type)) {
      add(new Event(id, previous, now.get(), type, details.get()));
    }
    return id;
  }

  private boolean isLogged(String type) {
    return log != null && log.wants(type);
  }

  private void add(Event event) {
    if (kept) {
      events.add(event);
    }
    if (log != null && log.wants(event.type())) {
      log.add(event);
    }
  }

  /** Adds the last event, for which there is always room. */
  long lastEvent(String type, long previous, ObjectNode details) {
    lock.lock();
    try {
      long id = Math.min(next, Limits.HISTORY_EVENTS);
      next = id + 1;
      add(new Event(id, previous, now.get(), type, details));
      return id;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes out the branches that a branch has started, and theirs, within {@link #note}. What has
   * failed keeps them: a redrive goes on with those that have not ended well.
   */
  void removeBelow(Frame frame) {
    if (kept) {
      removeBelow(frame.id());
    }
  }

  private void removeBelow(int frame) {
    Set<Integer> branches = below.remove(frame);
    for (Integer branch : branches == null ? Set.<Integer>of() : branches) {
      removeBelow(branch);
      rows.remove(branch);
      removed.add(branch);
    }
  }

  int newFrame() {
    lock.lock();
    try {
      return nextFrame++;
    } finally {
      lock.unlock();
    }
  }

  /** Whether so much was noted that it should not wait for the next flush. */
  boolean isFull() {
    lock.lock();
    try {
      return events.size() > EAGER;
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return events.isEmpty() && rows.isEmpty() && removed.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Writes all that was noted; the transaction must be the writer's own. */
  void write(Tx tx) {
    List<Event> newEvents;
    Map<Integer, FrameRow> newRows;
    Set<Integer> gone;
    lock.lock();
    try {
      newEvents = events;
      newRows = rows;
      gone = removed;
      events = new ArrayList<>();
      rows = new LinkedHashMap<>();
      removed = new LinkedHashSet<>();
    } finally {
      lock.unlock();
    }
    newEvents.forEach(event -> event.save(tx, execution));
    newRows.values().forEach(row -> row.save(tx, execution));
    for (Integer frame : gone) {
      tx.update("DELETE FROM sfn_frame WHERE execution = ? AND id = ?", execution, frame);
    }
  }

  /** Takes nothing more. */
  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** The execution has ended otherwise; what still runs of it unwinds without a trace. */
  static final class Stopped extends RuntimeException {
    Stopped() {
      super("the execution has ended", null, false, false);
    }
  }

  /** There is no room for another event. */
  static final class HistoryFull extends RuntimeException {
    HistoryFull() {
      super("the history is full", null, false, false);
    }
  }
}
