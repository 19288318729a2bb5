package dev.onboard.local.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onboard.local.Rooms;
import dev.onboard.local.schemas.binding.Compiled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.BadRequestException;
import software.amazon.awssdk.services.schemas.model.NotFoundException;
import software.amazon.awssdk.services.schemas.model.Type;

class CodeBindingsTest {
  private static final String NAME = "acme.shop@OrderPlaced";
  private static final String EVENT =
      "{\"version\":\"0\",\"id\":\"i\",\"detail-type\":\"OrderPlaced\",\"source\":\"acme.shop\","
          + "\"account\":\"1\",\"time\":\"2026-01-01T00:00:00Z\",\"region\":\"r\","
          + "\"resources\":[],\"detail\":{\"total\":12.50,\"lines\":[{\"sku\":\"a\",\"n\":2}]}}";

  @TempDir Path folder;
  private Rooms rooms;
  private SchemasClient schemas;

  @BeforeEach
  void open() {
    rooms = Rooms.open(folder, env -> List.of(new LocalSchemas(env)));
    schemas = rooms.client(SchemasClient.class);
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  void binding_isMadeDescribedAndFetched_andItsRecordsReadEvents() throws IOException {
    create();
    var put = schemas.putCodeBinding(r -> r.registryName("r").schemaName(NAME).language("Java8"));
    assertThat(put.statusAsString()).isEqualTo("CREATE_IN_PROGRESS");
    assertThat(put.schemaVersion()).isEqualTo("1");
    rooms.clock.advance(Duration.ofMinutes(1));
    schemas.putCodeBinding(r -> r.registryName("r").schemaName(NAME).language("Java8"));
    close();
    open();
    var described =
        schemas.describeCodeBinding(r -> r.registryName("r").schemaName(NAME).language("Java8"));
    assertThat(described.statusAsString()).isEqualTo("CREATE_COMPLETE");
    assertThat(described.creationDate()).isEqualTo(Rooms.START);
    assertThat(described.lastModified()).isEqualTo(Rooms.START.plusSeconds(60));
    Map<String, String> sources = sources();
    assertThat(sources.keySet())
        .containsExactlyInAnyOrder(
            "schema/acme_shop/orderplaced/AWSEvent.java",
            "schema/acme_shop/orderplaced/OrderPlaced.java",
            "schema/acme_shop/orderplaced/OrderPlacedItem.java",
            "schema/acme_shop/orderplaced/marshaller/Marshaller.java");
    assertThat(sources.get("schema/acme_shop/orderplaced/OrderPlaced.java"))
        .contains("@JsonIgnoreProperties(ignoreUnknown = true)")
        .contains("@JsonProperty(\"total\") java.math.BigDecimal total");
    Compiled binding = Compiled.of(sources);
    String newer = EVENT.replace("\"sku\"", "\"newer\":{\"x\":1},\"sku\"");
    assertThat(binding.write(binding.readEvent("OrderPlaced", newer)))
        .contains("\"lines\":[{\"n\":2,\"sku\":\"a\"}]")
        .contains("\"total\":12.50")
        .doesNotContain("newer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Python36", "TypeScript3", "Go1"})
  void otherLanguages_areRefusedByName(String language) {
    create();
    assertThatThrownBy(() ->
            schemas.putCodeBinding(r -> r.registryName("r").schemaName(NAME).language(language)))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("schemas:PutCodeBinding with Language " + language);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"type\":\"array\"", "\"anyOf\":[{},{}]", "\"properties\":{\"\":{}}"})
  void schemaOfWhichNoRecordCanBeMade_isRefused(String content) {
    schemas.createRegistry(r -> r.registryName("r"));
    schemas.createSchema(r ->
        r.registryName("r")
            .schemaName("s")
            .type("JSONSchemaDraft4")
            .content("{\"$schema\":\"http://json-schema.org/draft-04/schema#\"," + content + "}"));
    assertThatThrownBy(() ->
            schemas.putCodeBinding(r -> r.registryName("r").schemaName("s").language("Java8")))
        .isInstanceOf(BadRequestException.class)
        .hasMessageStartingWith("Schema s makes no Java code: ");
  }

  @Test
  void whatIsNotThere_isNotFound() {
    create();
    assertThatThrownBy(() ->
            schemas.describeCodeBinding(
                r -> r.registryName("r").schemaName(NAME).language("Java8")))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() ->
            schemas.putCodeBinding(
                r -> r.registryName("r").schemaName(NAME).schemaVersion("2").language("Java8")))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() ->
            schemas.putCodeBinding(r -> r.registryName("r").schemaName(NAME).language("Cobol")))
        .isInstanceOf(BadRequestException.class);
    schemas.putCodeBinding(r -> r.registryName("r").schemaName(NAME).language("Java8"));
    schemas.deleteSchema(r -> r.registryName("r").schemaName(NAME));
    create(false);
    assertThatThrownBy(() ->
            schemas.getCodeBindingSource(
                r -> r.registryName("r").schemaName(NAME).language("Java8")))
        .isInstanceOf(NotFoundException.class);
  }

  private void create() {
    create(true);
  }

  private void create(boolean withRegistry) {
    if (withRegistry) {
      schemas.createRegistry(r -> r.registryName("r"));
    }
    String content =
        schemas.getDiscoveredSchema(r -> r.type(Type.OPEN_API3).events(EVENT)).content();
    schemas.createSchema(
        r -> r.registryName("r").schemaName(NAME).type("OpenApi3").content(content));
  }

  private Map<String, String> sources() throws IOException {
    byte[] zip =
        schemas
            .getCodeBindingSource(r -> r.registryName("r").schemaName(NAME).language("Java8"))
            .body()
            .asByteArray();
    var sources = new LinkedHashMap<String, String>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        sources.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return sources;
  }
}
