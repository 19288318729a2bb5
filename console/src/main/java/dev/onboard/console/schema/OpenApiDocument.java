package dev.onboard.console.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.patterns.JsonFault;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A JSON Schema of draft 4 as an OpenAPI 3.0 document, as schema registries hold them: the way back
 * from ExportSchema, which AWS does not have. Exported again, the document gives the schema that it
 * was made of, or one that accepts the same.
 *
 * <ul>
 *   <li>The schema itself becomes the first component. It is called {@code AWSEvent} if it is one
 *       of a whole event (it has {@code x-amazon-events-*}, or the properties {@code detail} and
 *       {@code detail-type} or {@code source}), else by its title, else by its name in the
 *       registry. If a definition of that name says the same and is referred to, the two are one.
 *   <li>{@code definitions} become {@code components/schemas}, references follow. Characters that
 *       components' names must not have become {@code _}. A reference to anything but a definition
 *       or the whole schema is refused.
 *   <li>The title becomes that of the document; {@code $schema} and {@code id} of the whole go.
 *   <li>A type or null is {@code nullable}, which is read as ExportSchema reads it: beside {@code
 *       $ref} and without a {@code type} too. An enumeration without null keeps null out, whatever
 *       the type says. Several types become {@code anyOf}. An array without {@code items}, which
 *       OpenAPI demands, gets {@code {}}.
 *   <li>{@code exclusiveMinimum} and {@code exclusiveMaximum} are booleans in both. Extensions
 *       stay; {@code x-amazon-open-api-schema-example} and the like, which ExportSchema writes,
 *       become OpenAPI's own keywords again.
 *   <li>Everything else is refused by name.
 * </ul>
 *
 * @see <a href="https://spec.openapis.org/oas/v3.0.3#schema-object">OpenAPI's schemas</a>
 */
public final class OpenApiDocument {
  /** What registries call the component of a whole event. */
  private static final String EVENT = "AWSEvent";

  private static final String EVENT_EXTENSIONS = "x-amazon-events-";
  private static final Set<String> OF_DOCUMENT = Set.of("$schema", "id", "definitions", "title");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final String name;
  private final JsonNode schema;
  private final JsonNode definitions;

  private OpenApiDocument(String name, JsonNode schema) {
    this.name = name;
    this.schema = schema;
    this.definitions = schema.path("definitions");
  }

  /**
   * The document for a schema.
   *
   * @param name of the schema in its registry
   * @param content JSON Schema of draft 4
   * @throws NotInOpenApi if it says what OpenAPI 3.0 cannot
   */
  public static String of(String name, String content) {
    JsonNode schema;
    try {
      schema = JSON.readTree(content);
    } catch (JsonProcessingException e) {
      throw new NotInOpenApi("", "is no JSON: " + JsonFault.wordsAndPlace(e));
    }
    if (!schema.isObject()) {
      throw new NotInOpenApi("", "is no JSON object");
    }
    return new OpenApiDocument(name, schema).converted().toPrettyString();
  }

  private ObjectNode converted() {
    if (!definitions.isMissingNode() && !definitions.isObject()) {
      throw new NotInOpenApi("/definitions", "is no JSON object");
    }
    String title = schema.path("title").asText(name);
    String root = rootName(title);
    Map<String, String> components = componentNames(root);
    var schemas = new OpenApiSchemas(schema, root, components);
    ObjectNode document = JSON.createObjectNode().put("openapi", "3.0.0");
    document.putObject("info").put("version", "1.0.0").put("title", title);
    document.putObject("paths");
    ObjectNode written = document.putObject("components").putObject("schemas");
    if (!definitions.has(root)) {
      written.set(root, schemas.convert(whole(), ""));
    } else {
      written.set(root, schemas.convert(definitions.path(root), pointer(root)));
    }
    components.forEach((definition, component) -> {
      if (!component.equals(root)) {
        written.set(component, schemas.convert(definitions.path(definition), pointer(definition)));
      }
    });
    return document;
  }

  private static String pointer(String definition) {
    return "/definitions/" + OpenApiSchemas.escaped(definition);
  }

  /** The schema without what is the document's. */
  private ObjectNode whole() {
    ObjectNode whole = schema.deepCopy();
    whole.remove(OF_DOCUMENT);
    return whole;
  }

  /** The name of the schema itself, which a definition has only if it says the same. */
  private String rootName(String title) {
    if (definitions.has(EVENT)) {
      if (!isTheSchemaItself(definitions.path(EVENT))) {
        throw new NotInOpenApi(
            pointer(EVENT),
            "this name is that of the event itself in OpenAPI documents; call it otherwise");
      }
      return EVENT;
    } else if (isEvent()) {
      return EVENT;
    }
    String plain = clean(title.isBlank() ? name : title);
    boolean isDefined =
        schema.findValuesAsText("$ref").contains("#/definitions/" + plain)
            && isTheSchemaItself(definitions.path(plain));
    return isDefined ? plain : unused(plain, fieldNames());
  }

  private boolean isEvent() {
    JsonNode properties = schema.path("properties");
    return schema.properties().stream().anyMatch(e -> e.getKey().startsWith(EVENT_EXTENSIONS))
        || properties.has("detail") && (properties.has("detail-type") || properties.has("source"));
  }

  private boolean isTheSchemaItself(JsonNode definition) {
    ObjectNode untitled = whole();
    ObjectNode titled = whole();
    if (schema.has("title")) {
      titled.set("title", schema.path("title"));
    }
    return definition.equals(untitled) || definition.equals(titled);
  }

  /** The components' names by those of the definitions; what may keep its name does. */
  private Map<String, String> componentNames(String root) {
    Set<String> used = fieldNames();
    used.add(root);
    var names = new LinkedHashMap<String, String>();
    for (String definition : fieldNames()) {
      String plain = clean(definition);
      String component = plain.equals(definition) ? plain : unused(plain, used);
      used.add(component);
      names.put(definition, component);
    }
    return names;
  }

  private Set<String> fieldNames() {
    var names = new LinkedHashSet<String>();
    definitions.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String clean(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  private static String unused(String name, Set<String> used) {
    String candidate = name;
    for (int number = 2; used.contains(candidate); number++) {
      candidate = name + "_" + number;
    }
    return candidate;
  }
}
