package dev.onboard.local.logs;

import dev.onboard.local.call.Environment;
import dev.onboard.local.logs.Events.Event;
import dev.onboard.local.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;

/** Reads events: of one stream, forwards and backwards, or of a group, filtered. */
final class Reading {
  private static final int CHUNK = 2_000;

  /** How many events one filtering call looks at, like AWS leaving the rest to the next page. */
  private static final int LOOKED_AT = 200_000;

  private final Environment env;
  private final Groups groups;
  private final Streams streams;

  Reading(Environment env, Groups groups, Streams streams) {
    this.env = env;
    this.groups = groups;
    this.streams = streams;
  }

  private static int limit(@Nullable Integer limit) {
    if (limit != null && limit < 1) {
      throw LogsErrors.constraint(limit, "limit", "have value greater than or equal to 1");
    }
    if (limit != null && limit > Limits.EVENTS_ANSWERED) {
      throw LogsErrors.constraint(
          limit, "limit", "have value less than or equal to " + Limits.EVENTS_ANSWERED);
    }
    return limit == null ? Limits.EVENTS_ANSWERED : limit;
  }

  /** The oldest time that is still kept, or the start asked for if that is later. */
  private long start(@Nullable Long asked, int retention) {
    long kept =
        retention == 0 ? 0 : env.clock().now().minus(Duration.ofDays(retention)).toEpochMilli();
    return Math.max(asked == null ? 0 : asked, kept);
  }

  GetLogEventsResponse get(GetLogEventsRequest request) {
    int limit = limit(request.limit());
    String token = request.nextToken();
    if (token != null && !token.matches("[fb]/[0-9]+/s")) {
      throw LogsErrors.badToken();
    }
    boolean forward =
        token == null ? Boolean.TRUE.equals(request.startFromHead()) : token.startsWith("f");
    Position from =
        token == null
            ? (forward ? Position.FIRST : Position.LAST)
            : Position.parse(token.substring(2, token.length() - 2));
    List<Event> events =
        env.store()
            .read(tx -> {
              String group =
                  groups.get(tx, request.logGroupName(), request.logGroupIdentifier()).name();
              Streams.Stream stream = streams.get(tx, group, request.logStreamName());
              return ofStream(tx, request, stream, forward, from, limit);
            });
    return response(events, forward, from);
  }

  private List<Event> ofStream(
      Tx tx,
      GetLogEventsRequest request,
      Streams.Stream stream,
      boolean forward,
      Position from,
      int limit) {
    long end = request.endTime() == null ? Long.MAX_VALUE : request.endTime();
    List<Event> found =
        Events.list(
            tx,
            "WHERE log_group = ? AND stream = ? AND at >= ? AND at < ? AND (at, id) "
                + (forward ? "> (?, ?) ORDER BY at, id" : "< (?, ?) ORDER BY at DESC, id DESC")
                + " LIMIT ?",
            stream.group(),
            stream.id(),
            start(request.startTime(), stream.retention()),
            end,
            from.at(),
            from.id(),
            limit);
    var events = new ArrayList<Event>();
    int bytes = 0;
    for (Event event : found) {
      bytes += event.bytes();
      if (bytes > Limits.BYTES_ANSWERED && !events.isEmpty()) {
        break;
      }
      events.add(event);
    }
    if (!forward) {
      Collections.reverse(events);
    }
    return events;
  }

  /** At an end the token that led there is given again, which is how readers know. */
  private static GetLogEventsResponse response(List<Event> events, boolean forward, Position from) {
    Position first = events.isEmpty() ? from : events.getFirst().position();
    Position last = events.isEmpty() ? from : events.getLast().position();
    if (events.isEmpty() && !forward && from.equals(Position.LAST)) {
      first = Position.FIRST;
      last = Position.FIRST;
    }
    return GetLogEventsResponse.builder()
        .events(
            events.stream()
                .map(e ->
                    OutputLogEvent.builder()
                        .timestamp(e.position().at())
                        .ingestionTime(e.ingested())
                        .message(e.message())
                        .build())
                .toList())
        .nextForwardToken("f/" + last.text() + "/s")
        .nextBackwardToken("b/" + first.text() + "/s")
        .build();
  }

  FilterLogEventsResponse filter(FilterLogEventsRequest request) {
    int limit = limit(request.limit());
    FilterPattern pattern = FilterPattern.parse(request.filterPattern());
    if (!request.logStreamNames().isEmpty() && request.logStreamNamePrefix() != null) {
      throw LogsErrors.invalid(
          "LogStreamNames and LogStreamNamePrefix are mutually exclusive parameters.");
    }
    Position after =
        request.nextToken() == null
            ? Position.FIRST
            : Position.parse(Pages.decode(request.nextToken()));
    return env.store()
        .read(tx -> {
          Groups.Group group = groups.get(tx, request.logGroupName(), request.logGroupIdentifier());
          return new Search(tx, request, group, pattern, limit).run(after);
        });
  }

  /** One filtering call. */
  private final class Search {
    private final Tx tx;
    private final FilterLogEventsRequest request;
    private final Groups.Group group;
    private final FilterPattern pattern;
    private final int limit;
    private final Map<Long, String> names = new HashMap<>();
    private final List<FilteredLogEvent> found = new ArrayList<>();
    private int bytes;

    Search(
        Tx tx,
        FilterLogEventsRequest request,
        Groups.Group group,
        FilterPattern pattern,
        int limit) {
      this.tx = tx;
      this.request = request;
      this.group = group;
      this.pattern = pattern;
      this.limit = limit;
    }

    FilterLogEventsResponse run(Position after) {
      tx
          .list(
              "SELECT id, name FROM logs_stream WHERE log_group = ?",
              r -> Map.entry(r.number(1), r.string(2)),
              group.id())
          .stream()
          .filter(s -> wanted(s.getValue()))
          .forEach(s -> names.put(s.getKey(), s.getValue()));
      Position at = after;
      int lookedAt = 0;
      while (lookedAt < LOOKED_AT) {
        List<Event> chunk = names.isEmpty() ? List.of() : chunk(at);
        for (Event event : chunk) {
          if (names.containsKey(event.stream()) && pattern.matches(event.message())) {
            if (found.size() == limit || bytes + event.bytes() > Limits.BYTES_ANSWERED) {
              return response(at);
            }
            add(event);
          }
          at = event.position();
        }
        lookedAt += chunk.size();
        if (chunk.size() < CHUNK) {
          return response(null);
        }
      }
      return response(at);
    }

    private boolean wanted(String stream) {
      String prefix = request.logStreamNamePrefix();
      return (request.logStreamNames().isEmpty() || request.logStreamNames().contains(stream))
          && (prefix == null || stream.startsWith(prefix));
    }

    /** A group's events in order; those of the one stream if one alone is wanted. */
    private List<Event> chunk(Position after) {
      Long one = names.size() == 1 ? names.keySet().iterator().next() : null;
      long end = request.endTime() == null ? Long.MAX_VALUE - 1 : request.endTime();
      return Events.list(
          tx,
          "WHERE log_group = ? AND (? IS NULL OR stream = ?) AND at >= ? AND at <= ?"
              + " AND (at, id) > (?, ?) ORDER BY at, id LIMIT ?",
          group.id(),
          one,
          one,
          Math.max(start(request.startTime(), group.retention()), after.at()),
          end,
          after.at(),
          after.id(),
          CHUNK);
    }

    private void add(Event event) {
      bytes += event.bytes();
      found.add(
          FilteredLogEvent.builder()
              .logStreamName(names.get(event.stream()))
              .timestamp(event.position().at())
              .ingestionTime(event.ingested())
              .message(event.message())
              .eventId(event.position().text())
              .build());
    }

    private FilterLogEventsResponse response(@Nullable Position next) {
      return FilterLogEventsResponse.builder()
          .events(found)
          .searchedLogStreams(List.of())
          .nextToken(next == null ? null : Pages.encode(next.text()))
          .build();
    }
  }
}
