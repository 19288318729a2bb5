package dev.onboard.local.schemas;

import dev.onboard.local.call.Environment;
import dev.onboard.local.schemas.binding.BindingException;
import dev.onboard.local.schemas.binding.JavaBinding;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.schemas.model.CodeGenerationStatus;
import software.amazon.awssdk.services.schemas.model.DescribeCodeBindingRequest;
import software.amazon.awssdk.services.schemas.model.DescribeCodeBindingResponse;
import software.amazon.awssdk.services.schemas.model.GetCodeBindingSourceRequest;
import software.amazon.awssdk.services.schemas.model.GetCodeBindingSourceResponse;
import software.amazon.awssdk.services.schemas.model.PutCodeBindingRequest;
import software.amazon.awssdk.services.schemas.model.PutCodeBindingResponse;

/**
 * The code bindings of schema versions: a ZIP of Java sources. What is kept is that one was made;
 * the sources follow from the version's content.
 */
final class CodeBindings {
  private static final String JAVA = "Java8";

  /** What AWS makes beside Java. */
  private static final Set<String> OTHER_LANGUAGES = Set.of("Go1", "Python36", "TypeScript3");

  /** The earliest time that ZIP knows, so that the same schema makes the same bytes. */
  private static final LocalDateTime STAMP = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Environment env;

  CodeBindings(Environment env) {
    this.env = env;
  }

  /** Makes a binding; it is complete at once, but as on AWS that is for describing to say. */
  PutCodeBindingResponse put(PutCodeBindingRequest request) {
    checkLanguage("PutCodeBinding", request.language());
    Instant now = env.clock().now().truncatedTo(ChronoUnit.SECONDS);
    return env.store()
        .write(tx -> {
          Version version =
              version(tx, request.registryName(), request.schemaName(), request.schemaVersion());
          sources(version);
          tx.update(
              "INSERT INTO schemas_binding VALUES (?, ?, ?, ?, ?, ?)"
                  + " ON CONFLICT DO UPDATE SET modified = excluded.modified",
              version.registry,
              version.name,
              version.number,
              request.language(),
              now,
              now);
          Binding binding = binding(tx, version, request.language());
          return PutCodeBindingResponse.builder()
              .creationDate(binding.created)
              .lastModified(binding.modified)
              .schemaVersion(Integer.toString(version.number))
              .status(CodeGenerationStatus.CREATE_IN_PROGRESS)
              .build();
        });
  }

  DescribeCodeBindingResponse describe(DescribeCodeBindingRequest request) {
    checkLanguage("DescribeCodeBinding", request.language());
    return env.store()
        .read(tx -> {
          Version version =
              version(tx, request.registryName(), request.schemaName(), request.schemaVersion());
          Binding binding = binding(tx, version, request.language());
          return DescribeCodeBindingResponse.builder()
              .creationDate(binding.created)
              .lastModified(binding.modified)
              .schemaVersion(Integer.toString(version.number))
              .status(CodeGenerationStatus.CREATE_COMPLETE)
              .build();
        });
  }

  GetCodeBindingSourceResponse source(GetCodeBindingSourceRequest request) {
    checkLanguage("GetCodeBindingSource", request.language());
    Version found =
        env.store()
            .read(tx -> {
              Version version =
                  version(
                      tx, request.registryName(), request.schemaName(), request.schemaVersion());
              binding(tx, version, request.language());
              return version;
            });
    return GetCodeBindingSourceResponse.builder()
        .body(SdkBytes.fromByteArrayUnsafe(zip(sources(found))))
        .build();
  }

  private static void checkLanguage(String operation, @Nullable String language) {
    if (language != null && OTHER_LANGUAGES.contains(language)) {
      throw SchemaErrors.badRequest(
          "schemas:"
              + operation
              + " with Language "
              + language
              + " is not supported: the local runtime makes bindings for "
              + JAVA
              + " alone");
    }
    if (!JAVA.equals(language)) {
      throw SchemaErrors.badRequest("Language " + language + " must be " + JAVA + ".");
    }
  }

  private static Map<String, String> sources(Version version) {
    try {
      return JavaBinding.of(version.name, SchemaVersions.draft4(version.type, version.content));
    } catch (BindingException e) {
      throw SchemaErrors.badRequest(
          "Schema " + version.name + " makes no Java code: " + e.getMessage());
    }
  }

  private static byte[] zip(Map<String, String> files) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        var entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(STAMP);
        zip.putNextEntry(entry);
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Version version(
      Tx tx, @Nullable String registry, @Nullable String name, @Nullable String number) {
    Registries.require(tx, registry);
    if (number != null && !number.matches("[1-9][0-9]{0,8}")) {
      throw SchemaErrors.badRequest("SchemaVersion " + number + " must be a number.");
    }
    return tx.first(
            "SELECT v.registry, v.name, v.version, s.type, v.content FROM schemas_version v"
                + " JOIN schemas_schema s ON s.registry = v.registry AND s.name = v.name"
                + " WHERE v.registry = ? AND v.name = ? AND (? IS NULL OR v.version = ?)"
                + " ORDER BY v.version DESC LIMIT 1",
            Version::of,
            registry,
            name,
            number,
            number == null ? 0 : Integer.parseInt(number))
        .orElseThrow(() ->
            SchemaErrors.notFound(
                number == null ? "Schema" : "Version " + number + " of schema",
                String.valueOf(name)));
  }

  private static Binding binding(Tx tx, Version version, String language) {
    return tx.first(
            "SELECT created, modified FROM schemas_binding"
                + " WHERE registry = ? AND name = ? AND version = ? AND language = ?",
            r -> new Binding(r.instant("created"), r.instant("modified")),
            version.registry,
            version.name,
            version.number,
            language)
        .orElseThrow(() ->
            SchemaErrors.notFound(
                language + " code binding for version " + version.number + " of schema",
                version.name));
  }

  private record Binding(Instant created, Instant modified) {}

  /** The version of a schema that a binding is for. */
  private record Version(String registry, String name, int number, String type, String content) {
    static Version of(Row row) {
      return new Version(
          row.string("registry"),
          row.string("name"),
          row.integer("version"),
          row.string("type"),
          row.string("content"));
    }
  }
}
