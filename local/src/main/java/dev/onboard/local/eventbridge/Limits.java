package dev.onboard.local.eventbridge;

import java.time.Duration;

/**
 * The limits that nobody can raise, and those of this runtime.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html">EventBridge
 *     quotas</a>
 */
final class Limits {
  /** Entries of one PutEvents. */
  static final int ENTRIES = 10;

  /** Bytes of all entries of one PutEvents; 256 KiB until January 2026. */
  static final int REQUEST_BYTES = 1 << 20;

  /** Targets of one rule. */
  static final int TARGETS = 5;

  /** Paths of one InputTransformer. */
  static final int INPUT_PATHS = 100;

  /** Characters of Input and InputTemplate. */
  static final int INPUT_LENGTH = 8192;

  /** Attempts after the first one, and the time for them, unless a RetryPolicy says less. */
  static final int RETRIES = 185;

  static final Duration RETRY_AGE = Duration.ofHours(24);

  /**
   * The degree of non-determinism that the wildcards of one pattern may have. AWS does not publish
   * its own; with this one every pattern of its documentation is taken or refused as it says there.
   */
  static final int WILDCARD_COMPLEXITY = 10;

  /** Events of which the trail keeps at most this many; see {@link BusTrail}. */
  static final int TRAIL_EVENTS = 100_000;

  /** The time for which the trail keeps an event at most. */
  static final Duration TRAIL_AGE = Duration.ofDays(7);

  private Limits() {}
}
