package dev.onboard.local.lambda.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.clock.LocalClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log stream of one instance: what its process prints, and what the platform says of it. */
final class InstanceLog {
  private static final Logger LOG = LoggerFactory.getLogger(InstanceLog.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BATCH = 500;

  /** Where log events go. */
  @FunctionalInterface
  interface Sink {
    void put(FunctionSpec spec, String stream, List<Line> lines);
  }

  record Line(Instant at, String text) {}

  private final FunctionSpec spec;
  private final String stream;
  private final LocalClock clock;
  private final Sink sink;
  private final ReentrantLock lock = new ReentrantLock();
  private List<Line> pending = new ArrayList<>();

  InstanceLog(FunctionSpec spec, String stream, LocalClock clock, Sink sink) {
    this.spec = spec;
    this.stream = stream;
    this.clock = clock;
    this.sink = sink;
  }

  /**
   * Follows what the process prints, to its end.
   *
   * <p>Reading from a pipe blocks the thread below, too: as virtual threads the followers of a few
   * processes would take every carrier there is.
   */
  void follow(InputStream output) {
    Thread.ofPlatform()
        .daemon()
        .name("log " + spec.name())
        .start(() -> {
          try (var reader =
              new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
              add(line);
              if (!reader.ready()) {
                flush();
              }
            }
          } catch (IOException e) {
            LOG.debug("the output of {} broke off", spec.name(), e);
          }
          flush();
        });
  }

  void started(String requestId) {
    if (spec.jsonLogs()) {
      platform(
          "platform.start",
          JSON.createObjectNode().put("requestId", requestId).put("version", spec.version()));
    } else {
      add("START RequestId: " + requestId + " Version: " + spec.version());
    }
  }

  void ended(String requestId, Duration took, Duration init, long billed, Outcome outcome) {
    double millis = took.toNanos() / 1e6;
    double initMillis = init.toNanos() / 1e6;
    if (spec.jsonLogs()) {
      ObjectNode metrics =
          JSON.createObjectNode()
              .put("durationMs", Math.round(millis * 1000) / 1000.0)
              .put("billedDurationMs", billed)
              .put("memorySizeMB", spec.memory());
      if (initMillis > 0) {
        metrics.put("initDurationMs", Math.round(initMillis * 100) / 100.0);
      }
      ObjectNode report = JSON.createObjectNode().put("requestId", requestId);
      report.set("metrics", metrics);
      report.put("status", outcome instanceof Outcome.Success ? "success" : "error");
      platform("platform.report", report);
    } else {
      if (outcome instanceof Outcome.Failure(byte[] error)) {
        add(new String(error, StandardCharsets.UTF_8));
      }
      add("END RequestId: " + requestId);
      add(
          String.format(
                  Locale.ROOT,
                  "REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: %d ms\tMemory Size: %d MB",
                  requestId,
                  millis,
                  billed,
                  spec.memory())
              + (initMillis > 0
                  ? String.format(Locale.ROOT, "\tInit Duration: %.2f ms", initMillis)
                  : ""));
    }
    flush();
  }

  private void platform(String type, ObjectNode data) {
    ObjectNode line = JSON.createObjectNode().put("time", clock.now().toString()).put("type", type);
    line.set("record", data);
    add(line.toString());
  }

  private void add(String text) {
    lock.lock();
    try {
      pending.add(new Line(clock.now(), text));
      if (pending.size() < BATCH) {
        return;
      }
    } finally {
      lock.unlock();
    }
    flush();
  }

  private void flush() {
    List<Line> lines;
    lock.lock();
    try {
      lines = pending;
      pending = new ArrayList<>();
    } finally {
      lock.unlock();
    }
    if (!lines.isEmpty()) {
      sink.put(spec, stream, lines);
    }
  }
}
