package dev.onboard.local.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * OpenAPI 3 documents as JSON Schema draft 4, as EventBridge exports them: the event's component is
 * the schema itself, the others are its definitions, keys stand in alphabetical order, and what
 * JSON Schema does not know becomes an extension.
 */
final class SchemaExport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVENT = "AWSEvent";
  private static final String COMPONENT = "#/components/schemas/";
  private static final String DEFINITION = "#/definitions/";

  /** Keywords of OpenAPI's schemas that JSON Schema does not have. */
  private static final Set<String> ADDED =
      Set.of(
          "deprecated", "discriminator", "example", "externalDocs", "readOnly", "writeOnly", "xml");

  /** Keywords whose values are not schemas and stay as they are. */
  private static final Set<String> PLAIN = Set.of("default", "enum", "required", "type");

  private SchemaExport() {}

  /** The draft-4 schema of an OpenAPI document. */
  static String draft4(String openApi) {
    JsonNode document = tree(openApi);
    JsonNode components = document.path("components").path("schemas");
    String root = root(components);
    ObjectNode exported =
        JsonNodeFactory.instance
            .objectNode()
            .put("$schema", "http://json-schema.org/draft-04/schema#")
            .put("title", document.path("info").path("title").asText());
    ObjectNode definitions = JsonNodeFactory.instance.objectNode();
    boolean refersToItself = openApi.contains('"' + COMPONENT + root + '"');
    sorted(components)
        .forEach((name, schema) -> {
          if (!name.equals(root) || refersToItself) {
            definitions.set(name, schema(schema));
          }
        });
    if (!definitions.isEmpty()) {
      exported.set("definitions", definitions);
    }
    exported.setAll(schema(components.path(root)));
    return exported.toString();
  }

  private static String root(JsonNode components) {
    if (components.has(EVENT) || components.isEmpty()) {
      return EVENT;
    }
    return components.fieldNames().next();
  }

  private static ObjectNode schema(JsonNode schema) {
    ObjectNode exported = JsonNodeFactory.instance.objectNode();
    if (schema.path("nullable").asBoolean() && schema.has("$ref")) {
      exported.putArray("anyOf").add(schema(without(schema, "nullable"))).add(nothing());
      return exported;
    }
    boolean nullable = schema.path("nullable").asBoolean();
    var keywords = new TreeMap<String, JsonNode>();
    schema
        .properties()
        .forEach(e -> {
          String keyword = e.getKey();
          if (ADDED.contains(keyword)) {
            keywords.put("x-amazon-open-api-schema-" + keyword, e.getValue());
          } else if (!keyword.equals("nullable")) {
            keywords.put(keyword, value(keyword, e.getValue(), nullable));
          }
        });
    exported.setAll(keywords);
    if (nullable && !schema.has("type")) {
      ObjectNode around = JsonNodeFactory.instance.objectNode();
      around.putArray("anyOf").add(exported).add(nothing());
      return around;
    }
    return exported;
  }

  private static JsonNode value(String keyword, JsonNode value, boolean nullable) {
    return switch (keyword) {
      case "$ref" ->
          JsonNodeFactory.instance.textNode(value.asText().replace(COMPONENT, DEFINITION));
      case "type" -> nullable ? array(value, JsonNodeFactory.instance.textNode("null")) : value;
      case "enum" -> nullable ? withNull((ArrayNode) value) : value;
      case "properties", "definitions", "patternProperties" -> {
        ObjectNode schemas = JsonNodeFactory.instance.objectNode();
        sorted(value).forEach((name, schema) -> schemas.set(name, schema(schema)));
        yield schemas;
      }
      case "allOf", "anyOf", "oneOf" -> {
        ArrayNode schemas = JsonNodeFactory.instance.arrayNode();
        value.forEach(s -> schemas.add(schema(s)));
        yield schemas;
      }
      default ->
          value.isObject() && !PLAIN.contains(keyword) && !keyword.startsWith("x-")
              ? schema(value)
              : value;
    };
  }

  private static ArrayNode array(JsonNode... values) {
    return JsonNodeFactory.instance.arrayNode().addAll(List.of(values));
  }

  private static ArrayNode withNull(ArrayNode values) {
    for (JsonNode value : values) {
      if (value.isNull()) {
        return values;
      }
    }
    return values.deepCopy().addNull();
  }

  private static ObjectNode nothing() {
    return JsonNodeFactory.instance.objectNode().put("type", "null");
  }

  private static ObjectNode without(JsonNode schema, String keyword) {
    ObjectNode rest = schema.deepCopy();
    rest.remove(keyword);
    return rest;
  }

  private static Map<String, JsonNode> sorted(JsonNode object) {
    var fields = new TreeMap<String, JsonNode>();
    object.properties().forEach(e -> fields.put(e.getKey(), e.getValue()));
    return fields;
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a schema's content must be JSON", e);
    }
  }
}
