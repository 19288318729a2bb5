package dev.onboard.local.schemas;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.schemas.model.CreateSchemaRequest;
import software.amazon.awssdk.services.schemas.model.CreateSchemaResponse;
import software.amazon.awssdk.services.schemas.model.DeleteSchemaRequest;
import software.amazon.awssdk.services.schemas.model.DeleteSchemaResponse;
import software.amazon.awssdk.services.schemas.model.DeleteSchemaVersionRequest;
import software.amazon.awssdk.services.schemas.model.DeleteSchemaVersionResponse;
import software.amazon.awssdk.services.schemas.model.DescribeSchemaRequest;
import software.amazon.awssdk.services.schemas.model.DescribeSchemaResponse;
import software.amazon.awssdk.services.schemas.model.ExportSchemaRequest;
import software.amazon.awssdk.services.schemas.model.ExportSchemaResponse;
import software.amazon.awssdk.services.schemas.model.Type;
import software.amazon.awssdk.services.schemas.model.UpdateSchemaRequest;
import software.amazon.awssdk.services.schemas.model.UpdateSchemaResponse;

/** The schemas and their versions, of which an update with other content makes the next. */
final class SchemaVersions {
  private static final int LONGEST_NAME = 385;
  private static final int LONGEST_DESCRIPTION = 256;
  private static final String SCHEMA =
      "SELECT s.*, v.version, v.content, v.created FROM schemas_schema s"
          + " JOIN schemas_version v ON v.registry = s.registry AND v.name = s.name"
          + " WHERE s.registry = ? AND s.name = ?";

  private final Environment env;
  private final Tags tags;
  private final SchemaEvents events;

  SchemaVersions(Environment env, Tags tags) {
    this.env = env;
    this.tags = tags;
    this.events = new SchemaEvents(env);
  }

  String arn(String registry, String name) {
    return env.arn("schemas", "schema/" + registry + "/" + name);
  }

  CreateSchemaResponse create(CreateSchemaRequest request) {
    SchemaErrors.checkName("SchemaName", request.schemaName(), LONGEST_NAME);
    SchemaErrors.checkLength("Description", request.description(), LONGEST_DESCRIPTION);
    SchemaErrors.checkChoice("Type", request.typeAsString(), Type.knownValues());
    SchemaContent.check(request.type(), request.content());
    String registry = request.registryName();
    String name = request.schemaName();
    Instant now = env.clock().now().truncatedTo(ChronoUnit.SECONDS);
    return env.store()
        .write(tx -> {
          Registries.require(tx, registry);
          if (latest(tx, registry, name).isPresent()) {
            throw SchemaErrors.conflict("Schema with name " + name + " already exists.");
          }
          tx.update(
              "INSERT INTO schemas_schema VALUES (?, ?, ?, ?, ?, 1)",
              registry,
              name,
              request.typeAsString(),
              request.description(),
              now);
          insert(tx, registry, name, 1, request.content(), now);
          tags.put(tx, arn(registry, name), request.tags());
          events.created(arn(registry, name), registry, name, request.typeAsString(), now);
          return CreateSchemaResponse.builder()
              .schemaArn(arn(registry, name))
              .schemaName(name)
              .schemaVersion("1")
              .type(request.typeAsString())
              .description(request.description())
              .lastModified(now)
              .versionCreatedDate(now)
              .tags(request.hasTags() ? request.tags() : null)
              .build();
        });
  }

  UpdateSchemaResponse update(UpdateSchemaRequest request) {
    SchemaErrors.checkLength("Description", request.description(), LONGEST_DESCRIPTION);
    if (request.typeAsString() != null) {
      SchemaErrors.checkChoice("Type", request.typeAsString(), Type.knownValues());
    }
    Instant now = env.clock().now().truncatedTo(ChronoUnit.SECONDS);
    return env.store()
        .write(tx -> {
          Version old = latest(tx, request);
          if (request.typeAsString() != null && !request.typeAsString().equals(old.type)) {
            throw SchemaErrors.badRequest(
                "Type of schema " + old.name + " must stay " + old.type + ".");
          }
          Version next = next(tx, old, request, now);
          tx.update(
              "UPDATE schemas_schema SET description = coalesce(?, description),"
                  + " modified = ?, newest = max(newest, ?) WHERE registry = ? AND name = ?",
              request.description(),
              now,
              next.version,
              old.registry,
              old.name);
          return UpdateSchemaResponse.builder()
              .schemaArn(arn(old.registry, old.name))
              .schemaName(old.name)
              .schemaVersion(Integer.toString(next.version))
              .type(old.type)
              .description(request.description() == null ? old.description : request.description())
              .lastModified(now)
              .versionCreatedDate(next.created)
              .tags(tags.of(tx, arn(old.registry, old.name)))
              .build();
        });
  }

  DescribeSchemaResponse describe(DescribeSchemaRequest request) {
    return env.store()
        .read(tx -> {
          Registries.require(tx, request.registryName());
          Version version =
              request.schemaVersion() == null
                  ? latest(tx, request.registryName(), request.schemaName())
                      .orElseThrow(() -> SchemaErrors.notFound("Schema", request.schemaName()))
                  : version(
                      tx, request.registryName(), request.schemaName(), request.schemaVersion());
          String arn = arn(version.registry, version.name);
          return DescribeSchemaResponse.builder()
              .schemaArn(arn)
              .schemaName(version.name)
              .schemaVersion(Integer.toString(version.version))
              .type(version.type)
              .content(version.content)
              .description(version.description)
              .lastModified(version.modified)
              .versionCreatedDate(version.created)
              .tags(tags.of(tx, arn))
              .build();
        });
  }

  /** A version as JSON Schema draft 4, the one form that AWS exports to. */
  ExportSchemaResponse export(ExportSchemaRequest request) {
    if (!Type.JSON_SCHEMA_DRAFT4.toString().equals(request.type())) {
      throw SchemaErrors.badRequest("Type must be " + Type.JSON_SCHEMA_DRAFT4 + ".");
    }
    DescribeSchemaResponse schema =
        describe(
            DescribeSchemaRequest.builder()
                .registryName(request.registryName())
                .schemaName(request.schemaName())
                .schemaVersion(request.schemaVersion())
                .build());
    return ExportSchemaResponse.builder()
        .schemaArn(schema.schemaArn())
        .schemaName(schema.schemaName())
        .schemaVersion(schema.schemaVersion())
        .type(request.type())
        .content(draft4(schema.type(), schema.content()))
        .build();
  }

  /** Content of either type as JSON Schema draft 4. */
  static String draft4(String type, String content) {
    return type.equals(Type.OPEN_API3.toString()) ? SchemaExport.draft4(content) : content;
  }

  DeleteSchemaResponse delete(DeleteSchemaRequest request) {
    env.store()
        .write(tx -> {
          Registries.require(tx, request.registryName());
          latest(tx, request.registryName(), request.schemaName())
              .orElseThrow(() -> SchemaErrors.notFound("Schema", request.schemaName()));
          for (String table : List.of("schemas_schema", "schemas_version", "schemas_binding")) {
            tx.update(
                "DELETE FROM " + table + " WHERE registry = ? AND name = ?",
                request.registryName(),
                request.schemaName());
          }
          tags.remove(tx, arn(request.registryName(), request.schemaName()));
          return null;
        });
    return DeleteSchemaResponse.builder().build();
  }

  DeleteSchemaVersionResponse deleteVersion(DeleteSchemaVersionRequest request) {
    env.store()
        .write(tx -> {
          Registries.require(tx, request.registryName());
          Version version =
              version(tx, request.registryName(), request.schemaName(), request.schemaVersion());
          if (tx.number(
                  "SELECT count(*) FROM schemas_version WHERE registry = ? AND name = ?",
                  version.registry,
                  version.name)
              == 1) {
            throw SchemaErrors.badRequest(
                "Version "
                    + version.version
                    + " is the only one of schema "
                    + version.name
                    + "; delete the schema instead.");
          }
          for (String table : List.of("schemas_version", "schemas_binding")) {
            tx.update(
                "DELETE FROM " + table + " WHERE registry = ? AND name = ? AND version = ?",
                version.registry,
                version.name,
                version.version);
          }
          return null;
        });
    return DeleteSchemaVersionResponse.builder().build();
  }

  private Version next(Tx tx, Version old, UpdateSchemaRequest request, Instant now) {
    if (request.content() == null) {
      return old;
    }
    SchemaContent.check(Type.fromValue(old.type), request.content());
    if (SchemaContent.same(old.content, request.content())) {
      return old;
    }
    int number = old.newest + 1;
    insert(tx, old.registry, old.name, number, request.content(), now);
    events.versionCreated(
        arn(old.registry, old.name), old.registry, old.name, old.type, number, now);
    return old.at(number, now);
  }

  private static Version latest(Tx tx, UpdateSchemaRequest request) {
    Registries.require(tx, request.registryName());
    return latest(tx, request.registryName(), request.schemaName())
        .orElseThrow(() -> SchemaErrors.notFound("Schema", request.schemaName()));
  }

  private static Optional<Version> latest(Tx tx, String registry, String name) {
    return tx.first(SCHEMA + " ORDER BY v.version DESC LIMIT 1", Version::of, registry, name);
  }

  private static Version version(Tx tx, String registry, String name, @Nullable String number) {
    if (number == null || !number.matches("[1-9][0-9]{0,8}")) {
      throw SchemaErrors.badRequest("SchemaVersion " + number + " must be a number.");
    }
    return tx.first(
            SCHEMA + " AND v.version = ?", Version::of, registry, name, Integer.parseInt(number))
        .orElseThrow(() ->
            latest(tx, registry, name).isEmpty()
                ? SchemaErrors.notFound("Schema", name)
                : SchemaErrors.notFound("Version " + number + " of schema", name));
  }

  private static void insert(
      Tx tx, String registry, String name, int version, String content, Instant now) {
    tx.update(
        "INSERT INTO schemas_version VALUES (?, ?, ?, ?, ?)",
        registry,
        name,
        version,
        content,
        now);
  }

  /**
   * A version of a schema, with what belongs to the schema.
   *
   * @param newest the highest number that a version of it ever had
   */
  private record Version(
      String registry,
      String name,
      String type,
      @Nullable String description,
      Instant modified,
      int newest,
      int version,
      String content,
      Instant created) {
    static Version of(Row row) {
      return new Version(
          row.string("registry"),
          row.string("name"),
          row.string("type"),
          row.stringOrNull("description"),
          row.instant("modified"),
          row.integer("newest"),
          row.integer("version"),
          row.string("content"),
          row.instant("created"));
    }

    Version at(int number, Instant now) {
      return new Version(registry, name, type, description, modified, number, number, content, now);
    }
  }
}
