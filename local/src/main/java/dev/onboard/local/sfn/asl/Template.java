package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** JSON with expressions in it: Parameters, Arguments, Assign, Output and the like. */
sealed interface Template extends Expression {

  /** An object of which some member is computed. */
  record Members(Map<String, Expression> members) implements Template {
    @Override
    public JsonNode evaluate(Scope scope) {
      ObjectNode object = Json.object();
      members.forEach((name, value) -> object.set(name, value.evaluate(scope)));
      return object;
    }

    @Override
    public Set<String> variables() {
      return union(members.values());
    }
  }

  /** An array of which some element is computed. */
  record Elements(List<Expression> elements) implements Template {
    @Override
    public JsonNode evaluate(Scope scope) {
      ArrayNode array = Json.NODES.arrayNode(elements.size());
      elements.forEach(element -> array.add(element.evaluate(scope)));
      return array;
    }

    @Override
    public Set<String> variables() {
      return union(elements);
    }
  }

  /**
   * A member of a JSONPath template: a path or an intrinsic function under a name with {@code .$}.
   */
  record Member(String field, Expression value) implements Template {
    @Override
    public JsonNode evaluate(Scope scope) {
      if (!(value instanceof PathExpression path)) {
        return value.evaluate(scope);
      }
      JsonNode found = path.find(scope);
      if (found == null) {
        throw StateError.runtime(
            "The JSONPath '"
                + path.source()
                + "' specified for the field '"
                + field
                + "' could not be found in the input '"
                + Json.text(path.source().startsWith("$$") ? scope.context() : scope.data())
                + "'");
      }
      return found;
    }

    @Override
    public Set<String> variables() {
      return value.variables();
    }
  }

  private static Set<String> union(Iterable<Expression> parts) {
    var names = new LinkedHashSet<String>();
    parts.forEach(part -> names.addAll(part.variables()));
    return names;
  }

  /** Compiles a JSONPath template; what is wrong with its parts is handed to a sink. */
  static Expression jsonPath(JsonNode node, Sink sink) {
    if (node.isObject()) {
      var members = new LinkedHashMap<String, Expression>();
      for (var entry : node.properties()) {
        String name = entry.getKey();
        if (!name.endsWith(".$")) {
          members.put(name, jsonPath(entry.getValue(), sink));
          continue;
        }
        try {
          members.put(
              name.substring(0, name.length() - 2),
              new Member(name, Intrinsic.pathOrIntrinsic(entry.getValue().textValue())));
        } catch (InvalidExpression e) {
          sink.report(
              "The value for the field '"
                  + name
                  + "' must be a valid JSONPath or a valid intrinsic function call");
        }
      }
      return objectOf(members);
    } else if (node.isArray()) {
      var elements = new ArrayList<Expression>();
      node.forEach(element -> elements.add(jsonPath(element, sink)));
      return arrayOf(elements);
    }
    return Expression.literal(node);
  }

  /**
   * Compiles a JSONata template; what is wrong with its parts is handed to a sink.
   *
   * @param location the field that it stands in
   */
  static Expression jsonata(JsonNode node, String location, Sink sink) {
    if (node.isObject()) {
      var members = new LinkedHashMap<String, Expression>();
      node.properties()
          .forEach(e ->
              members.put(e.getKey(), jsonata(e.getValue(), location + "/" + e.getKey(), sink)));
      return objectOf(members);
    } else if (node.isArray()) {
      var elements = new ArrayList<Expression>();
      for (int i = 0; i < node.size(); i++) {
        elements.add(jsonata(node.get(i), location + "[" + i + "]", sink));
      }
      return arrayOf(elements);
    } else if (node.isTextual() && JsonataExpression.is(node.textValue())) {
      try {
        return JsonataExpression.compile(node.textValue(), location);
      } catch (InvalidExpression e) {
        sink.report(Objects.requireNonNull(e.getMessage()));
      }
    }
    return Expression.literal(node);
  }

  private static Expression objectOf(Map<String, Expression> members) {
    if (members.values().stream().allMatch(Expression::isLiteral)) {
      ObjectNode object = Json.object();
      members.forEach((name, value) -> object.set(name, ((Expression.Literal) value).value()));
      return Expression.literal(object);
    }
    return new Members(members);
  }

  private static Expression arrayOf(List<Expression> elements) {
    if (elements.stream().allMatch(Expression::isLiteral)) {
      ArrayNode array = Json.array();
      elements.forEach(value -> array.add(((Expression.Literal) value).value()));
      return Expression.literal(array);
    }
    return new Elements(elements);
  }

  /** Takes what is wrong with a template. */
  @FunctionalInterface
  interface Sink {
    void report(String message);
  }
}
