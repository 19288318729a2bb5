package dev.onboard.local.schemas;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Tx;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.schemas.model.ListSchemaVersionsRequest;
import software.amazon.awssdk.services.schemas.model.ListSchemaVersionsResponse;
import software.amazon.awssdk.services.schemas.model.ListSchemasRequest;
import software.amazon.awssdk.services.schemas.model.ListSchemasResponse;
import software.amazon.awssdk.services.schemas.model.SchemaSummary;
import software.amazon.awssdk.services.schemas.model.SchemaVersionSummary;
import software.amazon.awssdk.services.schemas.model.SearchSchemaSummary;
import software.amazon.awssdk.services.schemas.model.SearchSchemaVersionSummary;
import software.amazon.awssdk.services.schemas.model.SearchSchemasRequest;
import software.amazon.awssdk.services.schemas.model.SearchSchemasResponse;

/** The schemas and versions of a registry, listed and searched. */
final class SchemaLists {
  private final Environment env;
  private final SchemaVersions versions;
  private final Tags tags;

  SchemaLists(Environment env, SchemaVersions versions, Tags tags) {
    this.env = env;
    this.versions = versions;
    this.tags = tags;
  }

  ListSchemasResponse schemas(ListSchemasRequest request) {
    String prefix = request.schemaNamePrefix() == null ? "" : request.schemaNamePrefix();
    List<SchemaSummary> all =
        env.store()
            .read(tx -> {
              Registries.require(tx, request.registryName());
              return tx.list(
                  "SELECT s.name, s.modified, count(*) FROM schemas_schema s"
                      + " JOIN schemas_version v"
                      + " ON v.registry = s.registry AND v.name = s.name"
                      + " WHERE s.registry = ? AND substr(s.name, 1, ?) = ?"
                      + " GROUP BY s.name, s.modified ORDER BY s.name",
                  r ->
                      SchemaSummary.builder()
                          .schemaName(r.string(1))
                          .schemaArn(versions.arn(request.registryName(), r.string(1)))
                          .lastModified(r.instant("modified"))
                          .versionCount(r.number(3))
                          .build(),
                  request.registryName(),
                  prefix.length(),
                  prefix);
            });
    Page<SchemaSummary> page =
        Page.of(all, SchemaSummary::schemaName, request.limit(), request.nextToken());
    return ListSchemasResponse.builder()
        .schemas(
            page.elements().stream()
                .map(s ->
                    s.toBuilder().tags(env.store().read(tx -> tags.of(tx, s.schemaArn()))).build())
                .toList())
        .nextToken(page.token())
        .build();
  }

  /** The versions of a schema, newest first. */
  ListSchemaVersionsResponse versions(ListSchemaVersionsRequest request) {
    List<SchemaVersionSummary> all =
        env.store()
            .read(tx -> {
              Registries.require(tx, request.registryName());
              return tx.list(
                  "SELECT v.version, s.type FROM schemas_version v JOIN schemas_schema s"
                      + " ON s.registry = v.registry AND s.name = v.name"
                      + " WHERE v.registry = ? AND v.name = ? ORDER BY v.version DESC",
                  r ->
                      SchemaVersionSummary.builder()
                          .schemaArn(versions.arn(request.registryName(), request.schemaName()))
                          .schemaName(request.schemaName())
                          .schemaVersion(r.string(1))
                          .type(r.string(2))
                          .build(),
                  request.registryName(),
                  request.schemaName());
            });
    if (all.isEmpty()) {
      throw SchemaErrors.notFound("Schema", request.schemaName());
    }
    Page<SchemaVersionSummary> page =
        Page.of(all, SchemaVersionSummary::schemaVersion, request.limit(), request.nextToken());
    return ListSchemaVersionsResponse.builder()
        .schemaVersions(page.elements())
        .nextToken(page.token())
        .build();
  }

  /** The schemas whose name, or a version's content, has each of the words. */
  SearchSchemasResponse search(SearchSchemasRequest request) {
    if (request.keywords() == null || request.keywords().isBlank()) {
      throw SchemaErrors.badRequest("Keywords must not be empty.");
    }
    List<String> words = List.of(request.keywords().trim().toLowerCase(Locale.ROOT).split("\\s+"));
    List<SearchSchemaSummary> all =
        env.store()
            .read(tx -> {
              Registries.require(tx, request.registryName());
              return tx
                  .list(
                      "SELECT name FROM schemas_schema WHERE registry = ? ORDER BY name",
                      r -> r.string(1),
                      request.registryName())
                  .stream()
                  .map(name -> found(tx, request.registryName(), name, words))
                  .filter(s -> !s.schemaVersions().isEmpty())
                  .toList();
            });
    Page<SearchSchemaSummary> page =
        Page.of(all, SearchSchemaSummary::schemaName, request.limit(), request.nextToken());
    return SearchSchemasResponse.builder().schemas(page.elements()).nextToken(page.token()).build();
  }

  private SearchSchemaSummary found(Tx tx, String registry, String name, List<String> words) {
    List<SearchSchemaVersionSummary> found =
        tx
            .list(
                "SELECT v.version, v.created, v.content, s.type FROM schemas_version v"
                    + " JOIN schemas_schema s ON s.registry = v.registry AND s.name = v.name"
                    + " WHERE v.registry = ? AND v.name = ? ORDER BY v.version DESC",
                r ->
                    new Candidate(
                        (name + ' ' + r.string("content")).toLowerCase(Locale.ROOT),
                        SearchSchemaVersionSummary.builder()
                            .schemaVersion(r.string("version"))
                            .createdDate(r.instant("created"))
                            .type(r.string("type"))
                            .build()),
                registry,
                name)
            .stream()
            .filter(c -> words.stream().allMatch(c.text::contains))
            .map(Candidate::summary)
            .toList();
    return SearchSchemaSummary.builder()
        .registryName(registry)
        .schemaArn(versions.arn(registry, name))
        .schemaName(name)
        .schemaVersions(found)
        .build();
  }

  /** A version that may be found, with the text that is searched. */
  private record Candidate(String text, SearchSchemaVersionSummary summary) {}
}
