package dev.onboard.console.logs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * Finds the newest lines. CloudWatch filters from the oldest line on, so that the newest ones are
 * looked for in spans of time that go back from now and grow: of a long log only its end is read.
 */
final class Tail {
  private static final long FIRST_SPAN = 5_000;
  private static final int GROWTH = 4;

  private final CloudWatchLogsClient logs;
  private final List<String> groups;
  private final LogFilter filter;

  Tail(CloudWatchLogsClient logs, List<String> groups, LogFilter filter) {
    this.logs = logs;
    this.groups = groups;
    this.filter = filter;
  }

  /** A line as CloudWatch has it. */
  record Entry(Place place, String message) {}

  /**
   * What was found.
   *
   * @param entries newest first
   * @param hasOlder whether there are more within the window
   */
  record Found(List<Entry> entries, boolean hasOlder) {}

  /**
   * The newest lines of a window.
   *
   * @param before only lines that stand before this; null for all
   */
  Found newest(int most, Instant from, Instant now, @Nullable Place before) {
    // The newest are kept and the oldest goes first.
    var kept = new PriorityQueue<Entry>(Comparator.comparing(Entry::place));
    long first = from.toEpochMilli();
    long to = before == null ? now.toEpochMilli() : before.at();
    long span = FIRST_SPAN;
    while (to >= first && kept.size() <= most) {
      long start = Math.max(first, to - span);
      for (String group : groups) {
        read(group, start, to, before, most, kept);
      }
      to = start - 1;
      span *= GROWTH;
    }
    boolean hasOlder = kept.size() > most;
    if (hasOlder) {
      kept.poll();
    }
    var entries = new ArrayList<>(kept);
    entries.sort(Comparator.comparing(Entry::place).reversed());
    return new Found(entries, hasOlder);
  }

  /** Keeps one more than are wanted, to know whether there are more. */
  private void read(
      String group,
      long start,
      long end,
      @Nullable Place before,
      int most,
      PriorityQueue<Entry> kept) {
    var request =
        FilterLogEventsRequest.builder()
            .logGroupName(group)
            .filterPattern(filter.pattern())
            .startTime(start)
            .endTime(end)
            .build();
    try {
      for (FilteredLogEvent event : logs.filterLogEventsPaginator(request).events()) {
        var place = new Place(event.timestamp(), event.eventId(), group);
        if (filter.takes(event.message()) && (before == null || place.compareTo(before) < 0)) {
          kept.add(new Entry(place, event.message()));
          if (kept.size() > most + 1) {
            kept.poll();
          }
        }
      }
    } catch (ResourceNotFoundException e) {
      // It was deleted a moment ago, and its lines with it.
      return;
    }
  }
}
