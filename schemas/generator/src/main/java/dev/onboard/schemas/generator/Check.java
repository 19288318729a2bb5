package dev.onboard.schemas.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.onboard.schemas.generator.EventType.Example;
import dev.onboard.schemas.generator.EventType.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What must hold for an event's versions and examples; each problem is a sentence that names its
 * file.
 */
final class Check {

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4);

  List<String> problems(EventType type) {
    List<String> problems = new ArrayList<>();
    for (Version newer : type.versions()) {
      if (hasNull(newer.schema())) {
        problems.add(newer.file() + ": a null; CloudFormation refuses it in an included file");
      }
      for (Version older : type.versions()) {
        if (older.minor() < newer.minor()) {
          Compatibility.violations(older.shape(), newer.shape()).stream()
              .map(violation ->
                  newer.file() + ": " + violation.sentence() + " (against " + older.number() + ")")
              .forEach(problems::add);
        }
      }
      if (type.examples().stream().noneMatch(example -> writtenFor(newer, example))) {
        problems.add(
            newer.file() + ": no example of it, examples/" + newer.number() + "-<what>.json");
      }
      type.examples().forEach(example -> problems.addAll(problems(newer, example)));
    }
    return problems;
  }

  /** Every example must pass every version of its major: that is what compatible in full says. */
  private List<String> problems(Version version, Example example) {
    Schema schema = registry.getSchema(version.schema().toString(), InputFormat.JSON);
    List<Error> errors =
        schema.validate(
            example.text(),
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    if (!example.valid()) {
      return errors.isEmpty()
          ? List.of(example.file() + ": " + version.number() + " accepts this counter-example")
          : List.of();
    }
    return errors.stream()
        .map(error -> error.getInstanceLocation() + " " + error.getMessage())
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .map(error -> example.file() + ": not valid under " + version.number() + ": " + error)
        .toList();
  }

  private static boolean writtenFor(Version version, Example example) {
    return example.valid() && example.file().contains("/examples/" + version.number() + "-");
  }

  private static boolean hasNull(JsonNode node) {
    if (node.isNull()) {
      return true;
    }
    for (JsonNode child : node) {
      if (hasNull(child)) {
        return true;
      }
    }
    return false;
  }
}
