package dev.onboard.console.execution;

import dev.onboard.console.web.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How long ago executions began at most. */
public enum Since {
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
    if (parameter == null) {
      return EVER;
    }
    return Arrays.stream(values())
        .filter(s -> s.parameter.equals(parameter))
        .findFirst()
        .orElseThrow(
            () -> Refusal.badRequest("since must be 15m, 1h, 24h or 7d, not " + parameter + "."));
  }

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
