package dev.onboard.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * JSON as trees: what passes between states needs no types that a mapper would have to learn first.
 */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static JsonNode read(InputStream in) throws IOException {
    return MAPPER.readTree(in);
  }

  static JsonNode read(String text) throws IOException {
    return MAPPER.readTree(text);
  }

  static void write(JsonNode node, OutputStream out) throws IOException {
    MAPPER.writeValue(out, node);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static String text(JsonNode object, String name) {
    String value = optional(object, name);
    if (value == null) {
      throw new IllegalArgumentException("the input must have a text named " + name);
    }
    return value;
  }

  static @Nullable String optional(JsonNode object, String name) {
    JsonNode value = object.get(name);
    return value == null || !value.isTextual() ? null : value.textValue();
  }

  static int number(JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || !value.isInt()) {
      throw new IllegalArgumentException("the input must have a whole number named " + name);
    }
    return value.intValue();
  }
}
