package dev.onboard.console.logs;

import dev.onboard.console.web.Lookback;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far back is looked. */
public enum Window implements Lookback {
  QUARTER("15m", "the last 15 minutes", Duration.ofMinutes(15)),
  HOUR("1h", "the last hour", Duration.ofHours(1)),
  DAY("24h", "the last 24 hours", Duration.ofDays(1)),
  WEEK("7d", "the last 7 days", Duration.ofDays(7)),
  EVER("ever", "all that is kept", null);

  private final String parameter;
  private final String words;
  private final @Nullable Duration length;

  Window(String parameter, String words, @Nullable Duration length) {
    this.parameter = parameter;
    this.words = words;
    this.length = length;
  }

  /** The one of that parameter, or another if there is none. */
  static Window of(@Nullable String parameter, Window otherwise) {
    return Lookback.of(values(), parameter, otherwise);
  }

  @Override
  public String parameter() {
    return parameter;
  }

  /** As in "from the last hour". */
  public String words() {
    return words;
  }

  Instant before(Instant now) {
    return length == null ? Instant.EPOCH : now.minus(length);
  }
}
