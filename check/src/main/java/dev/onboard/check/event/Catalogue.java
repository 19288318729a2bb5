package dev.onboard.check.event;

import dev.onboard.check.doc.Place;
import dev.onboard.check.doc.Tree;
import dev.onboard.check.doc.TreeReader;
import dev.onboard.check.stack.Resource;
import dev.onboard.check.stack.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The types of events that are described: by files {@code
 * schemas/SOURCE/TYPE/vMAJOR/MAJOR.MINOR.json} beside the template's folder, by schemas in the
 * template, and, of AWS's own, by a list here.
 */
public final class Catalogue {
  private static final Pattern NAME = Pattern.compile("(.+)@(.+?)(?:-v(\\d+))?");
  private static final Pattern FILE = Pattern.compile("(\\d+)\\.(\\d+)\\.json");
  private static final String AWS = "aws-events.json";

  private final List<EventType> own;
  private final List<EventType> aws;

  private Catalogue(List<EventType> own, List<EventType> aws) {
    this.own = own;
    this.aws = aws;
  }

  /** A type's name with its versions by file. */
  private record Key(String source, String name, String major) {}

  public static Catalogue of(Template template) {
    var found =
        new TreeMap<Key, List<EventType.Version>>(
            Comparator.comparing(Key::source).thenComparing(Key::name).thenComparing(Key::major));
    Optional<Path> folder = folder(template.file());
    folder.ifPresent(schemas ->
        files(schemas)
            .forEach(file ->
                found
                    .computeIfAbsent(key(schemas.relativize(file)), key -> new ArrayList<>())
                    .add(version(TreeReader.read(file)))));
    for (Resource schema : template.resources("AWS::EventSchemas::Schema")) {
      content(schema, template)
          .filter(tree -> folder.isEmpty() || !tree.place().file().startsWith(folder.get()))
          .ifPresent(tree ->
              key(schema)
                  .ifPresent(key ->
                      found.computeIfAbsent(key, k -> new ArrayList<>()).add(version(tree))));
    }
    var own = new ArrayList<EventType>();
    found.forEach(
        (key, versions) -> own.add(new EventType(key.source, key.name, key.major, versions)));
    return new Catalogue(List.copyOf(own), builtIn());
  }

  /** The folder of schemas: beside the template's, or in it. */
  private static Optional<Path> folder(Path template) {
    Path folder = template.toAbsolutePath().normalize().getParent();
    return Stream.of(folder.resolveSibling("schemas"), folder.resolve("schemas"))
        .filter(Files::isDirectory)
        .findFirst();
  }

  private static List<Path> files(Path schemas) {
    try (Stream<Path> files = Files.walk(schemas, 4)) {
      return files
          .filter(file -> schemas.relativize(file).getNameCount() == 4)
          .filter(file -> file.getParent().getFileName().toString().matches("v\\d+"))
          .filter(file -> FILE.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.comparing(Path::getParent).thenComparing(Catalogue::minor))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(schemas.toString(), e);
    }
  }

  private static int minor(Path file) {
    Matcher name = FILE.matcher(file.getFileName().toString());
    return name.matches() ? Integer.parseInt(name.group(2)) : 0;
  }

  private static Key key(Path file) {
    return new Key(
        file.getName(0).toString(),
        file.getName(1).toString(),
        file.getName(2).toString().substring(1));
  }

  private static Optional<Key> key(Resource schema) {
    Matcher name = NAME.matcher(schema.properties().textAt("SchemaName").orElse(""));
    return name.matches()
        ? Optional.of(
            new Key(name.group(1), name.group(2), Optional.ofNullable(name.group(3)).orElse("")))
        : Optional.empty();
  }

  private static Optional<Tree> content(Resource schema, Template template) {
    if (!schema.properties().textAt("Type").orElse("").equals("JSONSchemaDraft4")) {
      return Optional.empty();
    }
    return schema.properties().at("Content").flatMap(template::document);
  }

  private static EventType.Version version(Tree tree) {
    return new EventType.Version(tree.place(), new JsonSchema(tree));
  }

  private static List<EventType> builtIn() {
    try (InputStream in = Catalogue.class.getResourceAsStream(AWS)) {
      if (in == null) {
        throw new IllegalStateException(AWS + " is missing from the jar");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      var types = new ArrayList<EventType>();
      TreeReader.parse(text, new Place(Path.of(AWS), 1))
          .members()
          .forEach((source, names) ->
              names
                  .value()
                  .members()
                  .forEach((name, schema) ->
                      types.add(
                          new EventType(
                              source,
                              name,
                              "",
                              schema.value().members().isEmpty()
                                  ? List.of()
                                  : List.of(version(schema.value()))))));
      return List.copyOf(types);
    } catch (IOException e) {
      throw new UncheckedIOException(AWS, e);
    }
  }

  /** The types that the project describes. */
  public List<EventType> own() {
    return own;
  }

  /** The project's types and AWS's. */
  public List<EventType> all() {
    return Stream.concat(own.stream(), aws.stream()).toList();
  }

  /** The types of a source and name, one a major version. */
  public List<EventType> named(String source, String name) {
    return all().stream()
        .filter(type -> type.source().equals(source) && type.name().equals(name))
        .toList();
  }

  /** The type of a label such as {@code shop@OrderPlaced-v1}, or all versions of one without -v. */
  public List<EventType> labelled(String label) {
    return all().stream()
        .filter(
            type -> type.label().equals(label) || (type.source() + "@" + type.name()).equals(label))
        .toList();
  }
}
