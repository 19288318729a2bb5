package dev.onboard.local.lambda.process;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Functions that are made ready before anybody invokes them, few at a time: the process of one
 * takes most of a processor for as long as it starts.
 *
 * <p>The order is that in which they were invoked when they ran first. Those that were not invoked
 * at all wait until nothing else is to be done.
 */
final class WarmUps implements AutoCloseable {

  /** Makes a function ready and answers when it is. */
  @FunctionalInterface
  interface Start {
    void run(FunctionSpec spec, BooleanSupplier wanted) throws InterruptedException;
  }

  private record WarmUp(FunctionSpec spec, int turn, long number, BooleanSupplier wanted) {
    boolean waitsForQuiet() {
      return turn == Integer.MAX_VALUE;
    }
  }

  private final Start start;
  private final BooleanSupplier quiet;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<WarmUp> waiting =
      new PriorityQueue<>(Comparator.comparingInt(WarmUp::turn).thenComparingLong(WarmUp::number));
  private long added;
  private final List<Thread> workers;

  /**
   * Begins without any.
   *
   * @param atOnce how many may get ready at the same time
   * @param quiet whether nothing else is to be done
   */
  WarmUps(int atOnce, Start start, BooleanSupplier quiet) {
    this.start = start;
    this.quiet = quiet;
    this.workers =
        IntStream.range(0, atOnce)
            .mapToObj(i -> Thread.ofVirtual().name("warm-ups " + i).start(this::work))
            .toList();
  }

  /**
   * Adds one.
   *
   * @param turn when it is its turn among the others, {@link AotCaches#turn}
   */
  void add(FunctionSpec spec, int turn, BooleanSupplier wanted) {
    lock.lock();
    try {
      waiting.add(new WarmUp(spec, turn, added++, wanted));
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    try {
      while (true) {
        WarmUp next = next();
        start.run(next.spec, next.wanted);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private WarmUp next() throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        WarmUp first = waiting.peek();
        if (first == null) {
          changed.await();
        } else if (first.waitsForQuiet() && !quiet.getAsBoolean()) {
          changed.await(500, TimeUnit.MILLISECONDS);
        } else {
          return waiting.remove();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    workers.forEach(Thread::interrupt);
  }
}
