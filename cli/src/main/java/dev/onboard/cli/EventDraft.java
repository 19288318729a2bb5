package dev.onboard.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onboard.console.schema.EventSchema;
import dev.onboard.patterns.Spelling;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The detail of an event that is being filled. */
final class EventDraft {
  private final ObjectNode detail;
  private final @Nullable EventSchema schema;
  private final List<String> unknown = new ArrayList<>();

  EventDraft(ObjectNode detail, @Nullable EventSchema schema) {
    this.detail = detail;
    this.schema = schema;
  }

  ObjectNode detail() {
    return detail;
  }

  /** What was set that the schema does not know, and what the schema refuses; a sentence each. */
  List<String> problems() {
    var problems = new ArrayList<>(unknown);
    if (schema != null) {
      problems.addAll(schema.violations(detail));
    }
    return problems;
  }

  /**
   * Sets a field.
   *
   * @param assignment {@code data.email=ada@example.com}; the type is the schema's
   */
  void set(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new Failure(
          "--set takes a field and its value, data.email=ada@example.com, not " + assignment);
    }
    String path = assignment.substring(0, equals);
    List<String> steps = List.of(path.replaceFirst("^detail\\.", "").split("\\."));
    JsonNode value = value(path, steps, assignment.substring(equals + 1));
    JsonNode at = detail;
    for (String step : steps.subList(0, steps.size() - 1)) {
      JsonNode next = child(at, step, path);
      if (!next.isContainerNode()) {
        next = RuntimeEndpoint.JSON.createObjectNode();
        put(at, step, next, path);
      }
      at = next;
    }
    put(at, steps.getLast(), value, path);
  }

  private static JsonNode child(JsonNode at, String step, String path) {
    return at.isArray() ? at.path(index(step, path)) : at.path(step);
  }

  private static void put(JsonNode at, String step, JsonNode value, String path) {
    if (at instanceof ArrayNode array) {
      int index = index(step, path);
      if (index < array.size()) {
        array.set(index, value);
      } else {
        array.add(value);
      }
    } else {
      ((ObjectNode) at).set(step, value);
    }
  }

  private static int index(String step, String path) {
    try {
      return Integer.parseInt(step);
    } catch (NumberFormatException e) {
      throw new Failure(path + ": " + step + " must be a number, for it is within a list", e);
    }
  }

  private JsonNode value(String path, List<String> steps, String text) {
    JsonNode field = schema == null ? null : schema.field(steps);
    if (schema != null && field == null) {
      noteUnknown(path, steps, schema);
    }
    String type = field == null ? "" : field.path("type").asText("");
    if (type.equals("string")) {
      return TextNode.valueOf(text);
    }
    try {
      return RuntimeEndpoint.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      if (!type.isEmpty()) {
        throw new Failure(path + " must be of type " + type + ", not " + text, e);
      }
      return TextNode.valueOf(text);
    }
  }

  private void noteUnknown(String path, List<String> steps, EventSchema known) {
    for (int i = 0; i < steps.size(); i++) {
      if (known.field(steps.subList(0, i + 1)) == null) {
        List<String> names = EventSchema.names(known.field(steps.subList(0, i)));
        String near =
            Spelling.nearest(steps.get(i), names)
                .map(n -> "; did you mean " + n + "?")
                .orElse(names.isEmpty() ? "" : "; there are " + String.join(", ", names));
        unknown.add(
            "detail." + String.join(".", steps) + ": the schema has no " + steps.get(i) + near);
        return;
      }
    }
  }
}
