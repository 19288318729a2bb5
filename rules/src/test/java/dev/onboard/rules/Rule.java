package dev.onboard.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.event.ruler.Ruler;

/**
 * A rule's folder: {@code pattern.json}, and events that it {@code matches} and {@code ignores}.
 *
 * @param pattern as the bus gets it: every {@code {"Ref": "Name"}} is {@code "Name"}, compact
 */
record Rule(String name, Path folder, String pattern) {

  static final Path FOLDER = Path.of("").toAbsolutePath();
  private static final JsonMapper JSON = new JsonMapper();

  static Rule of(String name) {
    Path folder = FOLDER.resolve(name);
    return new Rule(name, folder, resolved(json(folder.resolve("pattern.json"))).toString());
  }

  static List<Rule> all() {
    return list(FOLDER).stream()
        .filter(folder -> Files.exists(folder.resolve("pattern.json")))
        .map(folder -> of(folder.getFileName().toString()))
        .toList();
  }

  List<Path> matches() {
    return list(folder.resolve("matches"));
  }

  List<Path> ignores() {
    return list(folder.resolve("ignores"));
  }

  boolean takes(JsonNode event) {
    try {
      return Ruler.matchesRule(event.toString(), pattern);
    } catch (Exception e) {
      throw new AssertionError(name + " cannot be tried on " + event, e);
    }
  }

  static JsonNode json(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(json, e);
    }
  }

  private static JsonNode resolved(JsonNode node) {
    if (node.isObject() && node.size() == 1 && node.path("Ref").isTextual()) {
      return TextNode.valueOf(node.path("Ref").asText());
    }
    JsonNode copy = node.deepCopy();
    if (copy instanceof ObjectNode object) {
      node.properties().forEach(field -> object.set(field.getKey(), resolved(field.getValue())));
    } else if (copy instanceof ArrayNode array) {
      for (int i = 0; i < node.size(); i++) {
        array.set(i, resolved(node.get(i)));
      }
    }
    return copy;
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
