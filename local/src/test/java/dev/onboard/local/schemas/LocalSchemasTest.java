package dev.onboard.local.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onboard.local.Rooms;
import dev.onboard.local.call.AwsErrors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.RegistrySummary;
import software.amazon.awssdk.services.schemas.model.SchemaSummary;
import software.amazon.awssdk.services.schemas.model.SchemaVersionSummary;
import software.amazon.awssdk.services.schemas.model.SearchSchemaVersionSummary;

class LocalSchemasTest {
  private static final String DRAFT = "\"$schema\":\"http://json-schema.org/draft-04/schema#\"";
  private static final String FIRST =
      "{" + DRAFT + ",\"type\":\"object\",\"properties\":{\"email\":{\"type\":\"string\"}}}";
  private static final String SECOND =
      "{" + DRAFT + ",\"type\":\"object\",\"properties\":{\"phone\":{\"type\":\"string\"}}}";

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
  void registry_isCreatedDescribedListedAndDeleted() {
    var created =
        schemas.createRegistry(
            r -> r.registryName("mine").description("d").tags(Map.of("team", "a")));
    String arn = "arn:aws:schemas:us-east-1:000000000000:registry/mine";
    assertThat(created.registryArn()).isEqualTo(arn);
    schemas.updateRegistry(r -> r.registryName("mine").description("e"));
    assertThat(schemas.describeRegistry(r -> r.registryName("mine")).description()).isEqualTo("e");
    assertThat(schemas.listRegistries(r -> r.registryNamePrefix("mi")).registries())
        .containsExactly(
            RegistrySummary.builder()
                .registryArn(arn)
                .registryName("mine")
                .tags(Map.of("team", "a"))
                .build());
    create("one", FIRST);
    assertRefused(
        () -> schemas.deleteRegistry(r -> r.registryName("mine")), 409, "ConflictException");
    schemas.deleteSchema(r -> r.registryName("mine").schemaName("one"));
    schemas.deleteRegistry(r -> r.registryName("mine"));
    assertRefused(
        () -> schemas.describeRegistry(r -> r.registryName("mine")), 404, "NotFoundException");
  }

  @Test
  void updateWithOtherContent_makesTheNextVersion_andOldOnesStay() {
    schemas.createRegistry(r -> r.registryName("mine"));
    assertThat(create("users@Created-v1", FIRST)).isEqualTo("1");
    rooms.clock.advance(Duration.ofMinutes(1));
    assertThat(update("users@Created-v1", SECOND)).isEqualTo("2");
    assertThat(update("users@Created-v1", " " + SECOND)).isEqualTo("2");
    rooms.close();
    open();
    var newest = schemas.describeSchema(r -> r.registryName("mine").schemaName("users@Created-v1"));
    assertThat(newest.schemaVersion()).isEqualTo("2");
    assertThat(newest.content()).isEqualTo(SECOND);
    assertThat(newest.schemaArn())
        .isEqualTo("arn:aws:schemas:us-east-1:000000000000:schema/mine/users@Created-v1");
    assertThat(newest.versionCreatedDate()).isEqualTo(Rooms.START.plusSeconds(60));
    assertThat(
            schemas
                .describeSchema(
                    r -> r.registryName("mine").schemaName("users@Created-v1").schemaVersion("1"))
                .content())
        .isEqualTo(FIRST);
    assertThat(
            schemas
                .listSchemaVersions(r -> r.registryName("mine").schemaName("users@Created-v1"))
                .schemaVersions())
        .extracting(SchemaVersionSummary::schemaVersion)
        .containsExactly("2", "1");
  }

  @Test
  void deletedVersion_leavesItsNumberUnused() {
    schemas.createRegistry(r -> r.registryName("mine"));
    create("s", FIRST);
    assertRefused(() -> deleteVersion("1"), 400, "BadRequestException");
    update("s", SECOND);
    deleteVersion("2");
    assertThat(schemas.describeSchema(r -> r.registryName("mine").schemaName("s")).content())
        .isEqualTo(FIRST);
    assertThat(update("s", SECOND)).isEqualTo("3");
    assertRefused(() -> deleteVersion("2"), 404, "NotFoundException");
  }

  @Test
  void schemas_areListedAndSearched() {
    schemas.createRegistry(r -> r.registryName("mine"));
    create("b", FIRST);
    create("a", SECOND);
    update("b", SECOND);
    assertThat(schemas.listSchemas(r -> r.registryName("mine")).schemas())
        .extracting(SchemaSummary::schemaName, SchemaSummary::versionCount)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", 1L),
            org.assertj.core.groups.Tuple.tuple("b", 2L));
    var page = schemas.listSchemas(r -> r.registryName("mine").limit(1));
    assertThat(
            schemas
                .listSchemas(r -> r.registryName("mine").limit(1).nextToken(page.nextToken()))
                .schemas())
        .extracting(SchemaSummary::schemaName)
        .containsExactly("b");
    var found = schemas.searchSchemas(r -> r.registryName("mine").keywords("Email")).schemas();
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().schemaVersions())
        .extracting(SearchSchemaVersionSummary::schemaVersion)
        .containsExactly("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "JSONSchemaDraft4 | {\"type\":\"object\"} | Content is not valid: it must have $schema.",
        "JSONSchemaDraft4 | {DRAFT,\"type\":\"text\"} | Content is not valid: /type must be one of"
            + " [array, boolean, integer, null, number, object, string].",
        "JSONSchemaDraft4 | {DRAFT,\"properties\":{\"a\":{\"required\":true}}} | Content is not"
            + " valid: /properties/a/required must be a list that is not empty.",
        "JSONSchemaDraft4 | {DRAFT | Content is not valid JSON: Unexpected end-of-input: expected"
            + " close marker for Object (start marker at line 1, column 1)",
        "JSONSchemaDraft4 | [] | Content is not valid: it must be a JSON object.",
        "OpenApi3 | {\"openapi\":\"2.0\"} | Content is not valid: /openapi must be a version"
            + " 3.x.y.",
        "Avro | {} | Type must be one of"
      })
  void contentThatIsNotOfItsType_isRefused(String type, String content, String message) {
    schemas.createRegistry(r -> r.registryName("mine"));
    assertThatThrownBy(() ->
            schemas.createSchema(r ->
                r.registryName("mine")
                    .schemaName("s")
                    .type(type)
                    .content(content.replace("DRAFT", DRAFT))))
        .hasMessageStartingWith(message);
  }

  @Test
  void openApi_isTaken_andItsTypeStays() {
    schemas.createRegistry(r -> r.registryName("mine"));
    schemas.createSchema(r ->
        r.registryName("mine")
            .schemaName("s")
            .type("OpenApi3")
            .content(
                "{\"openapi\":\"3.0.0\",\"info\":{\"title\":\"t\",\"version\":\"1.0.0\"},"
                    + "\"paths\":{},\"components\":{\"schemas\":{\"A\":{\"type\":\"object\"}}}}"));
    assertRefused(
        () ->
            schemas.updateSchema(r ->
                r.registryName("mine").schemaName("s").type("JSONSchemaDraft4").content(FIRST)),
        400,
        "BadRequestException");
  }

  @Test
  void resourcePolicy_hasRevisions() {
    schemas.createRegistry(r -> r.registryName("mine"));
    assertRefused(
        () -> schemas.getResourcePolicy(r -> r.registryName("mine")), 404, "NotFoundException");
    String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";
    var put = schemas.putResourcePolicy(r -> r.registryName("mine").policy(policy));
    assertThat(schemas.getResourcePolicy(r -> r.registryName("mine")).policy()).isEqualTo(policy);
    assertRefused(
        () ->
            schemas.putResourcePolicy(
                r -> r.registryName("mine").policy(policy).revisionId("other")),
        412,
        "PreconditionFailedException");
    schemas.putResourcePolicy(
        r -> r.registryName("mine").policy(policy).revisionId(put.revisionId()));
    schemas.deleteResourcePolicy(r -> r.registryName("mine"));
    assertRefused(
        () -> schemas.getResourcePolicy(r -> r.registryName("mine")), 404, "NotFoundException");
  }

  @Test
  void tags_areKeptPerResource() {
    schemas.createRegistry(r -> r.registryName("mine"));
    create("s", FIRST);
    String arn = "arn:aws:schemas:us-east-1:000000000000:schema/mine/s";
    schemas.tagResource(r -> r.resourceArn(arn).tags(Map.of("a", "1", "b", "2")));
    schemas.untagResource(r -> r.resourceArn(arn).tagKeys("a"));
    assertThat(schemas.listTagsForResource(r -> r.resourceArn(arn)).tags())
        .containsExactly(Map.entry("b", "2"));
    assertRefused(
        () -> schemas.listTagsForResource(r -> r.resourceArn(arn + "x")), 404, "NotFoundException");
  }

  @Test
  void openApi_isExportedAsDraft4_asAwsDoesIt() {
    schemas.createRegistry(r -> r.registryName("mine"));
    schemas.createSchema(r ->
        r.registryName("mine")
            .schemaName("s")
            .type("OpenApi3")
            .content(
                "{\"openapi\":\"3.0.0\",\"info\":{\"title\":\"Trail\",\"version\":\"1\"},"
                    + "\"paths\":{},\"components\":{\"schemas\":{"
                    + "\"Part\":{\"type\":\"object\",\"properties\":{"
                    + "\"part\":{\"$ref\":\"#/components/schemas/Part\"}}},"
                    + "\"AWSEvent\":{\"type\":\"object\",\"x-amazon-events-source\":\"aws.s3\","
                    + "\"required\":[\"detail\"],\"properties\":{"
                    + "\"readOnly\":{\"type\":\"boolean\",\"readOnly\":true},"
                    + "\"detail\":{\"type\":\"object\",\"nullable\":true},"
                    + "\"kind\":{\"type\":\"string\",\"enum\":[\"a\"],\"nullable\":true},"
                    + "\"part\":{\"$ref\":\"#/components/schemas/Part\"}}}}}}"));
    var exported =
        schemas.exportSchema(r -> r.registryName("mine").schemaName("s").type("JSONSchemaDraft4"));
    assertThat(exported.content())
        .isEqualTo(
            "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"title\":\"Trail\","
                + "\"definitions\":{\"Part\":{\"properties\":{"
                + "\"part\":{\"$ref\":\"#/definitions/Part\"}},\"type\":\"object\"}},"
                + "\"properties\":{\"detail\":{\"type\":[\"object\",\"null\"]},"
                + "\"kind\":{\"enum\":[\"a\",null],\"type\":[\"string\",\"null\"]},"
                + "\"part\":{\"$ref\":\"#/definitions/Part\"},"
                + "\"readOnly\":{\"type\":\"boolean\","
                + "\"x-amazon-open-api-schema-readOnly\":true}},"
                + "\"required\":[\"detail\"],\"type\":\"object\","
                + "\"x-amazon-events-source\":\"aws.s3\"}");
    assertThat(exported.schemaVersion()).isEqualTo("1");
    assertThat(exported.type()).isEqualTo("JSONSchemaDraft4");
  }

  @Test
  void draft4_isExportedAsItIs_andNothingToOpenApi() {
    schemas.createRegistry(r -> r.registryName("mine"));
    create("s", FIRST);
    update("s", SECOND);
    assertThat(
            schemas
                .exportSchema(r ->
                    r.registryName("mine")
                        .schemaName("s")
                        .schemaVersion("1")
                        .type("JSONSchemaDraft4"))
                .content())
        .isEqualTo(FIRST);
    assertRefused(
        () -> schemas.exportSchema(r -> r.registryName("mine").schemaName("s").type("OpenApi3")),
        400,
        "BadRequestException");
  }

  private String create(String name, String content) {
    return schemas
        .createSchema(
            r -> r.registryName("mine").schemaName(name).type("JSONSchemaDraft4").content(content))
        .schemaVersion();
  }

  private String update(String name, String content) {
    return schemas
        .updateSchema(r -> r.registryName("mine").schemaName(name).content(content))
        .schemaVersion();
  }

  private void deleteVersion(String version) {
    schemas.deleteSchemaVersion(r -> r.registryName("mine").schemaName("s").schemaVersion(version));
  }

  private static void assertRefused(ThrowingCallable call, int status, String code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            e -> {
              assertThat(AwsErrors.code(e)).isEqualTo(code);
              assertThat(e.statusCode()).isEqualTo(status);
            });
  }
}
