package dev.onboard.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.usage.Consumed;
import dev.onboard.local.usage.Meter;
import java.time.Instant;
import java.util.List;

/** What was used between two times, as AWS bills it: an object for each usage and resource. */
final class UsageQuestion {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Meter meter;

  UsageQuestion(Meter meter) {
    this.meter = meter;
  }

  List<ObjectNode> ask(Instant from, Instant to) {
    return meter.between(from, to).stream().map(UsageQuestion::consumed).toList();
  }

  private static ObjectNode consumed(Consumed consumed) {
    return JSON.createObjectNode()
        .put("service", consumed.usage().service())
        .put("usage", consumed.usage().id())
        .put("billedAs", consumed.usage().billedAs())
        .put("unit", consumed.usage().unit())
        .put("resource", consumed.resource())
        .put("quantity", consumed.quantity());
  }
}
