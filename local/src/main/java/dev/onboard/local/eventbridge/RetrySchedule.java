package dev.onboard.local.eventbridge;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.RetryPolicy;

/**
 * When a delivery is tried again: after a second, then after twice as long each time up to eight
 * minutes, each with up to a tenth of jitter less, so that 185 retries fit into 24 hours.
 */
record RetrySchedule(int retries, Duration age) {
  private static final Duration FIRST = Duration.ofSeconds(1);
  // 1 + 2 + ... + 256 seconds, then 176 times this, are just under a day.
  private static final Duration LONGEST = Duration.ofSeconds(487);
  private static final int DOUBLINGS = 9;
  private static final double JITTER = 0.1;

  static RetrySchedule of(@Nullable RetryPolicy policy) {
    Integer retries = policy == null ? null : policy.maximumRetryAttempts();
    Integer age = policy == null ? null : policy.maximumEventAgeInSeconds();
    return new RetrySchedule(
        retries == null ? Limits.RETRIES : retries,
        age == null ? Limits.RETRY_AGE : Duration.ofSeconds(age));
  }

  /**
   * What follows a failed attempt.
   *
   * @param attempts how many there were, this one included
   * @param atLeast how long the target asked to be left alone, which may only put the attempt off
   */
  Next after(int attempts, Instant accepted, Instant now, @Nullable Duration atLeast) {
    if (attempts > retries) {
      return new Next(Optional.empty(), "MaximumRetryAttempts");
    }
    Duration delay = delay(attempts);
    Instant next = now.plus(atLeast == null || atLeast.compareTo(delay) < 0 ? delay : atLeast);
    return next.isAfter(accepted.plus(age))
        ? new Next(Optional.empty(), "MaximumEventAgeInSeconds")
        : new Next(Optional.of(next), "");
  }

  private static Duration delay(int attempts) {
    Duration full = attempts > DOUBLINGS ? LONGEST : FIRST.multipliedBy(1L << (attempts - 1));
    double jitter = ThreadLocalRandom.current().nextDouble(JITTER);
    return full.minusMillis((long) (full.toMillis() * jitter));
  }

  /**
   * The time of the next attempt, or why there is none.
   *
   * @param exhausted the name of the limit that was reached
   */
  record Next(Optional<Instant> at, String exhausted) {}
}
