package dev.onboard.schemas.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Full transitive compatibility within a major version: events of every version are understood by
 * consumers of every other one, for archived events are replayed to new consumers and old consumers
 * go on running.
 *
 * <p>So what an event must and may hold stays as it is. Fields that may be absent come and go, as
 * long as a name never changes its meaning.
 */
final class Compatibility {
  /** Keywords that narrow what a value may be; a change either way breaks one side. */
  private static final List<String> BOUNDS =
      List.of(
          "format",
          "pattern",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minProperties",
          "maxProperties");

  /** Keywords whose effect on compatibility this check does not know. */
  private static final List<String> BEYOND =
      List.of("allOf", "anyOf", "oneOf", "not", "dependencies", "patternProperties", "$ref");

  private Compatibility() {}

  /** Everything that keeps the versions of a type from being compatible with each other. */
  static List<Violation> check(EventType type) {
    var violations = new LinkedHashSet<Violation>();
    List<SchemaFile> schemas = type.schemas();
    for (int newer = 1; newer < schemas.size(); newer++) {
      for (int older = 0; older < newer; older++) {
        violations.addAll(check(schemas.get(older), schemas.get(newer)));
      }
    }
    return List.copyOf(violations);
  }

  static List<Violation> check(SchemaFile older, SchemaFile newer) {
    var comparison = new Comparison(older, newer, new ArrayList<>());
    comparison.compare("", older.schema(), newer.schema());
    return comparison.violations;
  }

  private record Comparison(SchemaFile older, SchemaFile newer, List<Violation> violations) {

    void compare(String field, JsonNode before, JsonNode after) {
      for (String keyword : BEYOND) {
        if (before.has(keyword) || after.has(keyword)) {
          add(field, keyword, "is not understood by the compatibility check; write it out");
        }
      }
      if (!before.path("type").equals(after.path("type"))) {
        add(field, "type", "changed from " + before.path("type") + " to " + after.path("type"));
        return;
      }
      required(field, before, after);
      enumeration(field, before.path("enum"), after.path("enum"));
      for (String bound : BOUNDS) {
        if (!before.path(bound).equals(after.path(bound))) {
          add(
              field,
              bound,
              "changed from " + text(before.path(bound)) + " to " + text(after.path(bound)));
        }
      }
      content(field, before.path("additionalProperties"), after.path("additionalProperties"));
      if (before.has("items") && after.has("items")) {
        compare(field + "[]", before.path("items"), after.path("items"));
      } else if (before.has("items") || after.has("items")) {
        add(field, "items", "was " + (before.has("items") ? "removed" : "added"));
      }
      for (String name : names(before.path("properties"))) {
        if (after.path("properties").has(name)) {
          compare(
              field.isEmpty() ? name : field + "." + name,
              before.path("properties").path(name),
              after.path("properties").path(name));
        }
      }
    }

    private void required(String field, JsonNode before, JsonNode after) {
      Set<String> were = strings(before.path("required"));
      Set<String> are = strings(after.path("required"));
      String prefix = field.isEmpty() ? "" : field + ".";
      for (String name : are) {
        if (!were.contains(name)) {
          add(prefix + name, "required", "became required, but events of " + older.version() + " may lack it");
        }
      }
      for (String name : were) {
        if (!are.contains(name)) {
          add(
              prefix + name,
              "required",
              "is no longer required, but consumers of " + older.version() + " rely on it");
        }
      }
    }

    private void enumeration(String field, JsonNode before, JsonNode after) {
      if (before.isMissingNode() && after.isMissingNode()) {
        return;
      }
      for (JsonNode value : before) {
        if (!contains(after, value)) {
          add(field, "enum", "lost " + value + ", which events of " + older.version() + " may hold");
        }
      }
      for (JsonNode value : after) {
        if (!contains(before, value)) {
          add(
              field,
              "enum",
              "gained " + value + ", which consumers of " + older.version() + " do not know");
        }
      }
    }

    private void content(String field, JsonNode before, JsonNode after) {
      if (before.isObject() && after.isObject()) {
        compare(field + ".*", before, after);
      } else if (!before.equals(after)) {
        add(
            field,
            "additionalProperties",
            "changed from " + text(before) + " to " + text(after));
      }
    }

    private void add(String field, String rule, String what) {
      violations.add(
          new Violation(newer.file(), field.isEmpty() ? "(root)" : field, rule, what, older.version()));
    }
  }

  private static String text(JsonNode node) {
    return node instanceof MissingNode ? "none" : node.toString();
  }

  private static boolean contains(JsonNode list, JsonNode value) {
    for (JsonNode element : list) {
      if (element.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> strings(JsonNode list) {
    var strings = new LinkedHashSet<String>();
    list.forEach(n -> strings.add(n.asText()));
    return strings;
  }

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
