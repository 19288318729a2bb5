package dev.onboard.console.execution;

import dev.onboard.console.web.Lookback;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long ago executions began at most. */
public enum Since implements Lookback {
  EVER("", "at any time", null),
  QUARTER("15m", "in the last 15 minutes", Duration.ofMinutes(15)),
  HOUR("1h", "in the last hour", Duration.ofHours(1)),
  DAY("24h", "in the last 24 hours", Duration.ofDays(1)),
  WEEK("7d", "in the last 7 days", Duration.ofDays(7));

  private final String parameter;
  private final String words;
  private final @Nullable Duration length;

  Since(String parameter, String words, @Nullable Duration length) {
    this.parameter = parameter;
    this.words = words;
    this.length = length;
  }

  static Since of(@Nullable String parameter) {
    return Lookback.of(values(), parameter, EVER);
  }

  @Override
  public String parameter() {
    return parameter;
  }

  public String words() {
    return words;
  }

  Instant before(Instant now) {
    return length == null ? Instant.EPOCH : now.minus(length);
  }
}
