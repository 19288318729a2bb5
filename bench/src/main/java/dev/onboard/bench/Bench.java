package dev.onboard.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Imports generated files through {@code ./onboard}, each into a runtime that is started for it
 * over an empty folder, and prints what was measured as a table.
 *
 * <p>Arguments: how often each is repeated, then the numbers of rows. Repeats of different sizes
 * alternate, so that a change of the machine's mood meets all of them alike.
 */
public final class Bench {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long STARTED_WITHIN_SECONDS = 300;

  /** One import over an empty folder. */
  private record Measured(
      int rows, double startSeconds, double rowsASecond, double cpuSeconds, double peakMegabytes) {}

  private final Path home = Path.of(System.getProperty("onboard.home", ".")).toAbsolutePath();

  private Bench() {}

  /** Measures. */
  public static void main(String[] arguments) throws Exception {
    int repeats = Integer.parseInt(arguments[0]);
    List<Integer> sizes = Arrays.stream(arguments).skip(1).map(Integer::valueOf).toList();
    System.out.println(new Bench().table(repeats, sizes));
  }

  private String table(int repeats, List<Integer> sizes) throws Exception {
    var all = new ArrayList<Measured>();
    for (int repeat = 1; repeat <= repeats; repeat++) {
      for (int rows : sizes) {
        System.err.printf("%d of %d: %,d rows%n", repeat, repeats, rows);
        all.add(measure(rows));
      }
    }
    var table = new StringBuilder();
    table.append("| rows | start to deployed, s | rows/s | processor, s | peak memory, MB |\n");
    table.append("| ---: | ---: | ---: | ---: | ---: |\n");
    for (int rows : sizes) {
      List<Measured> some = all.stream().filter(m -> m.rows == rows).toList();
      table.append(
          String.format(
              Locale.ROOT,
              "| %,d | %s | %s | %s | %s |%n",
              rows,
              median(some, Measured::startSeconds, "%.1f"),
              median(some, Measured::rowsASecond, "%,.0f"),
              ProcessFamily.canBeWatched() ? median(some, Measured::cpuSeconds, "%.1f") : "-",
              ProcessFamily.canBeWatched() ? median(some, Measured::peakMegabytes, "%,.0f") : "-"));
    }
    return table + "Medians of " + repeats + ", least and most in brackets.";
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

  private Measured measure(int rows) throws Exception {
    Path folder = Files.createTempDirectory("onboard-bench");
    int port = freePort();
    long begun = System.nanoTime();
    Process up = start("up", "--port", Integer.toString(port), "--data", folder + "/data");
    try (var family = new ProcessFamily(up.toHandle())) {
      awaitDeployed(up);
      double startSeconds = (System.nanoTime() - begun) / 1e9;
      JsonNode summary = runImport(People.write(folder, rows), port);
      return new Measured(
          rows,
          startSeconds,
          rows / summary.path("seconds").asDouble(),
          family.cpuSeconds(),
          family.peakBytes() / 1e6);
    } finally {
      up.destroy();
      if (!up.waitFor(20, TimeUnit.SECONDS)) {
        up.destroyForcibly();
      }
      delete(folder);
    }
  }

  private JsonNode runImport(Path file, int port) throws Exception {
    Process run = start("import", "--json", "--port", Integer.toString(port), file.toString());
    String last = "";
    try (BufferedReader out = reader(run)) {
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

  private static void awaitDeployed(Process up) throws Exception {
    BufferedReader out = reader(up);
    var deployed = new CompletableFuture<Void>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
              if (line.startsWith("Onboard runs at ")) {
                deployed.complete(null);
              }
            }
            deployed.completeExceptionally(new IOException("the runtime ended"));
          } catch (IOException e) {
            deployed.completeExceptionally(e);
          }
        });
    deployed.get(STARTED_WITHIN_SECONDS, TimeUnit.SECONDS);
  }

  private Process start(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(home.resolve("onboard").toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove("AWS_ENDPOINT_URL");
    return builder.start();
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
