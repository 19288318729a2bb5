package dev.onboard.console.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.console.web.Json;

/** JSON that histories hold as text within JSON. */
final class Values {
  private Values() {}

  /** The text as what it stands for, or as the text if it is no JSON. */
  static JsonNode read(String text) {
    try {
      return Json.read(text);
    } catch (IllegalArgumentException e) {
      return JsonNodeFactory.instance.textNode(text);
    }
  }

  /** An event's details with objects and arrays in place of texts that hold such. */
  static JsonNode laidOut(JsonNode details) {
    ObjectNode laidOut = JsonNodeFactory.instance.objectNode();
    details
        .properties()
        .forEach(member -> {
          JsonNode value = member.getValue();
          boolean isText = value.isTextual() && value.asText().matches("(?s)\\s*[{\\[].*");
          laidOut.set(member.getKey(), isText ? read(value.asText()) : value);
        });
    return laidOut;
  }

  /** Variables, each of which is JSON as text. */
  static ObjectNode variables(JsonNode assigned) {
    ObjectNode variables = JsonNodeFactory.instance.objectNode();
    assigned.properties().forEach(v -> variables.set(v.getKey(), read(v.getValue().asText())));
    return variables;
  }
}
