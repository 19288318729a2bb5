package dev.onboard.local.eventbridge;

import dev.onboard.local.store.PackedTexts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The texts of events that are accepted together, as one body. */
final class EventBlock {
  private final Map<Long, Integer> places = new HashMap<>();
  private final PackedTexts texts;
  private long first = Long.MAX_VALUE;
  private long last;

  private EventBlock(List<BusEvent> events) {
    for (BusEvent event : events) {
      places.put(event.seq(), places.size());
      first = Math.min(first, event.seq());
      last = Math.max(last, event.seq());
    }
    texts = PackedTexts.of(events.stream().map(BusEvent::json).toList());
  }

  /** A block of events, at least one. */
  static EventBlock of(List<BusEvent> events) {
    return new EventBlock(events);
  }

  /** The least number of an event in it. */
  long first() {
    return first;
  }

  /** The greatest number of an event in it, which is the block's own. */
  long number() {
    return last;
  }

  /** Where the event of a number stands in it, from 0. */
  int place(long seq) {
    return places.get(seq);
  }

  PackedTexts texts() {
    return texts;
  }
}
