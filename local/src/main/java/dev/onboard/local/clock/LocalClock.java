package dev.onboard.local.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time of the runtime: the wall clock plus what it was {@link #advance advanced} by, or, in
 * tests, a time that stands still until it is advanced.
 *
 * <p>Advancing goes from one due timer to the next and lets the work that each of them starts come
 * to rest before it goes on, so a retry schedule of 24 hours runs through in the order and at the
 * times at which it would. Work counts as at rest when every thread that was begun with {@link
 * #start} or by a timer has ended or waits on this clock ({@link #sleep}) or on somebody else
 * ({@link #idle}).
 */
public final class LocalClock implements AutoCloseable {
  private static final Duration SETTLE = Duration.ofSeconds(20);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition earlier = lock.newCondition();
  private final Condition rest = lock.newCondition();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final ThreadLocal<Boolean> counted = ThreadLocal.withInitial(() -> false);
  private final boolean frozen;
  private final AtomicInteger active = new AtomicInteger();
  private volatile Duration offset = Duration.ZERO;
  private volatile Instant standing;
  private volatile boolean settling;
  private long sequence;
  private boolean closed;

  private LocalClock(boolean frozen, Instant standing, Duration offset) {
    this.frozen = frozen;
    this.standing = standing;
    this.offset = offset;
    Thread.ofPlatform().daemon().name("clock").start(this::fireWhenDue);
  }

  /** The wall clock, moved on by an offset that an earlier run was advanced by. */
  public static LocalClock system(Duration offset) {
    return new LocalClock(false, Instant.EPOCH, offset);
  }

  /** A clock that stands at a time until it is advanced. */
  public static LocalClock standingAt(Instant time) {
    return new LocalClock(true, time, Duration.ZERO);
  }

  public Instant now() {
    return time();
  }

  /**
   * The time of the machine, which no advance moves: that of processes outside, such as functions.
   */
  public Instant outside() {
    return java.time.Clock.systemUTC().instant();
  }

  /** How far this clock is ahead of the wall clock. */
  public Duration offset() {
    return offset;
  }

  /** Runs a task on a thread of its own once it is that time; at once if it already is. */
  public Timer at(Instant due, Runnable task) {
    lock.lock();
    try {
      var timer = new Timer(this, due, ++sequence, task);
      timers.add(timer);
      if (timers.peek() == timer) {
        earlier.signal();
      }
      return timer;
    } finally {
      lock.unlock();
    }
  }

  public Timer after(Duration delay, Runnable task) {
    return at(now().plus(delay), task);
  }

  /** Starts a virtual thread whose work an advance waits for. */
  public Thread start(String name, Runnable task) {
    begin();
    try {
      return Thread.ofVirtual().name(name).start(() -> countedRun(task));
    } catch (Throwable t) {
      end();
      throw t;
    }
  }

  /** Lets the calling thread wait on this clock. */
  public void sleep(Duration duration) throws InterruptedException {
    var woken = new java.util.concurrent.CountDownLatch(1);
    boolean mine = counted.get();
    // The waker takes over this thread's count, so that an advance does not run past it.
    Timer timer =
        at(
            now().plus(duration),
            () -> {
              if (mine) {
                begin();
              }
              woken.countDown();
            });
    if (mine) {
      end();
    }
    try {
      woken.await();
    } catch (InterruptedException e) {
      if (timer.cancel() && mine) {
        begin();
      }
      throw e;
    }
  }

  /** Runs something that waits for others, not counting the calling thread as at work meanwhile. */
  public <T extends @Nullable Object, X extends Exception> T idle(Waiting<T, X> waiting) throws X {
    boolean mine = counted.get();
    if (mine) {
      end();
    }
    try {
      return waiting.get();
    } finally {
      if (mine) {
        begin();
      }
    }
  }

  /** Moves the time on, firing every timer on the way in order. */
  public void advance(Duration by) {
    advanceUntil(() -> false, by);
  }

  /**
   * Moves the time on, timer by timer, until a condition holds or no timer is due within the time
   * given; then, if the condition does not hold, to the end of that time.
   *
   * @return whether the condition holds
   */
  public boolean advanceUntil(BooleanSupplier condition, Duration atMost) {
    Instant end = now().plus(atMost);
    while (true) {
      settle();
      if (condition.getAsBoolean()) {
        return true;
      }
      switch (step(end)) {
        case Step.Fire(Timer next) -> launch(next);
        case Step.Settle() -> {
          // The clock's own thread has begun something that was due already.
        }
        case Step.End() -> {
          settle();
          return condition.getAsBoolean();
        }
      }
    }
  }

  /** What is next in an advance. */
  private sealed interface Step {
    /** A timer, counted as at work already. */
    record Fire(Timer timer) implements Step {}

    /** To wait for work. */
    record Settle() implements Step {}

    /** Nothing: the time has been moved to the end. */
    record End() implements Step {}
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      timers.clear();
      earlier.signal();
    } finally {
      lock.unlock();
    }
  }

  boolean cancel(Timer timer) {
    lock.lock();
    try {
      return timers.remove(timer);
    } finally {
      lock.unlock();
    }
  }

  /** Stops counting the calling thread as at work; answers whether it was. */
  boolean lend() {
    boolean mine = counted.get();
    if (mine) {
      end();
    }
    return mine;
  }

  /** Counts a thread that was {@link #lend lent} as at work again, on its behalf. */
  void takeBack() {
    begin();
  }

  private Instant time() {
    return frozen ? standing : outside().plus(offset);
  }

  private Step step(Instant end) {
    lock.lock();
    try {
      if (isAtWork()) {
        return new Step.Settle();
      }
      Timer next = timers.peek();
      if (next == null || next.due().isAfter(end)) {
        moveToLocked(end);
        return new Step.End();
      }
      timers.poll();
      moveToLocked(next.due());
      begin();
      return new Step.Fire(next);
    } finally {
      lock.unlock();
    }
  }

  private void moveToLocked(Instant time) {
    Instant now = time();
    if (time.isAfter(now)) {
      if (frozen) {
        standing = time;
      } else {
        offset = offset.plus(Duration.between(now, time));
      }
      earlier.signal();
    }
  }

  private void fireWhenDue() {
    while (true) {
      Timer due;
      lock.lock();
      try {
        while (true) {
          if (closed) {
            return;
          }
          Timer next = timers.peek();
          if (next == null) {
            earlier.awaitUninterruptibly();
          } else if (!next.due().isAfter(time())) {
            due = timers.poll();
            // Counted before the lock is given back, or an advance could run past it.
            begin();
            break;
          } else if (frozen) {
            earlier.awaitUninterruptibly();
          } else {
            awaitReal(Duration.between(time(), next.due()));
          }
        }
      } finally {
        lock.unlock();
      }
      if (due != null) {
        launch(due);
      }
    }
  }

  private void awaitReal(Duration duration) {
    try {
      earlier.awaitNanos(Math.max(duration.toNanos(), 100_000));
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; going round again is right if somebody did.
      Thread.interrupted();
    }
  }

  private void launch(Timer timer) {
    Thread.ofVirtual().name("timer").start(() -> countedRun(timer.task()));
  }

  private void countedRun(Runnable task) {
    counted.set(true);
    try {
      task.run();
    } finally {
      counted.set(false);
      end();
    }
  }

  /** Whether the calling thread's work is waited for by an advance. */
  boolean isCounted() {
    return counted.get();
  }

  void begin() {
    active.incrementAndGet();
  }

  void end() {
    // Nobody is told but an advance that waits: this is called for every bit of work.
    if (active.decrementAndGet() <= 1 && settling) {
      lock.lock();
      try {
        rest.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private void settle() {
    long until = System.nanoTime() + SETTLE.toNanos();
    lock.lock();
    try {
      settling = true;
      while (isAtWork()) {
        long left = until - System.nanoTime();
        if (left <= 0) {
          throw new IllegalStateException(
              "work did not come to rest within " + SETTLE + " of real time: " + active + " at it");
        }
        rest.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      settling = false;
      lock.unlock();
    }
  }

  /** Whether another thread than the calling one is at work. */
  private boolean isAtWork() {
    return active.get() > (counted.get() ? 1 : 0);
  }

  /** Something that waits for others and then answers. */
  @FunctionalInterface
  public interface Waiting<T extends @Nullable Object, X extends Exception> {
    T get() throws X;
  }
}
