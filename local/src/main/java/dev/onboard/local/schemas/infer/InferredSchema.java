package dev.onboard.local.schemas.infer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.schemas.infer.Shape.Fields;
import dev.onboard.local.schemas.infer.Shape.Items;
import dev.onboard.local.schemas.infer.Shape.Numeric;
import dev.onboard.local.schemas.infer.Shape.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An OpenAPI 3 document with what was told from events, as EventBridge writes it: each object a
 * component of its own, fields by name, {@code required} in the order of a Java hash set.
 */
public final class InferredSchema {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVENT = "AWSEvent";
  private static final String REFERENCE = "#/components/schemas/";

  private final ObjectNode components = JsonNodeFactory.instance.objectNode();
  private final Map<String, Shape> named = new LinkedHashMap<>();

  private InferredSchema() {}

  /** Whether a value is an event as buses deliver them. */
  public static boolean isEvent(JsonNode value) {
    return value.path("source").isTextual()
        && value.path("detail-type").isTextual()
        && value.has("detail");
  }

  /** The document for events as buses deliver them. */
  public static String ofEvents(Shape shape, String source, String detailType) {
    var schema = new InferredSchema();
    String title = Titles.of(detailType);
    ObjectNode event = schema.components.putObject(EVENT);
    schema.named.put(EVENT, shape);
    ObjectNode written = schema.object(EVENT, shape.object(), title);
    event.set("type", written.get("type"));
    event.set("required", written.get("required"));
    event.put("x-amazon-events-detail-type", detailType).put("x-amazon-events-source", source);
    event.set("properties", written.get("properties"));
    return schema.document(title);
  }

  /** The document for any other value. */
  public static String ofValues(Shape shape) {
    var schema = new InferredSchema();
    String title = Titles.of("");
    if (shape.object() != null && !shape.object().known().isEmpty()) {
      schema.reference(title, shape);
    } else {
      schema.components.set(title, schema.schema(title, title, shape));
    }
    return schema.document(title);
  }

  private String document(String title) {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("openapi", "3.0.0");
    document.putObject("info").put("version", "1.0.0").put("title", title);
    document.putObject("paths");
    document.putObject("components").set("schemas", components);
    return document.toString();
  }

  /**
   * The schema of a place.
   *
   * @param name what an object there is called
   * @param parent what the object around it is called
   */
  private ObjectNode schema(String name, String parent, Shape shape) {
    List<ObjectNode> kinds = kinds(name, parent, shape);
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    if (kinds.size() == 1) {
      schema = kinds.getFirst();
      if (shape.nullable() && schema.has("$ref")) {
        // Beside a reference nothing counts.
        ObjectNode around = JsonNodeFactory.instance.objectNode();
        around.putArray("allOf").add(schema);
        schema = around;
      }
    } else if (!kinds.isEmpty()) {
      schema.putArray("oneOf").addAll(kinds);
    }
    if (shape.nullable() && !kinds.isEmpty()) {
      schema.put("nullable", true);
    }
    return schema;
  }

  private List<ObjectNode> kinds(String name, String parent, Shape shape) {
    var kinds = new ArrayList<ObjectNode>();
    if (shape.object() != null) {
      kinds.add(shape.object().known().isEmpty() ? type("object", null) : reference(name, shape));
    }
    if (shape.array() != null) {
      ObjectNode array = type("array", null);
      Shape each = shape.array().each();
      array.set(
          "items",
          each.equals(Shape.NOTHING) ? type("object", null) : schema(parent + "Item", name, each));
      kinds.add(array);
    }
    if (shape.text() != null) {
      kinds.add(type("string", shape.text() == Text.DATE_TIME ? "date-time" : null));
    }
    if (shape.number() != null) {
      kinds.add(
          shape.number() == Numeric.INTEGER ? type("integer", "int64") : type("number", "double"));
    }
    if (shape.flag()) {
      kinds.add(type("boolean", null));
    }
    return kinds;
  }

  private static ObjectNode type(String type, @Nullable String format) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", type);
    return format == null ? schema : schema.put("format", format);
  }

  private ObjectNode reference(String name, Shape shape) {
    Shape object = Shape.NOTHING.withObject(shape.object());
    String free = name;
    for (int i = 1; named.containsKey(free) && !named.get(free).equals(object); i++) {
      free = name + i;
    }
    if (named.putIfAbsent(free, object) == null) {
      components.putObject(free);
      components.set(free, object(free, shape.object(), null));
    }
    return JsonNodeFactory.instance.objectNode().put("$ref", REFERENCE + free);
  }

  /**
   * The schema of an object.
   *
   * @param detail what its field detail is called, which then comes first
   */
  private ObjectNode object(String name, @Nullable Fields fields, @Nullable String detail) {
    ObjectNode schema = type("object", null);
    if (fields == null) {
      return schema;
    }
    // Filled in alphabetical order, such a set gives the order that AWS's documents have.
    Collection<String> required = new HashSet<>();
    required.addAll(fields.required());
    if (!required.isEmpty()) {
      ArrayNode names = schema.putArray("required");
      required.forEach(names::add);
    }
    ObjectNode properties = schema.putObject("properties");
    if (detail != null && fields.known().containsKey("detail")) {
      properties.set("detail", schema(detail, name, fields.known().get("detail")));
    }
    fields
        .known()
        .forEach((field, shape) -> {
          if (!properties.has(field)) {
            properties.set(field, schema(Titles.of(field), name, shape));
          }
        });
    return schema;
  }

  /** What a document says that this class wrote; of other ones what can be told. */
  public static Shape read(String document) {
    try {
      JsonNode components = JSON.readTree(document).path("components").path("schemas");
      JsonNode root =
          components.has(EVENT)
              ? components.get(EVENT)
              : components.isEmpty() ? components : components.iterator().next();
      return read(root, components, 0);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a stored schema must be JSON", e);
    }
  }

  private static Shape read(JsonNode schema, JsonNode components, int depth) {
    if (depth > Shape.DEEPEST) {
      return Shape.NOTHING;
    }
    Shape shape = Shape.NOTHING;
    if (schema.has("$ref")) {
      String name = schema.get("$ref").asText();
      JsonNode found =
          components.path(name.startsWith(REFERENCE) ? name.substring(REFERENCE.length()) : name);
      shape = read(found, components, depth + 1);
    }
    for (String list : List.of("allOf", "oneOf", "anyOf")) {
      for (JsonNode part : schema.path(list)) {
        shape = shape.with(read(part, components, depth + 1));
      }
    }
    shape = shape.with(typed(schema, components, depth));
    boolean nullable = schema.path("nullable").asBoolean() || schema.isEmpty();
    return nullable ? shape.orNull() : shape;
  }

  private static Shape typed(JsonNode schema, JsonNode components, int depth) {
    String format = schema.path("format").asText();
    return switch (schema.path("type").asText()) {
      case "string" ->
          Shape.NOTHING.withText(format.equals("date-time") ? Text.DATE_TIME : Text.ANY);
      case "integer" -> Shape.NOTHING.withNumber(Numeric.INTEGER);
      case "number" -> Shape.NOTHING.withNumber(Numeric.FRACTION);
      case "boolean" -> Shape.NOTHING.withFlag();
      case "array" -> {
        JsonNode items = schema.path("items");
        boolean unknown = items.size() == 1 && items.path("type").asText().equals("object");
        yield Shape.NOTHING.withArray(
            new Items(unknown ? Shape.NOTHING : read(items, components, depth + 1)));
      }
      case "object" -> {
        var fields = new LinkedHashMap<String, Shape>();
        schema
            .path("properties")
            .properties()
            .forEach(e -> fields.put(e.getKey(), read(e.getValue(), components, depth + 1)));
        var required = new HashSet<String>();
        schema.path("required").forEach(r -> required.add(r.asText()));
        yield Shape.NOTHING.withObject(new Fields(fields, required));
      }
      default -> Shape.NOTHING;
    };
  }
}
