package dev.onboard.schemas.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One major version of an event type: {@code <source>/<Type>/v<major>/<major>.<minor>.json} and {@code
 * examples/<major>.<minor>-<what>.json} beside.
 *
 * @param schemas by version, oldest first
 */
record EventType(
    String source, String name, int major, List<SchemaFile> schemas, List<Example> examples) {
  private static final ObjectMapper JSON = new ObjectMapper();

  SchemaFile newest() {
    return schemas.getLast();
  }

  /** Every event type below a folder. */
  static List<EventType> readAll(Path root) throws IOException {
    var types = new ArrayList<EventType>();
    for (Path source : folders(root)) {
      for (Path type : folders(source)) {
        for (Path major : folders(type)) {
          if (major.getFileName().toString().matches("v\\d+")) {
            types.add(read(source, type, major));
          }
        }
      }
    }
    return types;
  }

  private static EventType read(Path source, Path type, Path folder) throws IOException {
    int major = Integer.parseInt(folder.getFileName().toString().substring(1));
    List<SchemaFile> schemas =
        files(folder)
            .map(f -> new SchemaFile(f, Version.parse(name(f)), json(f)))
            .sorted(Comparator.comparing(SchemaFile::version))
            .toList();
    if (schemas.isEmpty()) {
      throw new IllegalArgumentException(folder + " must hold a schema");
    }
    for (SchemaFile schema : schemas) {
      if (schema.version().major() != major) {
        throw new IllegalArgumentException(schema.file() + " must be of major version " + major);
      }
    }
    List<Example> examples =
        files(folder.resolve("examples"))
            .map(f -> new Example(f, Version.parse(name(f).replaceFirst("-.*", "")), json(f)))
            .toList();
    return new EventType(
        source.getFileName().toString(), type.getFileName().toString(), major, schemas, examples);
  }

  private static String name(Path file) {
    return file.getFileName().toString().replaceFirst("\\.json$", "");
  }

  private static JsonNode json(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " must be JSON", e);
    }
  }

  private static Stream<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".json")).sorted().toList().stream();
    }
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isDirectory)
          .filter(f -> !List.of("target", "generator", "src").contains(f.getFileName().toString()))
          .sorted()
          .toList();
    }
  }
}
