package dev.onboard.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.patterns.JsonFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An event that somebody wrote down: as a bus delivers it, or as an entry of PutEvents.
 *
 * @param event as a bus would have it
 * @param added the fields that the bus would have added
 */
record EventFile(ObjectNode event, List<String> added) {

  static EventFile read(String name, InputStream standardInput) {
    try {
      String text =
          name.equals("-")
              ? new String(standardInput.readAllBytes(), StandardCharsets.UTF_8)
              : Files.readString(Path.of(name));
      if (RuntimeEndpoint.JSON.readTree(text) instanceof ObjectNode event) {
        return of(event.has("DetailType") ? ofEntry(event) : event);
      }
      throw new Failure(name + " holds no JSON object");
    } catch (JsonProcessingException e) {
      throw new Failure(name + " is no JSON: " + JsonFault.wordsAndPlace(e), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EventFile of(ObjectNode event) {
    for (String field : List.of("source", "detail-type", "detail")) {
      if (!event.has(field)) {
        throw new Failure("the event has no " + field);
      }
    }
    var added = new ArrayList<String>();
    Map<String, String> byTheBus =
        Map.of(
            "version", "0",
            "id", UUID.randomUUID().toString(),
            "account", "000000000000",
            "region", "us-east-1",
            "time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
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
    return new EventFile(event, added.stream().sorted().toList());
  }

  /** The event that an entry becomes; its detail is JSON in a string. */
  private static ObjectNode ofEntry(ObjectNode entry) throws JsonProcessingException {
    ObjectNode event = RuntimeEndpoint.JSON.createObjectNode();
    event.set("source", entry.path("Source"));
    event.set("detail-type", entry.path("DetailType"));
    JsonNode detail = entry.path("Detail");
    event.set(
        "detail", detail.isTextual() ? RuntimeEndpoint.JSON.readTree(detail.asText()) : detail);
    if (entry.has("Time")) {
      event.set("time", entry.get("Time"));
    }
    if (entry.has("Resources")) {
      event.set("resources", entry.get("Resources"));
    }
    return event;
  }
}
