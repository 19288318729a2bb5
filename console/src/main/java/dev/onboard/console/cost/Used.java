package dev.onboard.console.cost;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How much of something was used, as the runtime's meter tells.
 *
 * @param resource the name of what it was used of; empty where nothing has one
 */
public record Used(String service, String usage, String resource, double quantity) {
  static Used of(JsonNode json) {
    return new Used(
        json.path("service").asText(),
        json.path("usage").asText(),
        json.path("resource").asText(),
        json.path("quantity").asDouble());
  }
}
