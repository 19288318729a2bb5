package dev.onboard.local.eventbridge;

/**
 * The quotas that AWS raises on request.
 *
 * @param buses event buses an account and region
 * @param rules rules a bus
 * @param patternLength characters of an event pattern, at most 4,096
 * @param replays replays at work at one time
 * @param connections connections an account and region
 * @param destinations API destinations an account and region
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html">EventBridge
 *     quotas</a>
 */
public record Quotas(
    int buses, int rules, int patternLength, int replays, int connections, int destinations) {
  /** The quota of {@link #patternLength} is not raised beyond this. */
  public static final int LONGEST_PATTERN = 4096;

  /** What a new account has. */
  public static final Quotas DEFAULT = new Quotas(100, 300, 2048, 10, 3000, 3000);
}
