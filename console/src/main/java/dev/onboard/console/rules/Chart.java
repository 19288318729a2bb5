package dev.onboard.console.rules;

import dev.onboard.console.bus.RuleSeries;
import dev.onboard.console.web.Figures;
import dev.onboard.console.web.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What was counted over time, as bars.
 *
 * @param words the same for those who do not see it
 * @param tone {@code good}, {@code bad}, {@code wait}, or empty
 */
public record Chart(
    String title, long total, String words, String tone, Instant from, List<Bar> bars) {
  public static final int WIDTH = 300;
  public static final int HEIGHT = 48;

  /** What is little beside the most is still to be seen. */
  private static final int LEAST = 3;

  /** A bar of a period in which there was something. */
  public record Bar(double x, double width, int y, int height, String title) {}

  static Chart of(String kind, RuleSeries series, Reach reach) {
    long[] values = series.of(kind);
    long most = LongStream.of(values).max().orElse(0);
    long total = series.total(kind);
    double step = (double) WIDTH / Math.max(1, values.length);
    var bars = new ArrayList<Bar>();
    for (int i = 0; i < values.length; i++) {
      if (values[i] > 0) {
        int height = Math.toIntExact(Math.max(LEAST, values[i] * HEIGHT / most));
        Instant at = series.from().plus(series.period().multipliedBy(i));
        bars.add(
            new Bar(
                Math.round(i * step * 100) / 100.0,
                Math.round((step - 1) * 100) / 100.0,
                HEIGHT - height,
                height,
                Figures.count(values[i]) + " at " + Times.seconds(at) + " UTC"));
      }
    }
    String words =
        total == 0
            ? "none in the last " + reach.words()
            : "%s in the last %s, at most %s %s"
                .formatted(
                    Figures.count(total), reach.words(), Figures.count(most), reach.perPeriod());
    return new Chart(title(kind), total, words, tone(kind, total), series.from(), bars);
  }

  private static String title(String kind) {
    return Character.toUpperCase(kind.charAt(0)) + kind.substring(1);
  }

  private static String tone(String kind, long total) {
    return switch (kind) {
      case "failed", "dead-lettered" -> total > 0 ? "bad" : "";
      case "retried", "throttled" -> total > 0 ? "wait" : "";
      default -> "";
    };
  }
}
