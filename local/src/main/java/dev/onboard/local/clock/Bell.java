package dev.onboard.local.clock;

import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Something that one thread waits for, until a time at the latest, and that others ring once.
 *
 * <p>While it waits the thread is at rest for {@link LocalClock#advance}; whoever rings counts it
 * as at work again before it wakes, so an advance never runs past work that was just begun.
 */
public final class Bell {
  private final LocalClock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean rung;
  private boolean timeUp;
  private boolean lent;

  public Bell(LocalClock clock) {
    this.clock = clock;
  }

  /**
   * Waits until it rings, at once if it did already.
   *
   * @return false if the time came first
   */
  public boolean await(Instant until) throws InterruptedException {
    lock.lock();
    try {
      if (rung) {
        return true;
      }
      Timer timer = clock.at(until, () -> wake(false));
      lent = clock.lend();
      try {
        while (!rung && !timeUp) {
          changed.await();
        }
      } catch (InterruptedException e) {
        takeBack();
        throw e;
      } finally {
        timer.cancel();
      }
      return rung;
    } finally {
      lock.unlock();
    }
  }

  /** Wakes the thread that waits, or that will. */
  public void ring() {
    wake(true);
  }

  private void wake(boolean byRinging) {
    lock.lock();
    try {
      takeBack();
      rung |= byRinging;
      timeUp |= !byRinging;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void takeBack() {
    if (lent) {
      lent = false;
      clock.takeBack();
    }
  }
}
