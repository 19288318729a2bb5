package dev.onboard.local.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.onboard.local.wire.JsonFault;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.schemas.model.Type;

/** The content of schema versions, checked as what its type says that it is. */
final class SchemaContent {
  private static final int LONGEST = 100_000;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final Set<String> TYPES =
      Set.of("array", "boolean", "integer", "null", "number", "object", "string");
  private static final List<String> SCHEMAS_BY_NAME =
      List.of("properties", "patternProperties", "definitions");
  private static final List<String> SCHEMA_LISTS = List.of("allOf", "anyOf", "oneOf");
  private static final List<String> SIZES =
      List.of("maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties");
  private static final List<String> NUMBERS = List.of("maximum", "minimum", "multipleOf");
  private static final List<String> FLAGS =
      List.of("exclusiveMaximum", "exclusiveMinimum", "uniqueItems");
  private static final List<String> TEXTS =
      List.of("$schema", "$ref", "id", "title", "description", "pattern", "format");

  private SchemaContent() {}

  /** Refuses content that is not of its type, saying where. */
  static void check(Type type, @Nullable String content) {
    if (content == null || content.isEmpty()) {
      throw SchemaErrors.badRequest("Content must not be empty.");
    }
    SchemaErrors.checkLength("Content", content, LONGEST);
    JsonNode root = parse(content);
    if (type == Type.OPEN_API3) {
      openApi(root);
    } else {
      require(root.has("$schema"), "", "must have $schema");
      require(
          root.path("$schema").asText().startsWith("http://json-schema.org/draft-04/schema"),
          "/$schema",
          "must be http://json-schema.org/draft-04/schema#");
      schema(root, "");
    }
  }

  /** Whether two contents are the same JSON, however they are written. */
  static boolean same(String one, String other) {
    return one.equals(other) || parse(one).equals(parse(other));
  }

  private static JsonNode parse(String content) {
    try {
      JsonNode root = JSON.readTree(content);
      require(root.isObject(), "", "must be a JSON object");
      return root;
    } catch (JsonProcessingException e) {
      throw SchemaErrors.badRequest("Content is not valid JSON: " + JsonFault.words(e));
    }
  }

  private static void openApi(JsonNode root) {
    require(
        root.path("openapi").asText().matches("3\\.\\d+\\.\\d+"),
        "/openapi",
        "must be a version 3.x.y");
    require(root.path("info").path("title").isTextual(), "/info/title", "must be a string");
    require(root.path("info").path("version").isTextual(), "/info/version", "must be a string");
    require(root.path("paths").isObject(), "/paths", "must be an object");
    if (root.has("components")) {
      require(root.get("components").isObject(), "/components", "must be an object");
      JsonNode schemas = root.get("components").path("schemas");
      require(
          schemas.isObject() || schemas.isMissingNode(),
          "/components/schemas",
          "must be an object");
      schemas
          .properties()
          .forEach(e ->
              require(
                  e.getValue().isObject(),
                  "/components/schemas/" + e.getKey(),
                  "must be an object"));
    }
  }

  private static void schema(JsonNode schema, String at) {
    require(schema.isObject(), at, "must be an object");
    scalars(schema, at);
    type(schema.path("type"), at + "/type");
    JsonNode required = schema.path("required");
    if (!required.isMissingNode()) {
      strings(required, at + "/required");
    }
    JsonNode values = schema.path("enum");
    require(
        values.isMissingNode() || (values.isArray() && !values.isEmpty()),
        at + "/enum",
        "must be a list that is not empty");
    for (String name : SCHEMAS_BY_NAME) {
      JsonNode schemas = schema.path(name);
      require(schemas.isMissingNode() || schemas.isObject(), at + "/" + name, "must be an object");
      schemas.properties().forEach(e -> schema(e.getValue(), at + "/" + name + "/" + e.getKey()));
    }
    for (String name : SCHEMA_LISTS) {
      if (schema.has(name)) {
        schemas(schema.get(name), at + "/" + name);
      }
    }
    if (schema.has("not")) {
      schema(schema.get("not"), at + "/not");
    }
    if (schema.path("items").isArray()) {
      schemas(schema.get("items"), at + "/items");
    } else if (schema.has("items")) {
      schema(schema.get("items"), at + "/items");
    }
    for (String name : List.of("additionalProperties", "additionalItems")) {
      if (schema.has(name) && !schema.get(name).isBoolean()) {
        schema(schema.get(name), at + "/" + name);
      }
    }
  }

  private static void scalars(JsonNode schema, String at) {
    for (String name : SIZES) {
      JsonNode size = schema.path(name);
      require(
          size.isMissingNode() || (size.isIntegralNumber() && size.asLong() >= 0),
          at + "/" + name,
          "must be a whole number that is not negative");
    }
    for (String name : NUMBERS) {
      JsonNode number = schema.path(name);
      require(number.isMissingNode() || number.isNumber(), at + "/" + name, "must be a number");
    }
    for (String name : FLAGS) {
      JsonNode flag = schema.path(name);
      require(flag.isMissingNode() || flag.isBoolean(), at + "/" + name, "must be true or false");
    }
    for (String name : TEXTS) {
      JsonNode text = schema.path(name);
      require(text.isMissingNode() || text.isTextual(), at + "/" + name, "must be a string");
    }
  }

  private static void type(JsonNode type, String at) {
    if (type.isArray()) {
      strings(type, at);
      type.forEach(t -> require(TYPES.contains(t.asText()), at, "must be one of " + TYPES));
    } else if (!type.isMissingNode()) {
      require(
          type.isTextual() && TYPES.contains(type.asText()),
          at,
          "must be one of " + TYPES.stream().sorted().toList());
    }
  }

  private static void strings(JsonNode list, String at) {
    require(list.isArray() && !list.isEmpty(), at, "must be a list that is not empty");
    var seen = new HashSet<String>();
    list.forEach(
        s -> require(s.isTextual() && seen.add(s.asText()), at, "must hold different strings"));
  }

  private static void schemas(JsonNode list, String at) {
    require(list.isArray() && !list.isEmpty(), at, "must be a list that is not empty");
    for (int i = 0; i < list.size(); i++) {
      schema(list.get(i), at + "/" + i);
    }
  }

  private static void require(boolean holds, String at, String rule) {
    if (!holds) {
      throw SchemaErrors.badRequest(
          "Content is not valid: " + (at.isEmpty() ? "it" : at) + " " + rule + ".");
    }
  }
}
