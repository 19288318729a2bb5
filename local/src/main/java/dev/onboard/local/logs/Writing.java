package dev.onboard.local.logs;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.RejectedLogEventsInfo;

/** Adds events to a stream. */
final class Writing {
  private final Environment env;
  private final Streams streams;

  Writing(Environment env, Streams streams) {
    this.env = env;
    this.streams = streams;
  }

  PutLogEventsResponse put(PutLogEventsRequest request) {
    if (request.entity() != null) {
      throw LogsErrors.unsupported("PutLogEvents", "entity");
    }
    List<InputLogEvent> events = request.logEvents();
    long bytes = check(events);
    Instant now = env.clock().now();
    return env.store()
        .write(tx -> {
          Streams.Stream stream = streams.get(tx, request.logGroupName(), request.logStreamName());
          Window window = Window.of(events, now, stream.retention());
          if (window.from() < window.to()) {
            add(tx, stream, events.subList(window.from(), window.to()), now, bytes);
          }
          return PutLogEventsResponse.builder()
              .nextSequenceToken(new Position(now.toEpochMilli(), stream.id()).text())
              .rejectedLogEventsInfo(window.rejected())
              .build();
        });
  }

  /** Refuses a batch that AWS would; answers how many bytes it counts. */
  private static long check(List<InputLogEvent> events) {
    if (events.isEmpty()) {
      throw LogsErrors.constraint("[]", "logEvents", "have length greater than or equal to 1");
    }
    if (events.size() > Limits.EVENTS_A_PUT) {
      throw LogsErrors.constraint(
          "[...]", "logEvents", "have length less than or equal to " + Limits.EVENTS_A_PUT);
    }
    long bytes = 0;
    long before = 0;
    for (int i = 0; i < events.size(); i++) {
      InputLogEvent event = events.get(i);
      String member = "logEvents." + (i + 1) + ".member.";
      if (event.timestamp() == null || event.timestamp() < 0) {
        throw LogsErrors.constraint(event.timestamp(), member + "timestamp", "not be null");
      }
      if (event.message() == null || event.message().isEmpty()) {
        throw LogsErrors.constraint(
            event.message(), member + "message", "have length greater than or equal to 1");
      }
      if (event.timestamp() < before) {
        throw LogsErrors.invalid(
            "Log events in a single PutLogEvents request must be in chronological order.");
      }
      before = event.timestamp();
      bytes += bytes(event.message()) + Limits.EVENT_OVERHEAD;
    }
    if (bytes > Limits.BYTES_A_PUT) {
      throw LogsErrors.invalid(
          "Upload too large: " + bytes + " bytes exceeds limit of " + Limits.BYTES_A_PUT);
    }
    if (before - events.getFirst().timestamp() > Limits.SPAN.toMillis()) {
      throw LogsErrors.invalid(
          "The batch of log events in a single PutLogEvents request cannot span more than 24"
              + " hours.");
    }
    return bytes;
  }

  private static int bytes(String message) {
    return message.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void add(
      Tx tx, Streams.Stream stream, List<InputLogEvent> events, Instant now, long bytes) {
    Events.add(tx, stream, events, now);
    long first = events.getFirst().timestamp();
    long last = events.getLast().timestamp();
    tx.update(
        "UPDATE logs_stream SET first_event = min(coalesce(first_event, ?1), ?1),"
            + " last_event = max(coalesce(last_event, ?2), ?2), last_ingestion = ?3,"
            + " bytes = bytes + ?4 WHERE id = ?5",
        first,
        last,
        now,
        bytes,
        stream.id());
  }

  /**
   * Which events of a batch are taken: those between too old and too new.
   *
   * @param expired up to which event they are older than the group keeps them
   * @param tooOld up to which event they are older than AWS takes them
   */
  private record Window(int expired, int tooOld, int to, int size) {
    static Window of(List<InputLogEvent> events, Instant now, int retention) {
      long oldest = now.minus(Limits.OLDEST).toEpochMilli();
      long kept = retention == 0 ? 0 : now.minus(Duration.ofDays(retention)).toEpochMilli();
      long newest = now.plus(Limits.NEWEST).toEpochMilli();
      int expired = 0;
      int tooOld = 0;
      int to = 0;
      for (InputLogEvent event : events) {
        expired += event.timestamp() < kept ? 1 : 0;
        tooOld += event.timestamp() < oldest ? 1 : 0;
        to += event.timestamp() <= newest ? 1 : 0;
      }
      return new Window(expired, tooOld, to, events.size());
    }

    int from() {
      return Math.max(expired, tooOld);
    }

    @Nullable RejectedLogEventsInfo rejected() {
      if (from() == 0 && to == size) {
        return null;
      }
      return RejectedLogEventsInfo.builder()
          .expiredLogEventEndIndex(expired == 0 ? null : expired)
          .tooOldLogEventEndIndex(tooOld == 0 ? null : tooOld)
          .tooNewLogEventStartIndex(to == size ? null : to)
          .build();
    }
  }
}
