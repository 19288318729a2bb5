package dev.onboard.console.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metadata in an event's detail, which say what belongs to what. */
public final class Metadata {
  private static final Pattern MAJOR = Pattern.compile("-v(\\d+)$");

  private Metadata() {}

  /** Those that a new event has, as far as its schema names them; empty if it names none. */
  public static ObjectNode of(EventSchema schema, String now) {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    Matcher major = MAJOR.matcher(schema.name());
    Map<String, String> values =
        Map.of(
            "eventId",
            "",
            "correlationId",
            "",
            "occurredAt",
            "",
            "schemaVersion",
            (major.find() ? major.group(1) : "1") + ".0");
    for (String name : EventSchema.names(schema.field(List.of("metadata")))) {
      if (values.containsKey(name)) {
        metadata.put(name, values.get(name));
      }
    }
    renew(metadata, now);
    return metadata;
  }

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
