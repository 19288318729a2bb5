package dev.onboard.console.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as pages write them; the browser turns them to where the reader is. */
public final class Times {
  private static final DateTimeFormatter SECONDS = formatter("uuuu-MM-dd HH:mm:ss");
  private static final DateTimeFormatter MILLISECONDS = formatter("uuuu-MM-dd HH:mm:ss.SSS");
  private static final DateTimeFormatter CLOCK = formatter("HH:mm:ss.SSS");

  private Times() {}

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  /** A time of day and its date, in UTC. */
  public static String seconds(Instant time) {
    return SECONDS.format(time);
  }

  /** The same to the millisecond. */
  public static String utc(Instant time) {
    return MILLISECONDS.format(time);
  }

  /** A time of day to the millisecond, in UTC. */
  public static String clock(Instant time) {
    return CLOCK.format(time);
  }
}
