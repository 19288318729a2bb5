package dev.onboard.local.s3;

import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.store.Tx;

/**
 * The numbers that order everything that happens to objects; they grow for ever and with the time.
 */
final class Sequence {
  private final LocalClock clock;

  Sequence(LocalClock clock) {
    this.clock = clock;
  }

  long next(Tx tx) {
    long floor = clock.now().toEpochMilli() << 20;
    tx.update("UPDATE s3_sequence SET value = max(value + 1, ?)", floor);
    return tx.number("SELECT value FROM s3_sequence");
  }

  /** A number as events show it: text that sorts as the numbers do. */
  static String sequencer(long number) {
    return "%016X".formatted(number);
  }
}
