package dev.onboard.local.sfn;

import java.time.Duration;

/**
 * Step Functions' quotas, from its Developer Guide ("Quotas for executions and state machines") and
 * API reference.
 */
public final class Limits {
  /** The largest input, output or result, in bytes of UTF-8. */
  public static final int PAYLOAD_BYTES = 262_144;

  /** The largest definition, in bytes of UTF-8. */
  public static final int DEFINITION_BYTES = 1_048_576;

  /** The events that a history may have; the last says that the execution failed. */
  public static final int HISTORY_EVENTS = 25_000;

  /** The longest name. */
  public static final int NAME_LENGTH = 80;

  /** How long an Express execution may run. */
  public static final Duration EXPRESS_DURATION = Duration.ofMinutes(5);

  /** The items of one page of a list. */
  public static final int PAGE = 1_000;

  /** The items of a page of a list if the call does not say. */
  public static final int DEFAULT_PAGE = 100;

  /** The iterations of an inline map that run at once. */
  public static final int INLINE_CONCURRENCY = 40;

  /** The child executions of a distributed map that AWS runs at once. */
  public static final int DISTRIBUTED_CONCURRENCY = 10_000;

  /**
   * The child executions that this runtime runs at once if the definition does not say; our own,
   * because more do not go faster on one machine.
   */
  public static final int DEFAULT_DISTRIBUTED_CONCURRENCY = 40;

  /** The items that a reader gives at most. */
  public static final long READER_ITEMS = 100_000_000;

  /** How long a worker that asks for a task of an activity is kept waiting. */
  public static final Duration ACTIVITY_POLL = Duration.ofSeconds(60);

  /** The tags of one resource. */
  public static final int TAGS = 50;

  /** How long after its end an execution can be redriven. */
  public static final Duration REDRIVE_PERIOD = Duration.ofDays(14);

  /** The events that an execution must have fewer of to be redriven. */
  public static final int REDRIVABLE_EVENTS = 24_999;

  /** How long an execution may be open. */
  public static final Duration STANDARD_DURATION = Duration.ofDays(365);

  /** How often one map run can be redriven. */
  public static final int MAP_RUN_REDRIVES = 1_000;

  /** The tokens of a redrive that are remembered. */
  public static final int REDRIVE_TOKENS = 10;

  /** How long they are. */
  public static final Duration REDRIVE_TOKEN_LIFE = Duration.ofMinutes(15);

  private Limits() {}
}
