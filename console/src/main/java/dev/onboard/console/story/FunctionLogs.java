package dev.onboard.console.story;

import dev.onboard.console.stack.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** The logs of the stack's functions, in which invocations are found. */
final class FunctionLogs {
  /** A log is written a moment after what it tells of. */
  private static final Duration LATE = Duration.ofSeconds(10);

  private static final int MOST_LINES = 200;
  private static final double NANOS_A_MILLI = 1e6;

  private final Sources sources;

  FunctionLogs(Sources sources) {
    this.sources = sources;
  }

  /** The time within which something is looked for. */
  record Window(@Nullable Instant from, @Nullable Instant to) {
    static final Window ALL = new Window(null, null);
  }

  /**
   * The invocations of which a line says something, oldest first.
   *
   * @param function as the template calls it, without {@code Function}
   * @param pattern a filter pattern
   */
  List<Invocation> find(String function, String pattern, Window window) {
    return lines(function, pattern, window).stream()
        .map(LogLine::requestId)
        .filter(id -> !id.isEmpty())
        .distinct()
        .map(id -> invocation(function, id))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The invocation of a request id, if the function's log knows it. */
  Optional<Invocation> invocation(String function, String requestId) {
    List<LogLine> lines = lines(function, '"' + requestId + '"', Window.ALL);
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    var own = new ArrayList<LogLine>();
    Instant began = null;
    Duration took = null;
    int attempts = 0;
    boolean failed = false;
    for (LogLine line : lines) {
      switch (line.platform()) {
        case "platform.start" -> {
          began = began == null ? line.at() : began;
          attempts++;
          took = null;
        }
        case "platform.report" -> {
          double millis = line.record().at("/metrics/durationMs").asDouble();
          took = Duration.ofNanos(Math.round(millis * NANOS_A_MILLI));
          failed = !line.record().path("status").asText().equals("success");
        }
        default -> own.add(line);
      }
    }
    return Optional.of(
        new Invocation(function, group(function), requestId, began, took, attempts, failed, own));
  }

  /** The lines that a pattern takes, oldest first; none if the log is gone. */
  List<LogLine> lines(String function, String pattern, Window window) {
    var request =
        FilterLogEventsRequest.builder()
            .logGroupName(group(function))
            .filterPattern(pattern)
            .startTime(window.from == null ? null : window.from.toEpochMilli())
            .endTime(window.to == null ? null : window.to.plus(LATE).toEpochMilli())
            .build();
    try {
      return sources
          .client(CloudWatchLogsClient.class)
          .filterLogEventsPaginator(request)
          .events()
          .stream()
          .limit(MOST_LINES)
          .map(FunctionLogs::line)
          .toList();
    } catch (ResourceNotFoundException e) {
      return List.of();
    }
  }

  private static LogLine line(FilteredLogEvent event) {
    return LogLine.of(event.timestamp(), event.message());
  }

  /** The log group of a function. */
  String group(String function) {
    return sources.stack().resource(function + "Log");
  }
}
