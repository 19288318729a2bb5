package dev.onboard.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON trees. */
final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** A payload as JSON; what is none becomes a string, as Lambda puts it into its records. */
  static JsonNode tree(byte[] payload) {
    try {
      return MAPPER.readTree(payload);
    } catch (IOException e) {
      return JsonNodeFactory.instance.textNode(
          new String(payload, java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  static byte[] bytes(JsonNode tree) {
    try {
      return MAPPER.writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
