package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One object of a definition while it is read: gives its members, notes what is wrong with them
 * and, at the end, which of them nobody has asked for.
 */
final class Fields {
  private static final String SCHEMA = "SCHEMA_VALIDATION_FAILED";

  private final JsonNode node;
  private final String location;
  private final QueryLanguage language;
  private final List<Diagnostic> diagnostics;
  private final Set<String> asked = new HashSet<>(Set.of("Comment"));

  Fields(JsonNode node, String location, QueryLanguage language, List<Diagnostic> diagnostics) {
    this.node = node;
    this.location = location;
    this.language = language;
    this.diagnostics = diagnostics;
    if (!node.isObject()) {
      report("Expected value of type Object", "");
    }
  }

  /** The same object under another query language. */
  Fields in(QueryLanguage other) {
    var fields = new Fields(node, location, other, diagnostics);
    fields.asked.addAll(asked);
    return fields;
  }

  /** An object within this one. */
  Fields within(String name) {
    asked.add(name);
    return new Fields(node.path(name), location + "/" + name, language, diagnostics);
  }

  /** The objects of a list within this one. */
  List<Fields> each(String name) {
    asked.add(name);
    JsonNode list = node.path(name);
    var all = new ArrayList<Fields>();
    if (!list.isMissingNode() && !list.isArray()) {
      report("Expected value of type Array", name);
    }
    for (int i = 0; i < list.size(); i++) {
      all.add(
          new Fields(list.get(i), location + "/" + name + "[" + i + "]", language, diagnostics));
    }
    return all;
  }

  QueryLanguage language() {
    return language;
  }

  boolean isJsonata() {
    return language == QueryLanguage.JSONATA;
  }

  boolean has(String name) {
    return node.has(name);
  }

  JsonNode node() {
    return node;
  }

  void report(String message, String name) {
    report(SCHEMA, message, name);
  }

  void report(String code, String message, String name) {
    String at = name.isEmpty() ? location : location + "/" + name;
    diagnostics.add(new Diagnostic(code, message, at.isEmpty() ? "/" : at));
  }

  void require(String... names) {
    var missing = new ArrayList<String>();
    for (String name : names) {
      if (!node.has(name)) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty() && node.isObject()) {
      report("These fields are required: " + missing, "");
    }
  }

  /** A member, or {@code null} if it is not there. */
  @Nullable JsonNode get(String name) {
    asked.add(name);
    return node.get(name);
  }

  @Nullable String text(String name) {
    JsonNode value = typed(name, JsonNodeType.STRING, "String");
    return value == null ? null : value.textValue();
  }

  boolean flag(String name) {
    JsonNode value = typed(name, JsonNodeType.BOOLEAN, "Boolean");
    return value != null && value.booleanValue();
  }

  @Nullable Long wholeNumber(String name, long least, long most) {
    JsonNode value = get(name);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber()) {
      report("Expected value of type Integer", name);
      return null;
    }
    if (value.longValue() < least || value.longValue() > most) {
      report("Value is out of range, must be between " + least + " and " + most, name);
    }
    return value.longValue();
  }

  @Nullable Double number(String name, double least) {
    JsonNode value = typed(name, JsonNodeType.NUMBER, "Number");
    if (value != null && value.doubleValue() < least) {
      report("Value must be at least " + least, name);
    }
    return value == null ? null : value.doubleValue();
  }

  List<String> texts(String name) {
    JsonNode value = typed(name, JsonNodeType.ARRAY, "Array");
    var all = new ArrayList<String>();
    if (value != null) {
      for (JsonNode element : value) {
        if (element.isTextual()) {
          all.add(element.textValue());
        } else {
          report("Expected value of type String", name + "[" + all.size() + "]");
        }
      }
    }
    return all;
  }

  /** A template in the language of the state. */
  @Nullable Expression template(String name) {
    JsonNode value = get(name);
    if (value == null) {
      return null;
    }
    Template.Sink sink = message -> report(message, name);
    return isJsonata() ? Template.jsonata(value, name, sink) : Template.jsonPath(value, sink);
  }

  /**
   * A field that is fixed, or computed: in JSONata by an expression in its place, in JSONPath by a
   * path under its name with {@code Path} after it.
   */
  @Nullable Setting setting(String name) {
    String pathName = name + "Path";
    if (!isJsonata() && node.has(pathName)) {
      if (node.has(name)) {
        report("You cannot have both '" + name + "' and '" + pathName + "'", "");
      }
      Expression path = path(pathName);
      return path == null ? null : new Setting(pathName, path);
    }
    JsonNode value = get(name);
    if (value == null) {
      return null;
    }
    Expression expression =
        isJsonata()
            ? Template.jsonata(value, name, message -> report(message, name))
            : Expression.literal(value);
    return new Setting(name, expression);
  }

  /** A JSONPath; an intrinsic function where one may stand. */
  @Nullable Expression path(String name) {
    String source = text(name);
    if (source == null) {
      return null;
    }
    try {
      return Intrinsic.pathOrIntrinsic(source);
    } catch (InvalidExpression e) {
      report("Value is not a valid JSONPath or intrinsic function", name);
      return null;
    }
  }

  private @Nullable JsonNode typed(String name, JsonNodeType type, String title) {
    JsonNode value = get(name);
    if (value != null && value.getNodeType() != type) {
      report("Expected value of type " + title, name);
      return null;
    }
    return value;
  }

  /** Notes the members that nobody has asked for. */
  void end() {
    for (var entry : node.properties()) {
      if (!asked.contains(entry.getKey())) {
        report("Field is not supported", entry.getKey());
      }
    }
  }
}
