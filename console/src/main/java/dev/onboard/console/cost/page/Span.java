package dev.onboard.console.cost.page;

import dev.onboard.console.web.Lookback;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How far back the costs go. */
public enum Span implements Lookback {
  QUARTER("15m", "15 minutes", Duration.ofMinutes(15)),
  HOUR("1h", "hour", Duration.ofHours(1)),
  DAY("24h", "24 hours", Duration.ofDays(1)),
  WEEK("7d", "7 days", Duration.ofDays(7)),
  MONTH("30d", "30 days", Duration.ofDays(30));

  private final String parameter;
  private final String words;
  private final Duration length;

  Span(String parameter, String words, Duration length) {
    this.parameter = parameter;
    this.words = words;
    this.length = length;
  }

  /** The one of that parameter; an hour if there is none. */
  static Span of(@Nullable String parameter) {
    return Lookback.of(values(), parameter, HOUR);
  }

  @Override
  public String parameter() {
    return parameter;
  }

  /** As in "the last ...". */
  public String words() {
    return words;
  }

  Duration length() {
    return length;
  }
}
