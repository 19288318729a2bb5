package dev.onboard.schemas.generator;

import com.palantir.javapoet.JavaFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks the schemas of a folder and writes the records of their events; the entry point of the
 * build.
 */
public final class Generator {

  private Generator() {}

  /**
   * Checks, then generates.
   *
   * @param arguments the folder of the schemas, the package of the records, the folder to write to
   * @throws SchemaException if a schema breaks a rule; then nothing is written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("want SCHEMAS PACKAGE TARGET");
    }
    generate(Path.of(arguments[0]), arguments[1], Path.of(arguments[2]));
  }

  static void generate(Path schemas, String packageName, Path target) throws IOException {
    List<EventType> types = Catalogue.read(schemas);
    Check check = new Check();
    List<String> problems = new ArrayList<>();
    types.forEach(type -> problems.addAll(check.problems(type)));
    if (!problems.isEmpty()) {
      throw new SchemaException(
          "the event schemas break a rule:\n  " + String.join("\n  ", problems));
    }
    List<JavaFile> files =
        types.stream().map(type -> RecordWriter.file(packageName, type)).toList();
    deleteEarlier(target.resolve(packageName.replace('.', '/')));
    for (JavaFile file : files) {
      file.writeTo(target, StandardCharsets.UTF_8);
    }
    writePackage(packageName, target);
  }

  /** A record whose schema is gone must not stay behind from an earlier build. */
  private static void deleteEarlier(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> earlier = Files.list(folder)) {
        for (Path file : earlier.toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void writePackage(String name, Path target) throws IOException {
    Path folder = Files.createDirectories(target.resolve(name.replace('.', '/')));
    Files.writeString(
        folder.resolve("package-info.java"),
        "/** The events of Onboard, generated from their schemas. */\n"
            + "@NullMarked\npackage "
            + name
            + ";\n\nimport org.jspecify.annotations.NullMarked;\n");
  }
}
