package dev.onboard.local.logs;

import java.time.Duration;
import java.util.Set;

/** CloudWatch Logs' quotas (its user guide, "CloudWatch Logs quotas", and PutLogEvents). */
final class Limits {
  static final int NAME = 512;
  static final int EVENTS_A_PUT = 10_000;
  static final int BYTES_A_PUT = 1_048_576;
  static final int EVENT_OVERHEAD = 26;
  static final int EVENTS_ANSWERED = 10_000;
  static final int BYTES_ANSWERED = 1_048_576;
  static final int LISTED = 50;
  static final int RESOURCE_POLICIES = 10;
  static final int TAGS = 50;
  static final Duration OLDEST = Duration.ofDays(14);
  static final Duration NEWEST = Duration.ofHours(2);
  static final Duration SPAN = Duration.ofHours(24);
  static final Set<Integer> RETENTION_DAYS =
      Set.of(
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
          2922, 3288, 3653);

  private Limits() {}
}
