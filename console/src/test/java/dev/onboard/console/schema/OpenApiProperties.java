package dev.onboard.console.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.LocalRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.Type;

/** From OpenAPI to draft 4 by the registry and back by us: nothing is another afterwards. */
class OpenApiProperties {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REGISTRY = "any";

  /** Values on which schemas of few words differ. */
  private static final List<JsonNode> VALUES =
      Stream.of(
              "null",
              "'a'",
              "'b'",
              "1",
              "2.5",
              "true",
              "[]",
              "[null]",
              "['a']",
              "[1, [null]]",
              "{}",
              "{'p': null}",
              "{'p': 'a'}",
              "{'p': {'p': null}}",
              "{'q': 1}",
              "{'p': [1]}")
          .map(v -> read(v.replace('\'', '"')))
          .toList();

  private static Path data;
  private static LocalRuntime runtime;
  private static SchemasClient schemas;
  private static int registered;

  @BeforeContainer
  static void start() throws IOException {
    data = Files.createTempDirectory("onboard-schemas");
    runtime = LocalRuntime.start(data, 0);
    schemas = runtime.client(SchemasClient.class);
    schemas.createRegistry(r -> r.registryName(REGISTRY));
  }

  @AfterContainer
  static void stop() throws IOException {
    runtime.close();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Property(tries = 150, shrinking = ShrinkingMode.OFF)
  void exportedDocument_madeAgainAndExported_isTheSame(@ForAll("documents") JsonNode document) {
    String exported = export(document.toString());
    assertThat(export(OpenApiDocument.of("any", exported))).isEqualTo(exported);
  }

  @Property(tries = 400, shrinking = ShrinkingMode.OFF)
  void draft4_madeOpenApiAndExported_acceptsTheSame(@ForAll("draft4s") JsonNode schema) {
    String document;
    try {
      document = OpenApiDocument.of("any", schema.toString());
    } catch (NotInOpenApi e) {
      assertThat(e).hasMessageEndingWith("OpenAPI 3.0 has no type null");
      Assume.that(false);
      return;
    }
    String exported = export(document);
    var before = new EventSchema("any", schema);
    var after = new EventSchema("any", read(exported));
    for (JsonNode value : VALUES) {
      assertThat(after.problems(value).isEmpty())
          .as("%s by%n%s%nas%n%s", value, schema, exported)
          .isEqualTo(before.problems(value).isEmpty());
    }
  }

  private static String export(String openApi) {
    String name = "s" + registered++;
    schemas.createSchema(
        c -> c.registryName(REGISTRY).schemaName(name).type(Type.OPEN_API3).content(openApi));
    return schemas
        .exportSchema(e -> e.registryName(REGISTRY).schemaName(name).type("JSONSchemaDraft4"))
        .content();
  }

  @Provide
  Arbitrary<JsonNode> documents() {
    return Arbitraries.randomValue(random -> new Documents(random).document());
  }

  @Provide
  Arbitrary<JsonNode> draft4s() {
    return Arbitraries.randomValue(random -> new Drafts(random).root());
  }

  /** Makes OpenAPI documents of all that has a counterpart in draft 4. */
  private static final class Documents {
    private static final List<String> NAMES =
        List.of("p", "a/b", "readOnly", "type", "nullable", "x-y", "id");

    private final Random random;
    private final List<String> components = new ArrayList<>();

    Documents(Random random) {
      this.random = random;
      Stream.of("Order", "AWSEvent", "Line", "a-b")
          .filter(_ -> random.nextBoolean())
          .forEach(components::add);
    }

    JsonNode document() {
      ObjectNode document = JSON.createObjectNode().put("openapi", "3.0.0");
      document
          .putObject("info")
          .put("title", pick("Trail", "Order", "Line", "AWSEvent", "two words", ""))
          .put("version", "1");
      document.putObject("paths");
      ObjectNode all = document.putObject("components").putObject("schemas");
      components.forEach(name -> all.set(name, schema(3)));
      return document;
    }

    private ObjectNode schema(int depth) {
      ObjectNode schema = JSON.createObjectNode();
      sometimes(4, () -> schema.put("title", pick("Order", "T")));
      sometimes(4, () -> schema.put("description", "It is."));
      sometimes(3, () -> schema.put("nullable", random.nextInt(4) > 0));
      sometimes(6, () -> schema.put("readOnly", true));
      sometimes(6, () -> schema.putObject("example").put("id", 1.5).putNull("$ref"));
      sometimes(6, () -> schema.putObject("default").put("const", 1));
      sometimes(6, () -> schema.putObject("x-amazon-events-detail").put("nullable", true));
      switch (random.nextInt(depth == 0 ? 3 : 7)) {
        case 0 -> reference(schema);
        case 1 -> scalar(schema);
        case 2 -> sometimes(2, () -> schema.putArray("enum").add("a").add(1));
        case 3 -> schema.put("type", "array").set("items", schema(depth - 1));
        case 4 -> combined(schema, depth);
        case 5 -> {
          schema.put("type", "object");
          schema.set("additionalProperties", schema(depth - 1));
        }
        default -> object(schema, depth);
      }
      return schema;
    }

    private void reference(ObjectNode schema) {
      if (!components.isEmpty()) {
        schema.put("$ref", "#/components/schemas/" + pick(components.toArray(String[]::new)));
      }
    }

    private void scalar(ObjectNode schema) {
      if (random.nextBoolean()) {
        schema.put("type", "string").put("minLength", 1).put("pattern", "^a").put("format", "date");
        sometimes(2, () -> schema.putArray("enum").add("a"));
        sometimes(4, () -> schema.withArray("enum").addNull());
      } else {
        schema.put("type", pick("number", "integer")).put("minimum", 1).put("multipleOf", 0.5);
        schema.put("exclusiveMinimum", random.nextBoolean());
      }
    }

    private void combined(ObjectNode schema, int depth) {
      sometimes(3, () -> schema.put("type", "object"));
      sometimes(4, () -> schema.set("not", schema(depth - 1)));
      ArrayNode alternatives = schema.putArray(pick("allOf", "anyOf", "oneOf"));
      for (int i = random.nextInt(2); i >= 0; i--) {
        alternatives.add(schema(depth - 1));
      }
    }

    private void object(ObjectNode schema, int depth) {
      schema.put("type", "object").put("additionalProperties", random.nextBoolean());
      ObjectNode properties = schema.putObject("properties");
      for (int i = random.nextInt(4); i > 0; i--) {
        properties.set(pick(NAMES.toArray(String[]::new)), schema(depth - 1));
      }
      sometimes(2, () -> schema.putArray("required").add("p"));
    }

    private String pick(String... words) {
      return words[random.nextInt(words.length)];
    }

    private void sometimes(int oneOf, Runnable then) {
      if (random.nextInt(oneOf) == 0) {
        then.run();
      }
    }
  }

  /** Makes schemas of draft 4 that say much of null and of types. */
  private static final class Drafts {
    private static final List<String> TYPES =
        List.of("string", "integer", "number", "boolean", "array", "object", "null");

    private final Random random;

    Drafts(Random random) {
      this.random = random;
    }

    JsonNode root() {
      ObjectNode root = schema(3);
      root.put("title", "Thing");
      ObjectNode definitions = root.putObject("definitions");
      definitions.set("One", typed());
      definitions
          .putObject("Two")
          .put("type", "object")
          .putObject("properties")
          .set("p", schema(1));
      return root;
    }

    private ObjectNode schema(int depth) {
      return switch (random.nextInt(depth == 0 ? 2 : 7)) {
        case 0 -> typed();
        case 1 ->
            JSON.createObjectNode()
                .put(
                    "$ref", "#" + (random.nextBoolean() ? "/definitions/One" : "/definitions/Two"));
        case 2, 3 -> orNull(depth);
        case 4 -> {
          ObjectNode list = typed();
          list.set("items", schema(depth - 1));
          yield list;
        }
        case 5 -> {
          ObjectNode object = typed();
          object.putObject("properties").set("p", schema(depth - 1));
          yield object;
        }
        default -> {
          ObjectNode combined = random.nextBoolean() ? typed() : JSON.createObjectNode();
          combined
              .putArray(random.nextBoolean() ? "anyOf" : "oneOf")
              .add(schema(depth - 1))
              .add(typed());
          yield combined;
        }
      };
    }

    private ObjectNode typed() {
      ObjectNode schema = JSON.createObjectNode();
      ArrayNode types = JSON.createArrayNode();
      for (String type : TYPES) {
        if (random.nextInt(3) == 0) {
          types.add(type);
        }
      }
      if (types.size() > 1 || types.size() == 1 && !types.path(0).asText().equals("null")) {
        schema.set("type", types.size() == 1 && random.nextBoolean() ? types.path(0) : types);
      }
      if (random.nextInt(4) == 0) {
        schema.putArray("enum").add("a").add(1);
        if (random.nextBoolean()) {
          schema.withArray("enum").addNull();
        }
      }
      return schema;
    }

    private ObjectNode orNull(int depth) {
      ObjectNode schema = JSON.createObjectNode();
      if (random.nextInt(3) == 0) {
        schema.put("description", "Perhaps.");
      }
      ArrayNode alternatives = schema.putArray(random.nextInt(3) == 0 ? "oneOf" : "anyOf");
      int others = 1 + random.nextInt(2);
      int place = random.nextInt(others + 1);
      for (int i = 0; i <= others; i++) {
        if (i == place) {
          alternatives.addObject().put("type", "null");
        } else {
          alternatives.add(schema(depth - 1));
        }
      }
      return schema;
    }
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }
}
