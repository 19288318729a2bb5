package dev.onboard.console.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The schemas within one of draft 4, as OpenAPI 3.0 has them; see {@link OpenApiDocument}. */
final class OpenApiSchemas {
  private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
  private static final String DEFINITION = "#/definitions/";
  private static final String COMPONENT = "#/components/schemas/";
  private static final String NULL = "null";
  private static final String EXTENSION = "x-";

  /** Before keywords of OpenAPI's in what ExportSchema wrote. */
  private static final String EXPORTED = "x-amazon-open-api-schema-";

  /** Keywords of OpenAPI's that describe; draft 4 does not know them, so they say nothing there. */
  private static final Set<String> ADDED =
      Set.of(
          "deprecated", "discriminator", "example", "externalDocs", "readOnly", "writeOnly", "xml");

  private static final Set<String> TYPES =
      Set.of("array", "boolean", "integer", "number", "object", "string");
  private static final Set<String> DESCRIBING = Set.of("title", "description", "default");
  private static final Set<String> EXCLUSIVE = Set.of("exclusiveMinimum", "exclusiveMaximum");
  private static final List<String> COMBINING = List.of("allOf", "anyOf", "oneOf", "not");
  private static final List<String> ALTERNATIVES = List.of("anyOf", "oneOf");

  /** What is written and meant alike in both. */
  private static final Set<String> SAME =
      Set.of(
          "enum",
          "format",
          "maxItems",
          "maxLength",
          "maxProperties",
          "maximum",
          "minItems",
          "minLength",
          "minProperties",
          "minimum",
          "multipleOf",
          "pattern",
          "required",
          "uniqueItems");

  private final JsonNode root;
  private final String rootName;
  private final Map<String, String> components;

  /**
   * Schemas within a root.
   *
   * @param components names of components by those of definitions
   */
  OpenApiSchemas(JsonNode root, String rootName, Map<String, String> components) {
    this.root = root;
    this.rootName = rootName;
    this.components = components;
  }

  ObjectNode convert(JsonNode schema, String at) {
    if (!schema.isObject()) {
      throw new NotInOpenApi(at, "a schema must be a JSON object");
    }
    String keyword = nullIsAnAlternativeOf(schema);
    if (keyword == null) {
      return plain(schema, at, null);
    }
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < schema.path(keyword).size(); i++) {
      if (!isNull(schema.path(keyword).path(i))) {
        others.add(i);
      }
    }
    if (schema.size() == 1 && others.size() == 1) {
      int only = others.getFirst();
      return nullable(schema.path(keyword).path(only), at + '/' + keyword + '/' + only);
    }
    return plain(schema, at, keyword).put("nullable", true);
  }

  /** The keyword under which null is one of the alternatives that there are, null if none is. */
  private @Nullable String nullIsAnAlternativeOf(JsonNode schema) {
    for (String keyword : ALTERNATIVES) {
      List<JsonNode> others = list(schema.path(keyword)).stream().filter(a -> !isNull(a)).toList();
      boolean isAmongThem = others.size() == schema.path(keyword).size() - 1;
      boolean isAlone =
          schema.properties().stream()
              .allMatch(e -> e.getKey().equals(keyword) || isDescription(e.getKey()));
      // Exactly one of those must hold, so none of the others may take null.
      boolean isExact = keyword.equals("anyOf") || others.stream().noneMatch(o -> takesNull(o, 0));
      if (isAmongThem && !others.isEmpty() && isAlone && isExact) {
        return keyword;
      }
    }
    return null;
  }

  private static boolean isDescription(String keyword) {
    return DESCRIBING.contains(keyword) || ADDED.contains(keyword) || keyword.startsWith(EXTENSION);
  }

  private static boolean isNull(JsonNode schema) {
    return schema.size() == 1 && schema.path("type").asText().equals(NULL);
  }

  /** Whether a schema may take null; one of which that is not plain may. */
  private boolean takesNull(JsonNode schema, int depth) {
    if (schema.has("$ref")) {
      String definition = definition(schema.path("$ref").asText());
      return definition == null
          || depth > 20
          || takesNull(root.path("definitions").path(definition), depth + 1);
    }
    List<String> types = types(schema);
    return (types.isEmpty() || types.contains(NULL)) && takesNullByItsValues(schema);
  }

  private static boolean takesNullByItsValues(JsonNode schema) {
    return !schema.has("enum") || list(schema.path("enum")).stream().anyMatch(JsonNode::isNull);
  }

  /** A schema or null. */
  private ObjectNode nullable(JsonNode schema, String at) {
    ObjectNode converted = convert(schema, at);
    if (converted.has("type") && COMBINING.stream().anyMatch(converted::has)) {
      // Beside a type, null would have to fit these as well.
      ObjectNode around = NODES.objectNode();
      around.putArray("anyOf").add(converted);
      return around.put("nullable", true);
    }
    if (!takesNullByItsValues(converted)) {
      converted.withArray("enum").addNull();
    }
    return converted.put("nullable", true);
  }

  /**
   * A schema keyword by keyword.
   *
   * @param withoutNull the keyword of whose alternatives null is left out
   */
  private ObjectNode plain(JsonNode schema, String at, @Nullable String withoutNull) {
    ObjectNode converted = NODES.objectNode();
    schema
        .properties()
        .forEach(e -> {
          String keyword = e.getKey();
          String here = at + '/' + escaped(keyword);
          if (keyword.equals("type")) {
            type(converted, schema, here);
            return;
          }
          String written = keyword(keyword);
          if (!written.equals(keyword) && schema.has(written)) {
            throw new NotInOpenApi(here, "there is " + written + " as well");
          }
          converted.set(written, value(keyword, e.getValue(), here, keyword.equals(withoutNull)));
        });
    severalTypes(converted, schema);
    return converted;
  }

  private static String keyword(String keyword) {
    String exported = keyword.startsWith(EXPORTED) ? keyword.substring(EXPORTED.length()) : "";
    return ADDED.contains(exported) ? exported : keyword;
  }

  private JsonNode value(String keyword, JsonNode value, String at, boolean withoutNull) {
    return switch (keyword) {
      case "$ref" -> NODES.textNode(reference(value.asText(), at));
      case "properties" -> properties(value, at);
      case "allOf", "anyOf", "oneOf" -> alternatives(value, at, withoutNull);
      case "not" -> convert(value, at);
      case "additionalProperties" -> value.isBoolean() ? value : convert(value, at);
      case "items" -> {
        if (value.isArray()) {
          throw new NotInOpenApi(at, "OpenAPI 3.0 has one schema for all items, no list of them");
        }
        yield convert(value, at);
      }
      default -> {
        if (EXCLUSIVE.contains(keyword) && !value.isBoolean()) {
          throw new NotInOpenApi(at, "must be true or false, as in draft 4");
        } else if (!SAME.contains(keyword)
            && !EXCLUSIVE.contains(keyword)
            && !isDescription(keyword)) {
          throw NotInOpenApi.keyword(at, keyword);
        }
        yield value.deepCopy();
      }
    };
  }

  private ObjectNode properties(JsonNode properties, String at) {
    if (!properties.isObject()) {
      throw new NotInOpenApi(at, "must be a JSON object");
    }
    ObjectNode converted = NODES.objectNode();
    properties
        .properties()
        .forEach(
            e -> converted.set(e.getKey(), convert(e.getValue(), at + '/' + escaped(e.getKey()))));
    return converted;
  }

  private ArrayNode alternatives(JsonNode schemas, String at, boolean withoutNull) {
    if (!schemas.isArray()) {
      throw new NotInOpenApi(at, "must be a list of schemas");
    }
    ArrayNode converted = NODES.arrayNode();
    for (int i = 0; i < schemas.size(); i++) {
      if (!withoutNull || !isNull(schemas.path(i))) {
        converted.add(convert(schemas.path(i), at + '/' + i));
      }
    }
    return converted;
  }

  private String reference(String reference, String at) {
    if (reference.equals("#")) {
      return COMPONENT + rootName;
    }
    String definition = definition(reference);
    if (definition == null) {
      throw new NotInOpenApi(
          at, "refers to " + reference + ", which is neither a definition nor the whole schema");
    }
    return COMPONENT + components.get(definition);
  }

  /** The definition that is referred to, null if the reference is to anything else. */
  private @Nullable String definition(String reference) {
    if (!reference.startsWith(DEFINITION) || reference.indexOf('/', DEFINITION.length()) > 0) {
      return null;
    }
    String token = reference.substring(DEFINITION.length());
    String name = decoded(token).replace("~1", "/").replace("~0", "~");
    return components.containsKey(name) ? name : null;
  }

  private static String decoded(String token) {
    try {
      return URLDecoder.decode(token.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // A percent sign that stands for itself.
      return token;
    }
  }

  /** Writes the type, if it is one. */
  private static void type(ObjectNode converted, JsonNode schema, String at) {
    List<String> types = typesButNull(schema);
    for (String type : types) {
      if (!TYPES.contains(type)) {
        throw new NotInOpenApi(at, "OpenAPI 3.0 has no type " + type);
      }
    }
    if (types.isEmpty()) {
      throw new NotInOpenApi(at, "OpenAPI 3.0 has no type null");
    } else if (types.size() == 1) {
      typed(converted, types.getFirst(), schema);
      if (converted.path("type").asText().equals("array") && !schema.has("items")) {
        converted.putObject("items");
      }
    }
  }

  private static void typed(ObjectNode converted, String type, JsonNode schema) {
    converted.put("type", type);
    if (types(schema).contains(NULL) && takesNullByItsValues(schema)) {
      converted.put("nullable", true);
    }
  }

  /** Writes the types, if there are several: each may be, and null with it if it was. */
  private static void severalTypes(ObjectNode converted, JsonNode schema) {
    List<String> types = typesButNull(schema);
    if (types.size() < 2) {
      return;
    }
    ArrayNode alternatives = NODES.arrayNode();
    for (String type : types) {
      ObjectNode alternative = alternatives.addObject();
      typed(alternative, type, schema);
      if (type.equals("array")) {
        // What the items are, stands beside the alternatives.
        alternative.putObject("items");
      }
    }
    if (converted.has("anyOf")) {
      converted.withArray("allOf").addObject().set("anyOf", alternatives);
    } else {
      converted.set("anyOf", alternatives);
    }
  }

  private static List<String> typesButNull(JsonNode schema) {
    return types(schema).stream().filter(t -> !t.equals(NULL)).toList();
  }

  private static List<String> types(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray()
        ? list(type).stream().map(JsonNode::asText).distinct().toList()
        : type.isMissingNode() ? List.of() : List.of(type.asText());
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  /** A name as a JSON pointer has it. */
  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
