package dev.onboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.Type;

/** Schemas as they are printed, against a runtime that serves the deployed stack. */
class SchemaCommandTest {
  private static final String REGISTRY = "parcels";
  private static final String FIRST =
      """
      {"$schema": "http://json-schema.org/draft-04/schema#", "title": "Sent", "type": "object",
       "x-amazon-events-source": "parcels", "x-amazon-events-detail-type": "Sent",
       "definitions": {"Weight": {"type": ["number", "null"], "minimum": 0, "exclusiveMinimum": true}},
       "properties": {"detail-type": {"type": "string"}, "source": {"type": "string"},
         "detail": {"type": "object", "description": "Für Zoë",
           "properties": {"weight": {"$ref": "#/definitions/Weight"}}}}}\
      """;
  private static final String SECOND =
      FIRST.replace(
          "\"type\": \"object\", \"description\"", "\"dependencies\": {}, \"description\"");

  @RegisterExtension static final DeployedRuntime STACK = new DeployedRuntime();

  private static Clients clients;
  private static SchemasClient schemas;

  @BeforeAll
  static void register() {
    clients = STACK.runtime().clients();
    schemas = clients.schemas();
    schemas.createRegistry(c -> c.registryName(REGISTRY));
    create("parcels@Sent-v1", Type.JSON_SCHEMA_DRAFT4, FIRST);
    schemas.updateSchema(
        u -> u.registryName(REGISTRY).schemaName("parcels@Sent-v1").content(SECOND));
  }

  @AfterAll
  static void remove() {
    for (var schema : schemas.listSchemas(l -> l.registryName(REGISTRY)).schemas()) {
      schemas.deleteSchema(d -> d.registryName(REGISTRY).schemaName(schema.schemaName()));
    }
    schemas.deleteRegistry(d -> d.registryName(REGISTRY));
    clients.close();
  }

  @Test
  void schemaOfDraft4_isPrintedAsItIs() {
    String registered =
        schemas
            .describeSchema(
                d -> d.registryName("onboard-dev").schemaName("onboard.users@UserCreated-v1"))
            .content();
    for (Ran ran :
        new Ran[] {
          STACK.command("schema", "UserCreated"),
          STACK.command("schema", "onboard.users@UserCreated", "--as", "draft4")
        }) {
      assertThat(ran.exitCode()).as(ran.err()).isZero();
      assertThat(ran.out()).isEqualTo(registered + System.lineSeparator());
      assertThat(ran.err()).isEmpty();
    }
  }

  @Test
  void draft4_madeOpenApi_isRegisteredAsSuchAndComesBack() throws JsonProcessingException {
    Ran ran = ofParcels("Sent", "--version", "1", "--as", "openapi3");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    JsonNode components = json(ran.out()).at("/components/schemas");
    assertThat(components.fieldNames()).toIterable().containsExactly("AWSEvent", "Weight");
    assertThat(components.at("/AWSEvent/x-amazon-events-source").asText()).isEqualTo("parcels");
    assertThat(components.at("/AWSEvent/properties/detail/description").asText())
        .isEqualTo("Für Zoë");
    create("open", Type.OPEN_API3, ran.out());
    assertThat(json(ofParcels("open", "--as", "draft4").out())).isEqualTo(json(FIRST));
    assertThat(ofParcels("open", "--as", "OpenApi3").out()).isEqualTo(ran.out());
  }

  @Test
  void everySchemaOfTheStack_canBeOpenApi() throws JsonProcessingException {
    for (var schema : schemas.listSchemas(l -> l.registryName("onboard-dev")).schemas()) {
      Ran ran = STACK.command("schema", schema.schemaName(), "--as", "openapi3");
      assertThat(ran.exitCode()).as(ran.err()).isZero();
      assertThat(json(ran.out()).path("openapi").asText()).isEqualTo("3.0.0");
    }
  }

  @Test
  void whatOpenApiCannotSay_isOneLineWithItsPlace() {
    Ran ran = ofParcels("Sent", "--as", "openapi3");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .isEqualToIgnoringNewLines(
            "onboard: the schema parcels@Sent-v1 cannot be OpenAPI: "
                + "/properties/detail/dependencies: OpenAPI 3.0 has no dependencies");
  }

  @Test
  void unknownNames_areOneLineWithTheNearest() {
    assertThat(failed("schema", "UserCraeted"))
        .isEqualTo(
            "onboard: the registry onboard-dev has no schema for UserCraeted;"
                + " did you mean UserCreated?");
    assertThat(failed("schema", "Sent", "--registry", "parcel"))
        .isEqualTo("onboard: there is no registry parcel; did you mean parcels?");
    assertThat(failed("schema", "Sent", "--registry", REGISTRY, "--version", "9"))
        .isEqualTo("onboard: the schema parcels@Sent-v1 has no version 9; it has 2, 1");
  }

  private static String failed(Object... words) {
    Ran ran = STACK.command(words);
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    return ran.err().strip();
  }

  private static Ran ofParcels(String name, Object... more) {
    var words = new ArrayList<Object>(List.of("schema", name));
    words.addAll(List.of(more));
    words.addAll(List.of("--registry", REGISTRY));
    return STACK.command(words.toArray());
  }

  private static void create(String name, Type type, String content) {
    schemas.createSchema(
        c -> c.registryName(REGISTRY).schemaName(name).type(type).content(content));
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return RuntimeEndpoint.JSON.readTree(text);
  }
}
