package dev.onboard.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.console.schema.EventSchema;
import dev.onboard.patterns.JsonFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.DescribeSchemaResponse;
import software.amazon.awssdk.services.schemas.model.SchemaSummary;

/** The schema that is meant by the name of an event. */
final class SchemaChoice {
  private final String asked;
  private final @Nullable EventSchema schema;

  SchemaChoice(SchemasClient schemas, String registry, String asked) {
    this.asked = asked;
    List<String> all =
        schemas.listSchemasPaginator(l -> l.registryName(registry)).schemas().stream()
            .map(SchemaSummary::schemaName)
            .filter(n -> n.contains("@"))
            .toList();
    var names = new SchemaNames(registry, all);
    this.schema =
        names
            .meant(asked)
            .map(name -> {
              DescribeSchemaResponse found =
                  schemas.describeSchema(d -> d.registryName(registry).schemaName(name));
              return read(name, found);
            })
            .orElse(null);
    if (schema == null && !asked.contains("@")) {
      throw names.unknown(asked);
    }
  }

  private static EventSchema read(String name, DescribeSchemaResponse found) {
    try {
      return EventSchema.of(name, found.type(), found.content());
    } catch (IllegalArgumentException e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  @Nullable EventSchema schema() {
    return schema;
  }

  String source() {
    return schema == null ? asked.substring(0, asked.indexOf('@')) : schema.source();
  }

  String detailType() {
    return schema == null ? asked.substring(asked.indexOf('@') + 1) : schema.detailType();
  }

  /** A detail to begin with. */
  ObjectNode example(String now) {
    if (schema == null) {
      throw new IllegalStateException("without a schema there is no example");
    }
    if (!schema.root().has("example")) {
      Optional<Path> ofProject = exampleOfProject();
      if (ofProject.isPresent()) {
        return detailOf(ofProject.get().toString());
      }
    }
    JsonNode made = schema.instance(now);
    if (made instanceof ObjectNode object) {
      return object;
    }
    throw new Failure("the schema " + schema.name() + " is not one of an object");
  }

  /** The first example in {@code schemas/source/Type/v1/examples}. */
  private Optional<Path> exampleOfProject() {
    Path folder =
        Path.of(System.getProperty("onboard.home", "."))
            .resolve("schemas")
            .resolve(source())
            .resolve(detailType())
            .resolve("v" + SchemaNames.major(schema == null ? asked : schema.name()))
            .resolve("examples");
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".json")).sorted().findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The detail in a file that holds one, or a whole event. */
  static ObjectNode detailOf(String file) {
    try {
      JsonNode read = RuntimeEndpoint.JSON.readTree(Files.readString(Path.of(file)));
      JsonNode detail = read.has("detail-type") ? read.path("detail") : read;
      if (detail instanceof ObjectNode object) {
        return object;
      }
      throw new Failure(file + " holds no JSON object");
    } catch (JsonProcessingException e) {
      throw new Failure(file + " is no JSON: " + JsonFault.wordsAndPlace(e), e);
    } catch (IOException e) {
      throw new Failure(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
