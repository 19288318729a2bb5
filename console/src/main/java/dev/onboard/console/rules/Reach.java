package dev.onboard.console.rules;

import dev.onboard.console.web.Lookback;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far back is counted, and by what. */
public enum Reach implements Lookback {
  HOUR("1h", "hour", Duration.ofMinutes(1), 60),
  DAY("24h", "24 hours", Duration.ofMinutes(30), 48),
  WEEK("7d", "7 days", Duration.ofHours(4), 42);

  private final String parameter;
  private final String words;
  private final Duration period;
  private final int periods;

  Reach(String parameter, String words, Duration period, int periods) {
    this.parameter = parameter;
    this.words = words;
    this.period = period;
    this.periods = periods;
  }

  /** The one of that parameter; an hour if there is none. */
  static Reach of(@Nullable String parameter) {
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
    return now.minus(period.multipliedBy(periods));
  }

  Duration period() {
    return period;
  }

  int periods() {
    return periods;
  }

  /** As in "at most 5 ...". */
  String perPeriod() {
    return switch (this) {
      case HOUR -> "a minute";
      case DAY -> "in half an hour";
      case WEEK -> "in four hours";
    };
  }
}
