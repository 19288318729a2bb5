package dev.onboard.functions.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Events as JSON; fields that a newer version added are ignored. */
final class EventJson {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private EventJson() {}

  static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the event is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  static <T> T as(JsonNode node, Class<T> type) {
    try {
      return MAPPER.treeToValue(node, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the event is no " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
    }
  }

  static JsonNode tree(Object event) {
    return MAPPER.valueToTree(event);
  }
}
