package dev.onboard.local.sqs;

import java.time.Duration;

/** SQS's quotas (SQS developer guide, "Amazon SQS message quotas" and "queue quotas"). */
final class Limits {
  /** Bytes of a message, and of all messages of one batch; 1 MiB since August 2025. */
  static final int MESSAGE_BYTES = 1_048_576;

  static final int BATCH_ENTRIES = 10;
  static final int RECEIVED_AT_ONCE = 10;
  static final int MESSAGE_ATTRIBUTES = 10;
  static final int IN_FLIGHT = 120_000;
  static final int WAIT_SECONDS = 20;
  static final int DELAY_SECONDS = 900;
  static final int VISIBILITY_SECONDS = 43_200;
  static final int RECEIVE_COUNT = 1_000;
  static final int LISTED_QUEUES = 1_000;
  static final int MOVES_A_SECOND = 500;
  static final int LISTED_MOVE_TASKS = 10;
  static final int TAGS = 50;
  static final Duration DEDUPLICATION = Duration.ofMinutes(5);
  static final Duration BETWEEN_PURGES = Duration.ofSeconds(60);

  private Limits() {}
}
