package dev.onboard.schemas.generator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.schemas.generator.Shape.Bound;
import dev.onboard.schemas.generator.Shape.Limit;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON Schema (draft-04) into a {@link Shape}. A keyword that is not understood is refused
 * by name: what the checks cannot see they could not vouch for.
 */
final class ShapeReader {

  private static final Set<String> UNDERSTOOD =
      Set.of(
          "$schema",
          "id",
          "title",
          "description",
          "definitions",
          "default",
          "type",
          "enum",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minLength",
          "maxLength",
          "pattern",
          "format",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minProperties",
          "maxProperties");
  private static final Set<String> TYPES =
      Set.of("object", "array", "string", "integer", "number", "boolean", "null");

  private final String file;
  private final JsonNode root;
  private final Deque<String> references = new ArrayDeque<>();

  private ShapeReader(String file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /**
   * The shape of a whole schema.
   *
   * @param file named in errors
   */
  static Shape read(String file, JsonNode schema) {
    return new ShapeReader(file, schema).shape("", schema);
  }

  private Shape shape(String path, JsonNode node) {
    if (!node.isObject()) {
      throw refused(path, "a schema must be an object");
    }
    if (node.has("$ref")) {
      return referred(path, node);
    }
    node.fieldNames()
        .forEachRemaining(keyword -> {
          if (!UNDERSTOOD.contains(keyword)) {
            throw refused(path, "the keyword \"" + keyword + "\" is not supported");
          }
        });
    Map<String, Shape> properties = properties(path, node.path("properties"));
    return new Shape(
        node.path("description").asText(""),
        types(path, node.path("type")),
        values(path, node),
        properties,
        required(path, node, properties),
        extra(path, node.path("additionalProperties")),
        node.has("items") ? shape(path + "[]", node.path("items")) : null,
        limits(path, node),
        text(path, node, "pattern"),
        text(path, node, "format"),
        node.has("multipleOf") ? number(path, node, "multipleOf") : null,
        node.path("uniqueItems").asBoolean());
  }

  private Shape referred(String path, JsonNode node) {
    String reference = node.path("$ref").asText();
    if (node.size() > 1) {
      throw refused(path, "beside \"$ref\" draft-04 ignores every other keyword; leave them away");
    }
    if (!reference.startsWith("#/")) {
      throw refused(path, "the reference \"" + reference + "\" leaves the file");
    }
    if (references.contains(reference)) {
      throw refused(path, "the schema \"" + reference + "\" contains itself");
    }
    JsonNode target = root.at(reference.substring(1));
    if (target.isMissingNode()) {
      throw refused(path, "the reference \"" + reference + "\" leads nowhere");
    }
    references.push(reference);
    Shape shape = shape(path, target);
    references.pop();
    return shape;
  }

  private Set<String> types(String path, JsonNode type) {
    Set<String> types = new LinkedHashSet<>();
    if (type.isArray()) {
      type.forEach(one -> types.add(one.asText()));
    } else if (type.isTextual()) {
      types.add(type.asText());
    }
    if (types.isEmpty()) {
      throw refused(path, "\"type\" must be given");
    }
    types.forEach(name -> {
      if (!TYPES.contains(name)) {
        throw refused(path, "\"" + name + "\" is no JSON type");
      }
    });
    return Collections.unmodifiableSet(types);
  }

  private List<JsonNode> values(String path, JsonNode node) {
    List<JsonNode> values = new ArrayList<>();
    node.path("enum").forEach(values::add);
    if (node.has("enum") && values.isEmpty()) {
      throw refused(path, "\"enum\" must list a value");
    }
    return List.copyOf(values);
  }

  private Map<String, Shape> properties(String path, JsonNode node) {
    Map<String, Shape> properties = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      String name = property.getKey();
      properties.put(name, shape(path.isEmpty() ? name : path + "." + name, property.getValue()));
    }
    return Collections.unmodifiableMap(properties);
  }

  private Set<String> required(String path, JsonNode node, Map<String, Shape> properties) {
    Set<String> required = new LinkedHashSet<>();
    for (JsonNode name : node.path("required")) {
      if (!properties.containsKey(name.asText())) {
        throw refused(path, "\"" + name.asText() + "\" is required and not described");
      }
      required.add(name.asText());
    }
    return Collections.unmodifiableSet(required);
  }

  private Shape.Extra extra(String path, JsonNode node) {
    if (node.isMissingNode() || (node.isBoolean() && node.booleanValue())) {
      return new Shape.Open();
    }
    return node.isBoolean() ? new Shape.Closed() : new Shape.Each(shape(path + ".*", node));
  }

  private Map<Limit, Bound> limits(String path, JsonNode node) {
    Map<Limit, Bound> limits = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      if (node.has(limit.keyword)) {
        limits.put(limit, new Bound(number(path, node, limit.keyword)));
      }
    }
    exclusive(path, node, limits, Limit.MINIMUM, "exclusiveMinimum");
    exclusive(path, node, limits, Limit.MAXIMUM, "exclusiveMaximum");
    return limits;
  }

  private void exclusive(
      String path, JsonNode node, Map<Limit, Bound> limits, Limit limit, String keyword) {
    if (!node.has(keyword)) {
      return;
    }
    Bound bound = limits.get(limit);
    if (!node.get(keyword).isBoolean() || bound == null) {
      throw refused(
          path,
          "draft-04 wants \"" + keyword + "\" true or false beside \"" + limit.keyword + "\"");
    }
    limits.put(limit, new Bound(bound.value(), node.get(keyword).booleanValue()));
  }

  private BigDecimal number(String path, JsonNode node, String keyword) {
    if (!node.get(keyword).isNumber()) {
      throw refused(path, "\"" + keyword + "\" must be a number");
    }
    return node.get(keyword).decimalValue();
  }

  private @Nullable String text(String path, JsonNode node, String keyword) {
    if (!node.has(keyword)) {
      return null;
    }
    if (!node.get(keyword).isTextual()) {
      throw refused(path, "\"" + keyword + "\" must be a string");
    }
    return node.get(keyword).textValue();
  }

  private SchemaException refused(String path, String why) {
    return new SchemaException(file + ": " + (path.isEmpty() ? "" : path + ": ") + why);
  }
}
