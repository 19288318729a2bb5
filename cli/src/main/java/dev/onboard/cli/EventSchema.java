package dev.onboard.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.onboard.patterns.JsonFault;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The schema of an event's detail, in a registry.
 *
 * @param name {@code source@detail-type}, with {@code -v1} behind it if there are several
 * @param root JSON Schema draft-04
 */
record EventSchema(String name, JsonNode root) {

  /**
   * Reads the content of a schema.
   *
   * @param type as the registry names it: JSONSchemaDraft4 or OpenApi3
   */
  static EventSchema of(String name, String type, String content) {
    try {
      JsonNode root = RuntimeEndpoint.JSON.readTree(content);
      return new EventSchema(name, type.equals("OpenApi3") ? ofOpenApi(name, root) : root);
    } catch (JsonProcessingException e) {
      throw new Failure("the schema " + name + " is no JSON: " + JsonFault.wordsAndPlace(e), e);
    }
  }

  /** What an OpenAPI document says of the detail, as JSON Schema. */
  private static JsonNode ofOpenApi(String name, JsonNode document) {
    JsonNode detail = document.at("/components/schemas/AWSEvent/properties/detail");
    if (detail.isMissingNode()) {
      throw new Failure(
          "the schema "
              + name
              + " does not say what a detail is: it has no components.schemas.AWSEvent");
    }
    ObjectNode root = detail.deepCopy();
    ObjectNode definitions = root.putObject("definitions");
    document
        .at("/components/schemas")
        .properties()
        .forEach(s -> definitions.set(s.getKey(), s.getValue().deepCopy()));
    translate(root);
    return root;
  }

  private static void translate(JsonNode node) {
    if (node instanceof ObjectNode object) {
      String reference = object.path("$ref").asText("");
      if (reference.startsWith("#/components/schemas/")) {
        object.put("$ref", reference.replace("#/components/schemas/", "#/definitions/"));
      }
      if (object.path("nullable").asBoolean() && object.path("type").isTextual()) {
        String type = object.path("type").asText();
        object.putArray("type").add(type).add("null");
      }
    }
    node.forEach(EventSchema::translate);
  }

  /** The {@code detail-type}. */
  String detailType() {
    return detailType(name);
  }

  /** The source of the events, as the name of the schema says it. */
  String source() {
    return name.substring(0, name.indexOf('@'));
  }

  static String detailType(String name) {
    return name.substring(name.indexOf('@') + 1).replaceFirst("-v\\d+$", "");
  }

  /** What a detail breaks, a sentence each. */
  List<String> violations(JsonNode detail) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
            .getSchema(root.toString(), InputFormat.JSON);
    return schema
        .validate(
            detail.toString(),
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(error -> {
          String at = String.valueOf(error.getInstanceLocation());
          String field = at.replaceFirst("^/", "").replace('/', '.');
          return "detail" + (field.isEmpty() ? "" : "." + field) + ": " + error.getMessage();
        })
        .sorted()
        .distinct()
        .toList();
  }

  /** The schema of a field within the detail, null if this schema does not tell of it. */
  @Nullable JsonNode field(List<String> path) {
    JsonNode at = resolved(root);
    for (String step : path) {
      JsonNode next = at.path("properties").path(step);
      if (next.isMissingNode()) {
        next = at.path("additionalProperties");
      }
      if (!next.isObject() && step.matches("\\d+")) {
        next = at.path("items");
      }
      if (!next.isObject()) {
        return null;
      }
      at = resolved(next);
    }
    return at;
  }

  /** The example in the schema itself, else the least that it demands. */
  JsonNode instance(String now) {
    return instance(root, now);
  }

  private JsonNode instance(JsonNode schema, String now) {
    JsonNode of = resolved(schema);
    for (String given : List.of("example", "default")) {
      if (of.has(given)) {
        return of.get(given).deepCopy();
      }
    }
    if (of.path("examples").path(0).isContainerNode() || of.path("enum").has(0)) {
      return (of.has("enum") ? of.path("enum") : of.path("examples")).get(0).deepCopy();
    }
    var json = RuntimeEndpoint.JSON.getNodeFactory();
    JsonNode type = of.path("type").isArray() ? of.path("type").path(0) : of.path("type");
    return switch (type.asText(of.has("properties") ? "object" : "string")) {
      case "object" -> {
        ObjectNode object = json.objectNode();
        for (JsonNode required : of.path("required")) {
          JsonNode property = of.path("properties").path(required.asText());
          object.set(required.asText(), instance(property, now));
        }
        yield object;
      }
      case "array" -> {
        ArrayNode array = json.arrayNode();
        for (int i = 0; i < of.path("minItems").asInt(); i++) {
          array.add(instance(of.path("items"), now));
        }
        yield array;
      }
      case "integer" -> json.numberNode(of.path("minimum").asLong());
      case "number" -> json.numberNode(of.path("minimum").decimalValue());
      case "boolean" -> json.booleanNode(false);
      case "null" -> json.nullNode();
      default ->
          json.textNode(
              of.path("format").asText().equals("date-time")
                  ? now
                  : "x".repeat(of.path("minLength").asInt()));
    };
  }

  private JsonNode resolved(JsonNode schema) {
    JsonNode at = schema;
    for (int hops = 0; at.path("$ref").asText().startsWith("#") && hops < 20; hops++) {
      at = root.at(at.path("$ref").asText().substring(1));
    }
    return at;
  }

  /** The names that an object of a schema may have. */
  static List<String> names(@Nullable JsonNode schema) {
    return schema == null
        ? List.of()
        : schema.path("properties").properties().stream().map(Map.Entry::getKey).toList();
  }
}
