package dev.onboard.local.sqs;

import dev.onboard.local.clock.Bell;
import dev.onboard.local.clock.LocalClock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Who waits for messages of a queue; a message that may have come wakes one of them. */
final class Arrivals {
  private final LocalClock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Deque<Bell>> waiting = new HashMap<>();
  private boolean closed;

  Arrivals(LocalClock clock) {
    this.clock = clock;
  }

  /** A bell for one receiver, which rings once when a message may have come. */
  Bell join(long queue) {
    var bell = new Bell(clock);
    lock.lock();
    try {
      waiting.computeIfAbsent(queue, q -> new ArrayDeque<>()).add(bell);
    } finally {
      lock.unlock();
    }
    return bell;
  }

  /** Takes a receiver away; a ring that it no longer needs goes to the next. */
  void leave(long queue, Bell bell) {
    boolean unused;
    lock.lock();
    try {
      Deque<Bell> bells = waiting.get(queue);
      unused = bells == null || !bells.remove(bell);
      if (bells != null && bells.isEmpty()) {
        waiting.remove(queue);
      }
    } finally {
      lock.unlock();
    }
    if (unused) {
      wake(queue, 1);
    }
  }

  void wake(long queue, int messages) {
    for (int i = 0; i < messages; i++) {
      Bell bell;
      lock.lock();
      try {
        Deque<Bell> bells = waiting.get(queue);
        bell = bells == null ? null : bells.poll();
      } finally {
        lock.unlock();
      }
      if (bell == null) {
        return;
      }
      bell.ring();
    }
  }

  boolean closed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      waiting.values().forEach(bells -> bells.forEach(Bell::ring));
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }
}
