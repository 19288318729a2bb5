package dev.onboard.console.web;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Figures {
  private static final int THOUSAND = 1000;
  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;
  private static final int DAY = 24 * HOUR;
  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

  private Figures() {}

  /** A number: {@code 12,345}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** So many of something: {@code 1 row}, {@code 12 rows}. */
  public static String count(long number, String one, String more) {
    return count(number) + " " + (number == 1 ? one : more);
  }

  /** A size: {@code 312 bytes}, {@code 1.4 MB}. */
  public static String bytes(long bytes) {
    if (bytes < THOUSAND) {
      return count(bytes, "byte", "bytes");
    }
    double size = bytes;
    int unit = -1;
    while (size >= THOUSAND && unit < UNITS.length - 1) {
      size /= THOUSAND;
      unit++;
    }
    return String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, UNITS[unit]);
  }

  /** How long something took: {@code 312 ms}, {@code 3.4 s}, {@code 5 min 3 s}, {@code 2 h}. */
  public static String span(Duration span) {
    if (span.isNegative()) {
      return "-" + span(span.negated());
    }
    long millis = span.toMillis();
    if (millis < THOUSAND) {
      return millis + " ms";
    } else if (millis < 10L * THOUSAND) {
      return String.format(Locale.ROOT, "%.1f s", millis / (double) THOUSAND);
    }
    return age(span);
  }

  /** How long ago something was, to the second: {@code 0 s}, {@code 42 s}, {@code 3 d 4 h}. */
  public static String age(Duration span) {
    long seconds = Math.max(0, span.toSeconds());
    if (seconds < MINUTE) {
      return seconds + " s";
    } else if (seconds < HOUR) {
      return two(seconds / MINUTE, "min", seconds % MINUTE, "s");
    } else if (seconds < DAY) {
      return two(seconds / HOUR, "h", seconds % HOUR / MINUTE, "min");
    }
    return two(seconds / DAY, "d", seconds % DAY / HOUR, "h");
  }

  private static String two(long large, String unit, long small, String lesser) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + lesser);
  }
}
