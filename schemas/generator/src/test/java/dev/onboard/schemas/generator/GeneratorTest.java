package dev.onboard.schemas.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {

  private static final String SCHEMA =
      """
      {"$schema": "http://json-schema.org/draft-04/schema#", "id": "urn:shop:orders:OrderPlaced:v%d",
       "title": "OrderPlaced", "description": "Somebody <ordered>.", "type": "object", "required": ["id", "state"],
       "properties": {
         "id": {"type": "integer", "maximum": 9007199254740991},
         "state": {"type": "string", "enum": ["new", "paid-for"]},
         "total": {"type": "number"},
         "gift": {"type": "boolean"},
         "lines": {"type": "array", "items": {"type": "object", "properties": {"sku": {"type": "string"%s}}}},
         "tags": {"type": "object", "additionalProperties": {"type": "string"}},
         "class": {"type": "string"}%s}}
      """;

  @TempDir Path schemas;
  @TempDir Path target;

  @BeforeEach
  void oneVersion() throws IOException {
    write("v1/1.0.json", SCHEMA.formatted(1, "", ""));
    write("v1/examples/1.0-new.json", "{\"id\": 1, \"state\": \"new\"}");
  }

  @Test
  void everyKindOfField_becomesJava() throws IOException {
    generate();

    assertThat(target.resolve("shop/events/package-info.java")).content().contains("@NullMarked");
    assertThat(target.resolve("shop/events/OrderPlaced.java"))
        .content()
        .contains(
            "@JsonIgnoreProperties(",
            "ignoreUnknown = true",
            "Somebody &lt;ordered>.",
            "Long id,",
            "OrderPlaced.State state",
            "@Nullable BigDecimal total",
            "@Nullable Boolean gift",
            "@Nullable List<OrderPlaced.Line> lines",
            "@Nullable Map<String, String> tags",
            "@JsonProperty(\"class\") @Nullable String _class",
            "@JsonProperty(\"paid-for\")",
            "PAID_FOR",
            "public static OrderPlaced of(Long id, State state)",
            "withTotal(",
            "SCHEMA_VERSION = \"1.0\"",
            "SCHEMA = \"shop.orders@OrderPlaced-v1\"");
  }

  @Test
  void everyKindOfField_compiles() throws IOException {
    generate();

    int problems =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-classpath",
                System.getProperty("java.class.path"),
                target.resolve("shop/events/package-info.java").toString(),
                target.resolve("shop/events/OrderPlaced.java").toString());

    assertThat(problems).isZero();
  }

  @Test
  void newestMinorVersion_isGenerated() throws IOException {
    write("v1/1.10.json", SCHEMA.formatted(1, "", ", \"note\": {\"type\": \"string\"}"));
    write("v1/1.9.json", SCHEMA.formatted(1, "", ""));
    write("v1/examples/1.9-new.json", "{\"id\": 1, \"state\": \"new\"}");
    write("v1/examples/1.10-new.json", "{\"id\": 1, \"state\": \"new\", \"note\": \"n\"}");

    generate();

    assertThat(target.resolve("shop/events/OrderPlaced.java"))
        .content()
        .contains("SCHEMA_VERSION = \"1.10\"", "String note");
  }

  @Test
  void nextMajorVersion_isATypeOfItsOwnAndNeedNotBeCompatible() throws IOException {
    write("v2/2.0.json", SCHEMA.formatted(2, ", \"minLength\": 9", ""));
    write("v2/examples/2.0-new.json", "{\"id\": 1, \"state\": \"new\"}");

    generate();

    assertThat(target.resolve("shop/events/OrderPlaced.java")).exists();
    assertThat(target.resolve("shop/events/OrderPlacedV2.java")).exists();
  }

  @Test
  void incompatibleChange_failsTheBuildNamingFileFieldAndRule() throws IOException {
    write("v1/1.1.json", SCHEMA.formatted(1, ", \"minLength\": 3", ""));
    write("v1/examples/1.1-new.json", "{\"id\": 1, \"state\": \"new\"}");

    assertThatThrownBy(this::generate)
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining(
            "shop.orders/OrderPlaced/v1/1.1.json: lines[].sku: minLength-tightened: "
                + "consumers of the newer version refuse events of the older one, which are archived"
                + " (against 1.0)");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void fieldThatComesBackWithAnotherType_isComparedWithAllEarlierVersions() throws IOException {
    write(
        "v1/1.1.json",
        SCHEMA.formatted(1, "", "").replace(",\n   \"class\": {\"type\": \"string\"}", ""));
    write(
        "v1/1.2.json",
        SCHEMA
            .formatted(1, "", "")
            .replace("\"class\": {\"type\": \"string\"}", "\"class\": {\"type\": \"integer\"}"));
    write("v1/examples/1.1-new.json", "{\"id\": 1, \"state\": \"new\"}");
    write("v1/examples/1.2-new.json", "{\"id\": 1, \"state\": \"new\", \"class\": 1}");

    assertThatThrownBy(this::generate)
        .hasMessageContaining("v1/1.2.json: class: type-changed: ")
        .hasMessageContaining("(against 1.0)")
        .hasMessageNotContaining("(against 1.1)");
  }

  @Test
  void exampleThatAVersionRefuses_failsTheBuildNamingBoth() throws IOException {
    write("v1/examples/1.0-wrong.json", "{\"id\": \"one\", \"state\": \"new\"}");

    assertThatThrownBy(this::generate)
        .hasMessageContaining(
            "shop.orders/OrderPlaced/v1/examples/1.0-wrong.json: not valid under 1.0: /id");
  }

  @Test
  void counterExampleThatAVersionAccepts_failsTheBuild() throws IOException {
    write("v1/counter-examples/fine.json", "{\"id\": 1, \"state\": \"new\"}");

    assertThatThrownBy(this::generate)
        .hasMessageContaining("counter-examples/fine.json: 1.0 accepts this counter-example");
  }

  @Test
  void versionWithoutExample_failsTheBuild() throws IOException {
    write("v1/1.1.json", SCHEMA.formatted(1, "", ""));

    assertThatThrownBy(this::generate)
        .hasMessageContaining("v1/1.1.json: no example of it, examples/1.1-<what>.json");
  }

  @Test
  void misnamedFiles_areRefusedByName() throws IOException {
    write("v1/2.0.json", SCHEMA.formatted(1, "", ""));

    assertThatThrownBy(this::generate)
        .hasMessage(
            "shop.orders/OrderPlaced/v1/2.0.json: a version of v1 is called 1.<minor>.json");
  }

  @Test
  void nullInASchema_isRefusedBecauseCloudFormationWould() throws IOException {
    write("v1/1.0.json", SCHEMA.formatted(1, ", \"default\": null", ""));

    assertThatThrownBy(this::generate)
        .hasMessageContaining("v1/1.0.json: a null; CloudFormation refuses it in an included file");
  }

  @Test
  void recordOfASchemaThatIsGone_isDeleted() throws IOException {
    Files.createDirectories(target.resolve("shop/events"));
    Files.writeString(target.resolve("shop/events/Gone.java"), "");

    generate();

    assertThat(target.resolve("shop/events/Gone.java")).doesNotExist();
  }

  private void generate() throws IOException {
    Generator.generate(schemas, "shop.events", target);
  }

  private void write(String file, String text) throws IOException {
    Path path = schemas.resolve("shop.orders/OrderPlaced").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
