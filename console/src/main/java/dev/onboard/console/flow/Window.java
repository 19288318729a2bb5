package dev.onboard.console.flow;

import dev.onboard.console.web.Lookback;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far back is counted. */
public enum Window implements Lookback {
  QUARTER("15m", "15 minutes", Duration.ofMinutes(15), Duration.ofMinutes(1)),
  HOUR("1h", "hour", Duration.ofHours(1), Duration.ofMinutes(1)),
  DAY("24h", "24 hours", Duration.ofDays(1), Duration.ofMinutes(5)),
  WEEK("7d", "7 days", Duration.ofDays(7), Duration.ofHours(1));

  private final String parameter;
  private final String words;
  private final Duration length;
  private final Duration period;

  /**
   * A window.
   *
   * @param period of the metrics that are summed up
   */
  Window(String parameter, String words, Duration length, Duration period) {
    this.parameter = parameter;
    this.words = words;
    this.length = length;
    this.period = period;
  }

  /** The one of that parameter; an hour if there is none. */
  static Window of(@Nullable String parameter) {
    return Lookback.of(values(), parameter, HOUR);
  }

  @Override
  public String parameter() {
    return parameter;
  }

  /** As in "in the last ...". */
  public String words() {
    return words;
  }

  Instant before(Instant now) {
    return now.minus(length);
  }

  int periodSeconds() {
    return Math.toIntExact(period.toSeconds());
  }
}
