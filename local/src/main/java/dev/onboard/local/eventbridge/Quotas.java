package dev.onboard.local.eventbridge;

import java.util.Map;

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
  /** What a new account has. */
  public static final Quotas DEFAULT = new Quotas(100, 300, 2048, 10, 3000, 3000);

  private static final int LONGEST_PATTERN = 4096;

  /**
   * What an account has once AWS has raised some of them.
   *
   * @param raised quotas by the names {@code buses}, {@code rules}, {@code pattern-length}, {@code
   *     replays}, {@code connections} and {@code api-destinations}
   * @throws IllegalArgumentException if there is no quota of a name, or it cannot be so much
   */
  public static Quotas with(Map<String, Integer> raised) {
    Quotas quotas = DEFAULT;
    for (Map.Entry<String, Integer> quota : raised.entrySet()) {
      quotas = quotas.with(quota.getKey(), quota.getValue());
    }
    return quotas;
  }

  private Quotas with(String name, int most) {
    if (most < 1 || name.equals("pattern-length") && most > LONGEST_PATTERN) {
      throw new IllegalArgumentException(
          "the quota "
              + name
              + " must be at least 1"
              + (name.equals("pattern-length") ? " and at most " + LONGEST_PATTERN : "")
              + ", not "
              + most);
    }
    return switch (name) {
      case "buses" -> new Quotas(most, rules, patternLength, replays, connections, destinations);
      case "rules" -> new Quotas(buses, most, patternLength, replays, connections, destinations);
      case "pattern-length" -> new Quotas(buses, rules, most, replays, connections, destinations);
      case "replays" -> new Quotas(buses, rules, patternLength, most, connections, destinations);
      case "connections" -> new Quotas(buses, rules, patternLength, replays, most, destinations);
      case "api-destinations" ->
          new Quotas(buses, rules, patternLength, replays, connections, most);
      default ->
          throw new IllegalArgumentException(
              "there is no quota "
                  + name
                  + "; there are buses, rules, pattern-length, replays, connections and"
                  + " api-destinations");
    };
  }
}
