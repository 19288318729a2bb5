package dev.onboard.local.sfn.asl;

import org.jspecify.annotations.Nullable;

/**
 * How many items of a map may fail.
 *
 * @param count {@code null} if the definition does not say
 * @param percentage of all items, from 0 to 100; {@code null} if the definition does not say
 */
public record Tolerance(@Nullable Long count, @Nullable Double percentage) {

  /**
   * Works out what a map tolerates.
   *
   * @throws StateError if that is no share of its items
   */
  public static Tolerance of(State.MapState map, Scope scope) {
    Long count = map.toleratedCount() == null ? null : map.toleratedCount().wholeNumber(scope);
    Double percentage =
        map.toleratedPercentage() == null ? null : map.toleratedPercentage().number(scope);
    if (percentage != null && (percentage < 0 || percentage > 100)) {
      throw StateError.runtime("ToleratedFailurePercentage must be between 0 and 100.");
    }
    return new Tolerance(count, percentage);
  }

  /** The error of a map of which more have failed. */
  public static StateError exceeded() {
    return StateError.of(
        "States.ExceedToleratedFailureThreshold",
        "The specified tolerated failure threshold was exceeded");
  }

  /**
   * Whether the definition says that so many are too many; what it does not say is not looked at.
   */
  public boolean isExceededBy(long failed, long items) {
    return count != null && failed > count
        || percentage != null && failed > 0 && failed * 100.0 > percentage * items;
  }
}
