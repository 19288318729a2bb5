package dev.onboard.console.cost.page;

import dev.onboard.console.web.Refusal;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How far back the costs go. */
public enum Span {
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
    if (parameter == null) {
      return HOUR;
    }
    return Arrays.stream(values())
        .filter(s -> s.parameter.equals(parameter))
        .findFirst()
        .orElseThrow(() ->
            Refusal.badRequest("since must be 15m, 1h, 24h, 7d or 30d, not " + parameter + "."));
  }

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
