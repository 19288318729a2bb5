package dev.onboard.local.cloudwatch;

import org.jspecify.annotations.Nullable;

/** Values of a span of time, summed up. */
record Sample(double count, double sum, double minimum, double maximum) {

  Sample plus(Sample other) {
    return new Sample(
        count + other.count,
        sum + other.sum,
        Math.min(minimum, other.minimum),
        Math.max(maximum, other.maximum));
  }

  /** A statistic by its name, or null if this runtime does not have it. */
  @Nullable Double statistic(String name) {
    return switch (name) {
      case "SampleCount" -> count;
      case "Sum" -> sum;
      case "Average" -> sum / count;
      case "Minimum" -> minimum;
      case "Maximum" -> maximum;
      default -> null;
    };
  }
}
