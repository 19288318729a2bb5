package dev.onboard.schemas.generator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.onboard.schemas.generator.EventType.Example;
import dev.onboard.schemas.generator.EventType.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The event schemas of a folder: {@code <source>/<Type>/v<major>/<major>.<minor>.json}, and beside
 * them {@code examples/<major>.<minor>-<what>.json} and {@code counter-examples/<what>.json}. Any
 * other file is refused: a schema that is misnamed would go unchecked.
 */
final class Catalogue {

  private static final Pattern MAJOR = Pattern.compile("v([1-9][0-9]{0,3})");
  private static final Pattern MINOR =
      Pattern.compile("([1-9][0-9]{0,3})\\.(0|[1-9][0-9]{0,3})\\.json");
  private static final Pattern EXAMPLE =
      Pattern.compile("([1-9][0-9]{0,3}\\.(?:0|[1-9][0-9]{0,3}))-[a-z0-9-]+\\.json");
  private static final String DRAFT = "http://json-schema.org/draft-04/schema#";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Path root;

  private Catalogue(Path root) {
    this.root = root;
  }

  /** The events of a folder, sorted by source, name and major version. */
  static List<EventType> read(Path root) {
    return new Catalogue(root).eventTypes();
  }

  private List<EventType> eventTypes() {
    List<EventType> types = new ArrayList<>();
    // A source has a dot in its name; the folders of the build beside them have none.
    for (Path source : folders(root)) {
      if (source.getFileName().toString().contains(".")) {
        for (Path type : folders(source)) {
          folders(type).forEach(major -> types.add(eventType(source, type, major)));
        }
      }
    }
    if (types.isEmpty()) {
      throw new SchemaException(root + " holds no event schema");
    }
    return types;
  }

  private EventType eventType(Path source, Path type, Path folder) {
    Matcher major = MAJOR.matcher(folder.getFileName().toString());
    if (!major.matches()) {
      throw refused(folder, "a folder of versions is called v1, v2, ...");
    }
    String name = type.getFileName().toString();
    int number = Integer.parseInt(major.group(1));
    List<Version> versions = new ArrayList<>();
    List<Example> examples = new ArrayList<>();
    for (Path file : entries(folder)) {
      if (Files.isRegularFile(file)) {
        versions.add(version(source.getFileName().toString(), name, number, file));
      }
    }
    versions.sort(Comparator.comparingInt(Version::minor));
    for (Path file : entries(folder)) {
      if (Files.isDirectory(file)) {
        examples.addAll(examples(file, versions));
      }
    }
    if (versions.isEmpty()) {
      throw refused(folder, "there is no version in it");
    }
    return new EventType(
        relative(folder), source.getFileName().toString(), name, number, versions, examples);
  }

  private Version version(String source, String name, int major, Path file) {
    Matcher version = MINOR.matcher(file.getFileName().toString());
    if (!version.matches() || Integer.parseInt(version.group(1)) != major) {
      throw refused(file, "a version of v" + major + " is called " + major + ".<minor>.json");
    }
    JsonNode schema = json(file, text(file));
    expect(file, "$schema", DRAFT, schema);
    expect(file, "id", "urn:" + source.replace('.', ':') + ":" + name + ":v" + major, schema);
    expect(file, "title", name, schema);
    Shape shape = ShapeReader.read(relative(file), schema);
    return new Version(relative(file), major, Integer.parseInt(version.group(2)), schema, shape);
  }

  private void expect(Path file, String keyword, String value, JsonNode schema) {
    if (!schema.path(keyword).asText().equals(value)) {
      throw refused(file, "\"" + keyword + "\" must be \"" + value + "\"");
    }
  }

  private List<Example> examples(Path folder, List<Version> versions) {
    boolean valid = folder.getFileName().toString().equals("examples");
    if (!valid && !folder.getFileName().toString().equals("counter-examples")) {
      throw refused(
          folder, "beside versions there are examples and counter-examples, nothing else");
    }
    List<Example> examples = new ArrayList<>();
    for (Path file : entries(folder)) {
      Matcher name = EXAMPLE.matcher(file.getFileName().toString());
      if (valid
          && (!name.matches()
              || versions.stream().noneMatch(version -> version.number().equals(name.group(1))))) {
        throw refused(file, "an example is called <major>.<minor>-<what>.json after its version");
      }
      String text = text(file);
      json(file, text);
      examples.add(new Example(relative(file), text, valid));
    }
    return examples;
  }

  private JsonNode json(Path file, String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw refused(file, "it is no JSON: " + e.getOriginalMessage());
    }
  }

  private static List<Path> folders(Path folder) {
    return entries(folder).stream().filter(Files::isDirectory).toList();
  }

  private static List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String relative(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private SchemaException refused(Path file, String why) {
    return new SchemaException(relative(file) + ": " + why);
  }
}
