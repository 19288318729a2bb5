package dev.onboard.local.sns;

import java.time.Duration;

/**
 * SNS's quotas (AWS general reference, "Amazon SNS endpoints and quotas", and its developer guide).
 */
final class Limits {
  static final int MESSAGE_BYTES = 262_144;
  static final int SUBJECT = 100;
  static final int BATCH_ENTRIES = 10;
  static final int LISTED = 100;
  static final int TAGS = 50;
  static final int FILTER_KEYS = 5;
  static final int FILTER_COMBINATIONS = 150;
  static final int RAW_ATTRIBUTES = 10;
  static final Duration DEDUPLICATION = Duration.ofMinutes(5);

  /** How long a delivery to a queue or function is tried that its service failed to take. */
  static final Duration RETRIED = Duration.ofDays(23);

  private Limits() {}
}
