package dev.onboard.console.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.schema.Shape.Closed;
import dev.onboard.console.schema.Shape.Each;
import dev.onboard.console.schema.Shape.Extra;
import dev.onboard.console.schema.Shape.Open;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a JSON Schema (draft-04) into a {@link Shape}; what it does not know says nothing. */
final class ShapeReader {
  private static final List<String> LIMITS =
      List.of(
          "format",
          "pattern",
          "minLength",
          "maxLength",
          "minimum",
          "exclusiveMinimum",
          "maximum",
          "exclusiveMaximum",
          "multipleOf",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minProperties",
          "maxProperties");
  private static final List<String> COMBINING = List.of("allOf", "anyOf", "oneOf", "not");
  private static final int DEEPEST = 40;

  private final JsonNode root;
  private final Deque<String> references = new ArrayDeque<>();

  private ShapeReader(JsonNode root) {
    this.root = root;
  }

  static Shape read(JsonNode schema) {
    return new ShapeReader(schema).shape(schema, 0);
  }

  private Shape shape(JsonNode node, int depth) {
    String reference = node.path("$ref").asText("");
    if (reference.startsWith("#")) {
      if (references.contains(reference) || depth > DEEPEST) {
        return repetition(reference);
      }
      references.push(reference);
      Shape shape = shape(root.at(reference.substring(1)), depth + 1);
      references.pop();
      return shape;
    }
    return new Shape(
        node.path("title").asText(""),
        node.path("description").asText(""),
        types(node.path("type")),
        list(node.path("enum")),
        properties(node.path("properties"), depth),
        texts(node.path("required")),
        extra(node.path("additionalProperties"), depth),
        node.path("items").isObject() ? shape(node.path("items"), depth + 1) : null,
        limits(node),
        combined(node, depth),
        null);
  }

  private static Shape repetition(String reference) {
    return new Shape(
        "",
        "",
        Set.of(),
        List.of(),
        Map.of(),
        Set.of(),
        new Open(),
        null,
        Map.of(),
        Map.of(),
        reference.substring(reference.lastIndexOf('/') + 1));
  }

  private static Set<String> types(JsonNode type) {
    return type.isTextual() ? Set.of(type.asText()) : texts(type);
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new LinkedHashSet<>();
    array.forEach(t -> texts.add(t.asText()));
    return Collections.unmodifiableSet(texts);
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> list = new ArrayList<>();
    array.forEach(list::add);
    return List.copyOf(list);
  }

  private Map<String, Shape> properties(JsonNode node, int depth) {
    Map<String, Shape> properties = new LinkedHashMap<>();
    node.properties().forEach(p -> properties.put(p.getKey(), shape(p.getValue(), depth + 1)));
    return Collections.unmodifiableMap(properties);
  }

  private Extra extra(JsonNode node, int depth) {
    if (node.isBoolean() && !node.booleanValue()) {
      return new Closed();
    }
    return node.isObject() && !node.isEmpty() ? new Each(shape(node, depth + 1)) : new Open();
  }

  private static Map<String, JsonNode> limits(JsonNode node) {
    Map<String, JsonNode> limits = new LinkedHashMap<>();
    for (String keyword : LIMITS) {
      @Nullable JsonNode limit = node.get(keyword);
      if (limit != null && !(limit.isBoolean() && !limit.booleanValue())) {
        limits.put(keyword, limit);
      }
    }
    return Collections.unmodifiableMap(limits);
  }

  private Map<String, List<Shape>> combined(JsonNode node, int depth) {
    Map<String, List<Shape>> combined = new LinkedHashMap<>();
    for (String keyword : COMBINING) {
      List<JsonNode> schemas =
          node.path(keyword).isObject() ? List.of(node.path(keyword)) : list(node.path(keyword));
      if (!schemas.isEmpty()) {
        combined.put(keyword, schemas.stream().map(s -> shape(s, depth + 1)).toList());
      }
    }
    return Collections.unmodifiableMap(combined);
  }
}
