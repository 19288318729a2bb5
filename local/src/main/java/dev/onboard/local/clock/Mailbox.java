package dev.onboard.local.clock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A box at which one thread waits for what others put in.
 *
 * <p>The waiting thread counts as at rest. Whoever puts something in takes over its count until it
 * has woken, so that an advance of the clock does not run past it.
 */
public final class Mailbox<T> {
  private final LocalClock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Deque<T> items = new ArrayDeque<>();
  private boolean waiting;
  private boolean counted;

  public Mailbox(LocalClock clock) {
    this.clock = clock;
  }

  /** Puts something in; wakes the waiting thread if there is one. */
  public void put(T item) {
    lock.lock();
    try {
      items.add(item);
      if (waiting) {
        waiting = false;
        if (counted) {
          clock.begin();
        }
        arrived.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes the oldest, waiting for it if there is none. */
  public T take() {
    lock.lock();
    try {
      if (items.isEmpty()) {
        waiting = true;
        counted = clock.isCounted();
        if (counted) {
          clock.end();
        }
        while (waiting) {
          arrived.awaitUninterruptibly();
        }
      }
      return items.remove();
    } finally {
      lock.unlock();
    }
  }
}
