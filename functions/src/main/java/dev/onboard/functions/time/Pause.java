package dev.onboard.functions.time;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** A way to wait. */
@FunctionalInterface
public interface Pause {

  /** Waits for real. */
  Pause REAL = duration -> LockSupport.parkNanos(duration.toNanos());

  void of(Duration duration);

  /** Waits a random part of 50 ms, doubled with every attempt after the first, at most 2 s. */
  default void beforeAttempt(int attempt) {
    long most = Math.min(2_000, 50L << Math.min(attempt - 1, 10));
    of(Duration.ofMillis(ThreadLocalRandom.current().nextLong(1, most + 1)));
  }
}
