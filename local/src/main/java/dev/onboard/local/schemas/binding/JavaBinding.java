package dev.onboard.local.schemas.binding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Java sources for one schema: a record for each object, and a marshaller.
 *
 * <p>The records need Java 16 and Jackson's databind 2.15. They ignore fields that the schema does
 * not know, as consumers must, and leave away on writing what is absent. Texts stay texts, whatever
 * format or list of values the schema has, so that a newer value breaks nobody; what may be of more
 * than one type is Jackson's tree.
 */
public final class JavaBinding {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DEFINITION = "#/definitions/";
  private static final String EVENT = "AWSEvent";
  private static final String TREE = "com.fasterxml.jackson.databind.JsonNode";

  /** A constructor may have 255 parameters, itself one of them. */
  private static final int MOST_COMPONENTS = 254;

  /** What the files import or declare beside their record. */
  private static final Set<String> IN_SCOPE =
      Set.of("jsonignoreproperties", "jsoninclude", "jsonproperty", "t");

  private final String packageName;
  private final JsonNode root;
  private final Map<String, String> files = new LinkedHashMap<>();
  private final Map<String, String> definitions = new HashMap<>();
  private final Set<String> taken = new HashSet<>(IN_SCOPE);

  private JavaBinding(String packageName, JsonNode root) {
    this.packageName = packageName;
    this.root = root;
  }

  /**
   * Makes the sources.
   *
   * @param schema the schema's name
   * @param draft4 its content, as JSON Schema draft 4
   * @return the text of each file by its path
   * @throws BindingException if nothing can be made of it
   */
  public static Map<String, String> of(String schema, String draft4) {
    JsonNode root;
    try {
      root = JSON.readTree(draft4);
    } catch (JsonProcessingException e) {
      throw new BindingException("its content is not JSON");
    }
    var binding = new JavaBinding(JavaNames.packageOf(schema), root);
    JsonNode top = binding.top();
    boolean event = top.path("properties").has("detail") && top.path("properties").has("source");
    String name = event ? EVENT : title(schema, root);
    String type = binding.record(JavaNames.type(name, binding.taken), top, event);
    binding.files.put(
        binding.path("marshaller/Marshaller"), Marshaller.source(binding.packageName, type, event));
    return binding.files;
  }

  /** The schema of the whole, which may be a reference to one of the definitions. */
  private JsonNode top() {
    String reference = root.path("$ref").asText();
    JsonNode top =
        reference.startsWith(DEFINITION)
            ? root.path("definitions").path(reference.substring(DEFINITION.length()))
            : root;
    if (!kind(top).equals("object") && !top.path("type").isMissingNode()
        || List.of("$ref", "allOf", "anyOf", "oneOf").stream().anyMatch(top::has)) {
      throw new BindingException("it does not describe one kind of object");
    }
    return top;
  }

  private static String title(String schema, JsonNode root) {
    return root.path("title").isTextual()
        ? root.get("title").asText()
        : schema.substring(schema.indexOf('@') + 1);
  }

  private String path(String type) {
    return packageName.replace('.', '/') + '/' + type + ".java";
  }

  /** Writes a record and those of what is in it. */
  private String record(String name, JsonNode schema, boolean event) {
    JsonNode properties = schema.path("properties");
    if (properties.size() > MOST_COMPONENTS) {
      throw new BindingException(name + " has more than " + MOST_COMPONENTS + " properties");
    }
    if (properties.has("")) {
      throw new BindingException(
          name + " has a property without a name, which Jackson does not map");
    }
    var components = new ArrayList<String>();
    var names = new HashSet<String>();
    properties
        .properties()
        .forEach(e -> {
          String type = type(e.getKey(), e.getValue());
          boolean detail = event && e.getKey().equals("detail");
          components.add(
              "    @JsonProperty("
                  + JavaNames.literal(e.getKey())
                  + ") "
                  + (detail ? "T" : type)
                  + ' '
                  + JavaNames.component(e.getKey(), names));
        });
    files.put(
        path(name),
        """
        package %s;

        import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
        import com.fasterxml.jackson.annotation.JsonInclude;
        import com.fasterxml.jackson.annotation.JsonProperty;

        /** Made from the schema; fields that it does not know are ignored. */
        @JsonIgnoreProperties(ignoreUnknown = true)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        public record %s(
        %s) {}
        """
            .formatted(packageName, name + (event ? "<T>" : ""), String.join(",\n", components)));
    return name;
  }

  private String type(String name, JsonNode schema) {
    if (schema.has("$ref")) {
      return definition(schema.get("$ref").asText());
    }
    JsonNode only = only(schema);
    if (only != null) {
      return type(name, only);
    }
    if (List.of("allOf", "anyOf", "oneOf").stream().anyMatch(schema::has)) {
      return TREE;
    }
    return switch (kind(schema)) {
      case "string" -> "java.lang.String";
      case "integer" ->
          schema.path("format").asText().equals("int32") ? "java.lang.Integer" : "java.lang.Long";
      case "number" -> "java.math.BigDecimal";
      case "boolean" -> "java.lang.Boolean";
      case "array" ->
          schema.path("items").isObject()
              ? "java.util.List<" + type(name + "Item", schema.get("items")) + '>'
              : "java.util.List<" + TREE + '>';
      case "object" -> object(name, schema);
      default -> TREE;
    };
  }

  private String object(String name, JsonNode schema) {
    if (!schema.path("properties").isEmpty()) {
      return record(JavaNames.type(name, taken), schema, false);
    }
    JsonNode others = schema.path("additionalProperties");
    return "java.util.Map<java.lang.String, "
        + (others.isObject() ? type(name + "Value", others) : TREE)
        + '>';
  }

  /** The type of a definition; other references, and those in a circle, are Jackson's tree. */
  private String definition(String reference) {
    if (!reference.startsWith(DEFINITION)) {
      return TREE;
    }
    String name = reference.substring(DEFINITION.length());
    String known = definitions.get(name);
    if (known != null) {
      return known;
    }
    JsonNode schema = root.path("definitions").path(name);
    if (kind(schema).equals("object") && !schema.path("properties").isEmpty()) {
      String type = JavaNames.type(name, taken);
      definitions.put(name, type);
      return record(type, schema, false);
    }
    definitions.put(name, TREE);
    String type = type(name, schema);
    definitions.put(name, type);
    return type;
  }

  /** The one schema that counts where others only let null through or where there is but one. */
  private static @Nullable JsonNode only(JsonNode schema) {
    for (String list : List.of("allOf", "anyOf", "oneOf")) {
      var counting = new ArrayList<JsonNode>();
      schema
          .path(list)
          .forEach(s -> {
            if (!s.path("type").asText().equals("null")) {
              counting.add(s);
            }
          });
      if (counting.size() == 1 && !schema.has("properties")) {
        return counting.getFirst();
      }
    }
    return null;
  }

  /** The one type that a schema has beside null; empty if there are more, or none. */
  private static String kind(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isTextual()) {
      return type.asText();
    }
    if (type.isMissingNode()) {
      return schema.has("properties") ? "object" : "";
    }
    var kinds = new ArrayList<String>();
    type.forEach(t -> kinds.add(t.asText()));
    kinds.remove("null");
    return kinds.size() == 1 ? kinds.getFirst() : "";
  }
}
