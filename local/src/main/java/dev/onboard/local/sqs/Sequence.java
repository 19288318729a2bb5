package dev.onboard.local.sqs;

import dev.onboard.local.clock.LocalClock;

/**
 * Numbers of messages, each greater than the last, restarts included: the milliseconds of their
 * time, shifted, so that nothing has to be kept. Taken inside a write only.
 */
final class Sequence {
  private static final int SHIFT = 20;

  private final LocalClock clock;
  private long last;

  Sequence(LocalClock clock, long last) {
    this.clock = clock;
    this.last = last;
  }

  long next() {
    last = Math.max(last + 1, clock.now().toEpochMilli() << SHIFT);
    return last;
  }

  /** The 20 digits that FIFO queues show. */
  static String text(long number) {
    return Long.toUnsignedString(number + Long.MIN_VALUE);
  }
}
