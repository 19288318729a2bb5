package dev.onboard.console.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A line of a function's log.
 *
 * @param json what it says; an object with {@code message} alone if it is no JSON
 */
public record LogLine(Instant at, JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 300;

  /** What every line says, and what its reader knows already. */
  private static final List<String> USUAL =
      List.of(
          "timestamp",
          "level",
          "message",
          "function",
          "requestId",
          "correlationId",
          "importId",
          "AWSRequestId",
          "errorType",
          "stackTrace");

  public static LogLine of(long timestamp, String text) {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      json = JSON.createObjectNode().put("message", text.strip());
    }
    return new LogLine(
        Instant.ofEpochMilli(timestamp),
        json.isObject() ? json : JSON.createObjectNode().put("message", text.strip()));
  }

  /** The kind of a line that the platform writes; empty for the function's own. */
  public String platform() {
    return json.path("type").asText("");
  }

  /** The record of a line that the platform writes. */
  public JsonNode record() {
    return json.path("record");
  }

  public String requestId() {
    return json.path("requestId").asText(record().path("requestId").asText(""));
  }

  /** What stands before the stack trace, and no more than anybody reads. */
  private static String first(String text) {
    String line = text.strip().lines().findFirst().orElse("").strip();
    return line.length() <= MOST ? line : line.substring(0, MOST) + "...";
  }

  /** The line for people: level, message, and the fields that it has of its own. */
  public String text() {
    String fields =
        json.properties().stream()
            .filter(f -> !USUAL.contains(f.getKey()) && !f.getValue().asText().isEmpty())
            .map(f -> f.getKey() + " " + first(f.getValue().asText()))
            .collect(Collectors.joining(", "));
    String level = json.path("level").asText("");
    return (level.isEmpty() ? "" : level + " ")
        + first(json.path("message").asText())
        + (fields.isEmpty() ? "" : ": " + fields);
  }
}
