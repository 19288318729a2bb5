package dev.onboard.console.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;

/** The metadata in an event's detail, which say what belongs to what. */
public final class Metadata {
  private Metadata() {}

  /**
   * Makes those of an example or of another event new: its own ids would make the event a
   * repetition of that one.
   */
  public static void renew(JsonNode metadata, String now) {
    if (metadata instanceof ObjectNode object) {
      for (String id : List.of("eventId", "correlationId")) {
        if (object.has(id)) {
          object.put(id, UUID.randomUUID().toString());
        }
      }
      if (object.has("occurredAt")) {
        object.put("occurredAt", now);
      }
      object.remove("causationId");
    }
  }
}
