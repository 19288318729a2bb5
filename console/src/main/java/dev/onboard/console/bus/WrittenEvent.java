package dev.onboard.console.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.patterns.JsonFault;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An event that somebody wrote down: as a bus delivers it, as an entry of PutEvents, or as the only
 * one of its entries.
 *
 * @param event as a bus would have it
 * @param added the fields that the bus would have added
 */
public record WrittenEvent(ObjectNode event, List<String> added) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads one.
   *
   * @param now when the bus would have accepted it
   * @throws IllegalArgumentException if it is no event, with what is wrong as the end of a sentence
   *     on it: {@code has no source}
   */
  public static WrittenEvent read(String text, Instant now) {
    try {
      return of(JSON.readTree(text), now);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("is no JSON: " + JsonFault.wordsAndPlace(e), e);
    }
  }

  private static WrittenEvent of(JsonNode text, Instant now) throws JsonProcessingException {
    return switch (text) {
      case ObjectNode input when input.path("Entries").isArray() -> of(input.get("Entries"), now);
      case ObjectNode entry when entry.has("DetailType") -> of(ofEntry(entry), now);
      case ObjectNode event -> of(event, now);
      case ArrayNode entries when entries.size() == 1 -> of(entries.get(0), now);
      case ArrayNode entries when entries.size() > 1 ->
          throw new IllegalArgumentException("holds " + entries.size() + " events; one is wanted");
      default -> throw new IllegalArgumentException("holds no JSON object");
    };
  }

  private static WrittenEvent of(ObjectNode event, Instant now) {
    for (String field : List.of("source", "detail-type", "detail")) {
      if (event.path(field).isMissingNode()) {
        throw new IllegalArgumentException("has no " + field);
      }
    }
    var added = new ArrayList<String>();
    Map<String, String> byTheBus =
        Map.of(
            "version", "0",
            "id", UUID.randomUUID().toString(),
            "account", "000000000000",
            "region", "us-east-1",
            "time", now.truncatedTo(ChronoUnit.SECONDS).toString());
    byTheBus.forEach((field, value) -> {
      if (!event.has(field)) {
        event.put(field, value);
        added.add(field);
      }
    });
    if (!event.has("resources")) {
      event.putArray("resources");
      added.add("resources");
    }
    return new WrittenEvent(event, added.stream().sorted().toList());
  }

  /** The event that an entry becomes; its detail is JSON in a string. */
  private static ObjectNode ofEntry(ObjectNode entry) throws JsonProcessingException {
    ObjectNode event = JSON.createObjectNode();
    event.set("source", entry.path("Source"));
    event.set("detail-type", entry.path("DetailType"));
    JsonNode detail = entry.path("Detail");
    event.set("detail", detail.isTextual() ? JSON.readTree(detail.asText()) : detail);
    if (entry.has("Time")) {
      event.set("time", entry.get("Time"));
    }
    if (entry.has("Resources")) {
      event.set("resources", entry.get("Resources"));
    }
    return event;
  }
}
