package dev.onboard.local.eventbridge;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The header Retry-After: seconds, or a date of HTTP. */
final class RetryAfter {
  private RetryAfter() {}

  /** How long it says to wait; negative for never again; null if it says nothing. */
  static @Nullable Duration parse(String header, Instant now) {
    String text = header.strip();
    if (text.matches("-?\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Instant at = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
      return at.isBefore(now) ? Duration.ZERO : Duration.between(now, at);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
