package dev.onboard.local.eventbridge;

import dev.onboard.local.usage.Chunks;
import dev.onboard.local.usage.Meter;
import dev.onboard.local.usage.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts what AWS bills of events: those that somebody publishes, copies on other buses and what is
 * replayed, by 64 KB. Events of services are free but for those of a data plane, which a service
 * publishes only to those who asked for them; AWS names S3 as an example, and SES's are of that
 * kind.
 *
 * @see <a href="https://aws.amazon.com/eventbridge/pricing/">EventBridge pricing</a>
 */
final class EventMeter {
  /** The chunks by which events, replays and calls of API destinations are billed. */
  static final int KB = 64;

  static final int KB_DISCOVERED = 8;

  private static final List<String> DATA_PLANES = List.of("aws.s3\"", "aws.ses\"");
  private static final String SERVICES = "aws.";

  /** No text within a value has it, for its quotes are escaped there. */
  private static final String SOURCE = "\",\"source\":\"";

  private static final String REPLAY = ",\"replay-name\":\"";
  private static final String RESOURCES = "\",\"resources\":[";

  private final Meter meter;

  EventMeter(Meter meter) {
    this.meter = meter;
  }

  /** Counts events that were accepted together; most of them are alike, and counted in one go. */
  void accepted(List<BusEvent> events) {
    BusEvent like = null;
    Usage usage = null;
    long chunks = 0;
    for (BusEvent event : events) {
      Usage of = usage(event);
      if (like == null || of != usage || !event.bus().equals(like.bus())) {
        add(usage, like, chunks);
        like = event;
        usage = of;
        chunks = 0;
      }
      chunks += Chunks.of(event.json(), KB);
    }
    add(usage, like, chunks);
  }

  private void add(@Nullable Usage usage, @Nullable BusEvent like, long chunks) {
    if (usage != null && like != null) {
      meter.add(usage, like.bus(), chunks);
    }
  }

  private static @Nullable Usage usage(BusEvent event) {
    if (event.forwarded()) {
      return Usage.FORWARDED_EVENTS;
    }
    String json = event.json();
    int source = json.indexOf(SOURCE) + SOURCE.length();
    // The name of a replay stands before the resources.
    if (json.indexOf(REPLAY, source, json.indexOf(RESOURCES, source)) >= 0) {
      return Usage.REPLAYED_EVENTS;
    } else if (!json.startsWith(SERVICES, source)) {
      return Usage.CUSTOM_EVENTS;
    }
    return DATA_PLANES.stream().anyMatch(s -> json.startsWith(s, source))
        ? Usage.OPT_IN_EVENTS
        : null;
  }
}
