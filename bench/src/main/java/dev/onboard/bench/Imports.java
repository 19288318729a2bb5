package dev.onboard.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Imports generated files through {@code ./onboard}, each into a runtime that is started for it
 * over an empty folder. Repeats of different sizes alternate, so that a change of the machine's
 * mood meets all of them alike.
 */
final class Imports {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One import over an empty folder. */
  private record Measured(
      int rows,
      double startSeconds,
      double rowsASecond,
      double cpuSeconds,
      double peakMegabytes,
      double earlyMegabytes,
      double lateMegabytes) {}

  /** The table of all sizes. */
  String table(int repeats, List<Integer> sizes) throws Exception {
    var all = new ArrayList<Measured>();
    for (int repeat = 1; repeat <= repeats; repeat++) {
      for (int rows : sizes) {
        System.err.printf("%d of %d: %,d rows%n", repeat, repeats, rows);
        all.add(measure(rows));
      }
    }
    var table = new StringBuilder();
    table.append(
        "| rows | start to deployed, s | rows/s | processor, s | most memory, MB | in the second"
            + " quarter | in the last quarter |\n");
    table.append("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (int rows : sizes) {
      List<Measured> some = all.stream().filter(m -> m.rows == rows).toList();
      table.append(
          String.format(
              Locale.ROOT,
              "| %,d | %s | %s | %s | %s | %s | %s |%n",
              rows,
              median(some, Measured::startSeconds, "%.1f"),
              median(some, Measured::rowsASecond, "%,.0f"),
              watched(some, Measured::cpuSeconds, "%.1f"),
              watched(some, Measured::peakMegabytes, "%,.0f"),
              watched(some, Measured::earlyMegabytes, "%,.0f"),
              watched(some, Measured::lateMegabytes, "%,.0f")));
    }
    return table + "Medians of " + repeats + ", least and most in brackets.";
  }

  private static String watched(
      List<Measured> some, ToDoubleFunction<Measured> what, String format) {
    return ProcessFamily.canBeWatched() ? median(some, what, format) : "-";
  }

  private static String median(
      List<Measured> some, ToDoubleFunction<Measured> what, String format) {
    double[] sorted = some.stream().mapToDouble(what).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    String text = String.format(Locale.ROOT, format, median);
    return sorted.length == 1
        ? text
        : text
            + String.format(
                Locale.ROOT,
                " (" + format + "-" + format + ")",
                sorted[0],
                sorted[sorted.length - 1]);
  }

  private static Measured measure(int rows) throws Exception {
    try (var up = new Up()) {
      JsonNode summary = runImport(People.write(up.folder(), rows), up.port());
      return new Measured(
          rows,
          up.startSeconds(),
          rows / summary.path("seconds").asDouble(),
          up.family().cpuSeconds(),
          up.family().peakBytes() / 1e6,
          up.family().medianBytes(1) / 1e6,
          up.family().medianBytes(3) / 1e6);
    }
  }

  private static JsonNode runImport(Path file, int port) throws Exception {
    Process run = Up.onboard("import", "--json", "--port", "" + port, file.toString());
    String last = "";
    try (BufferedReader out = Up.reader(run)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = line;
      }
    }
    int status = run.waitFor();
    JsonNode summary = JSON.readTree(last);
    if (status != 0 || summary.path("mails").asLong() != summary.path("created").asLong()) {
      throw new IllegalStateException("the import ended with " + status + ": " + last);
    }
    return summary;
  }
}
