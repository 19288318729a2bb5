package dev.onboard.console.story;

import java.time.Duration;
import java.util.Locale;

/** Durations as they are read. */
public final class Spans {
  private static final int SECOND = 1000;
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;

  private Spans() {}

  /** In one unit: {@code 12 ms}, {@code 3.4 s}, {@code 5 min}, {@code 2.0 h}. */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    double seconds = (double) millis / SECOND;
    if (Math.abs(millis) < SECOND) {
      return millis + " ms";
    } else if (seconds < 2 * MINUTE) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    } else if (seconds < 2 * HOUR) {
      return String.format(Locale.ROOT, "%.0f min", seconds / MINUTE);
    }
    return String.format(Locale.ROOT, "%.1f h", seconds / HOUR);
  }
}
