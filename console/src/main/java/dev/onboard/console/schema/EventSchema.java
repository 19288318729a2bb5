package dev.onboard.console.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import dev.onboard.patterns.JsonFault;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The schema of an event's detail, in a registry.
 *
 * @param name {@code source@detail-type}, with {@code -v1} behind it if there are several
 * @param root JSON Schema draft-04
 */
public record EventSchema(String name, JsonNode root) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Draft 4, in which keywords that it does not know say nothing, such as AWS's extensions. */
  private static final Dialect DIALECT =
      Dialect.builder(Dialects.getDraft4())
          .unknownKeywordFactory((name, context) -> new NonValidationKeyword(name))
          .build();

  /**
   * Reads the content of a schema.
   *
   * @param type as the registry names it: JSONSchemaDraft4 or OpenApi3
   * @throws IllegalArgumentException if it does not say what a detail is
   */
  public static EventSchema of(String name, String type, String content) {
    try {
      JsonNode root = JSON.readTree(content);
      return new EventSchema(
          name, type.equals("OpenApi3") ? ofOpenApi(name, root) : ofDraft4(root));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the schema " + name + " is no JSON: " + JsonFault.wordsAndPlace(e), e);
    }
  }

  /** A schema of a whole event says of the detail what stands there. */
  private static JsonNode ofDraft4(JsonNode root) {
    JsonNode properties = root.path("properties");
    if (!properties.has("detail") || !(properties.has("detail-type") || properties.has("source"))) {
      return root;
    }
    ObjectNode detail = JSON.createObjectNode();
    if (root.has("definitions")) {
      detail.set("definitions", root.get("definitions"));
    }
    JsonNode inner = properties.path("detail");
    return inner.has("$ref")
        ? detail.put("$ref", inner.path("$ref").asText())
        : detail.setAll((ObjectNode) inner.deepCopy());
  }

  /** What an OpenAPI document says of the detail, as JSON Schema. */
  private static JsonNode ofOpenApi(String name, JsonNode document) {
    JsonNode detail = document.at("/components/schemas/AWSEvent/properties/detail");
    if (detail.isMissingNode()) {
      throw new IllegalArgumentException(
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
  public String detailType() {
    return detailType(name);
  }

  /** The source of the events, as the name of the schema says it. */
  public String source() {
    return name.contains("@") ? name.substring(0, name.indexOf('@')) : "";
  }

  public static String detailType(String name) {
    return name.substring(name.indexOf('@') + 1).replaceFirst("-v\\d+$", "");
  }

  /**
   * One thing that a detail breaks.
   *
   * @param at where in the detail, as a JSON pointer; a field that is missing is not there itself
   * @param field the field that is to be mended: one that is missing, else what is there
   */
  public record Problem(String at, String message, String field) {
    public Problem(String at, String message) {
      this(at, message, at);
    }

    /** The sentence on it, with the field as patterns name it. */
    public String sentence() {
      return "detail" + at.replace('/', '.') + ": " + message;
    }
  }

  /** What a detail breaks, by place. */
  public List<Problem> problems(JsonNode detail) {
    Schema schema =
        SchemaRegistry.withDialect(DIALECT).getSchema(root.toString(), InputFormat.JSON);
    return schema
        .validate(
            detail.toString(),
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(EventSchema::problem)
        .distinct()
        .sorted(Comparator.comparing(Problem::sentence))
        .toList();
  }

  private static Problem problem(Error error) {
    String at = String.valueOf(error.getInstanceLocation());
    boolean isMissing = "required".equals(error.getKeyword()) && error.getProperty() != null;
    return new Problem(
        at, String.valueOf(error.getMessage()), isMissing ? at + '/' + error.getProperty() : at);
  }

  /** What a detail breaks, a sentence each. */
  public List<String> violations(JsonNode detail) {
    return problems(detail).stream().map(Problem::sentence).toList();
  }

  /** What it says of a detail. */
  public Shape shape() {
    return ShapeReader.read(root);
  }

  /** The schema of a field within the detail, null if this schema does not tell of it. */
  public @Nullable JsonNode field(List<String> path) {
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
  public JsonNode instance(String now) {
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
    var json = JSON.getNodeFactory();
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
  public static List<String> names(@Nullable JsonNode schema) {
    return schema == null
        ? List.of()
        : schema.path("properties").properties().stream().map(Map.Entry::getKey).toList();
  }
}
