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

  /**
   * Takes a receiver away.
   *
   * <p>A ring is used up by looking for messages after it, whether there are any or not; handing it
   * on even so would send it round for ever among receivers that find nothing.
   *
   * @return whether its bell was rung, which somebody else has to be told if it does not look again
   */
  boolean leave(long queue, Bell bell) {
    lock.lock();
    try {
      Deque<Bell> bells = waiting.get(queue);
      boolean rung = bells == null || !bells.remove(bell);
      if (bells != null && bells.isEmpty()) {
        waiting.remove(queue);
      }
      return rung;
    } finally {
      lock.unlock();
    }
  }

  /** Rings for as many receivers as messages may have come. */
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
