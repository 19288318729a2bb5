package dev.onboard.local.dynamodb.value;

import java.time.Duration;

/**
 * The quotas and limits of DynamoDB, of the <a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html">service
 * quotas</a> and <a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">constraints</a>
 * pages where nothing else is said.
 */
public final class Limits {
  public static final int TABLE_NAME_MIN = 3;
  public static final int NAME_MAX = 255;
  public static final int PARTITION_KEY_BYTES = 2048;
  public static final int SORT_KEY_BYTES = 1024;
  public static final int ITEM_BYTES = 400 * 1024;
  public static final int NESTING_DEPTH = 32;
  public static final int NUMBER_DIGITS = 38;
  public static final int NUMBER_MAX_EXPONENT = 125;
  public static final int NUMBER_MIN_EXPONENT = -130;
  public static final int EXPRESSION_BYTES = 4096;
  public static final int EXPRESSION_OPERATORS = 300;
  public static final int IN_OPERANDS = 100;
  public static final int PAGE_BYTES = 1 << 20;
  public static final int BATCH_GET_KEYS = 100;
  public static final int BATCH_GET_BYTES = 16 << 20;
  public static final int BATCH_WRITE_REQUESTS = 25;
  public static final int BATCH_STATEMENTS = 25;
  public static final int TRANSACTION_ACTIONS = 100;
  public static final int TRANSACTION_BYTES = 4 << 20;
  public static final int LOCAL_INDEXES = 5;
  public static final int GLOBAL_INDEXES = 20;
  public static final int PROJECTED_ATTRIBUTES = 100;
  public static final int TAGS = 50;
  public static final int LIST_TABLES = 100;
  public static final int TAGS_PAGE = 10;

  /** API reference, Scan: TotalSegments. */
  public static final int SEGMENTS = 1_000_000;

  /** API reference, ExecuteStatement: Statement. */
  public static final int STATEMENT_CHARACTERS = 8192;

  /** API reference, TransactWriteItems: ClientRequestToken. */
  public static final Duration TOKEN_VALIDITY = Duration.ofMinutes(10);

  public static final int TOKEN_CHARACTERS = 36;

  /** Time to live: a time longer ago than this is not acted on. */
  public static final Duration OLDEST_EXPIRY = Duration.ofDays(5 * 365);

  public static final int CAPACITY_READ_UNIT = 4096;
  public static final int CAPACITY_WRITE_UNIT = 1024;
  public static final long ACCOUNT_CAPACITY = 80_000;
  public static final long TABLE_CAPACITY = 40_000;

  /** Point-in-time recovery: the longest and the default period. */
  public static final int RECOVERY_DAYS = 35;

  private Limits() {}
}
