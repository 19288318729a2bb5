package dev.onboard.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;

/** A time as a person writes it. */
final class PointInTime {
  private PointInTime() {}

  /** Reads {@code 2026-11-21T05:00:00Z}, with any offset, or {@code now}, or {@code -2h}. */
  static Optional<Instant> read(String text, Instant now) {
    try {
      if (text.equals("now")) {
        return Optional.of(now);
      } else if (text.startsWith("-")) {
        String upper = text.substring(1).toUpperCase(Locale.ROOT);
        Duration ago = Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper);
        return ago.isNegative() ? Optional.empty() : Optional.of(now.minus(ago));
      }
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
