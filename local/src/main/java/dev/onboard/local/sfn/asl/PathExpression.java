package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSONPath into the data ({@code $.a}), the context object ({@code $$.a}) or a variable ({@code
 * $v.a}).
 */
final class PathExpression implements Expression {
  private static final Configuration CONFIGURATION =
      Configuration.builder()
          .jsonProvider(new JacksonJsonNodeJsonProvider(Json.MAPPER))
          .mappingProvider(new JacksonMappingProvider(Json.MAPPER))
          .build();
  private static final Pattern VARIABLE =
      Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)(.*)", Pattern.DOTALL);
  private static final Pattern SIMPLE_STEP =
      Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_-]*)|\\['([^']*)'\\]|\\[(\\d{1,9})\\]");

  private final String source;
  private final JsonPath path;
  private final Root root;
  private final @Nullable String variable;
  private final @Nullable List<Object> steps;

  private enum Root {
    DATA,
    CONTEXT,
    VARIABLE
  }

  private PathExpression(String source, Root root, @Nullable String variable, String path) {
    this.source = source;
    this.root = root;
    this.variable = variable;
    this.path = JsonPath.compile(path);
    this.steps = steps(path);
  }

  /** Compiles a path. */
  static PathExpression compile(String source) throws InvalidExpression {
    try {
      Matcher variable = VARIABLE.matcher(source);
      if (source.startsWith("$$")) {
        return new PathExpression(source, Root.CONTEXT, null, source.substring(1));
      } else if (variable.matches()) {
        return new PathExpression(
            source, Root.VARIABLE, variable.group(1), "$" + variable.group(2));
      } else if (source.startsWith("$")) {
        return new PathExpression(source, Root.DATA, null, source);
      }
    } catch (InvalidPathException e) {
      // Falls through to the one message that there is for it.
    }
    throw new InvalidExpression("Value is not a valid JSONPath");
  }

  /** The members and indexes of a path that has nothing else; {@code null} for any other. */
  private static @Nullable List<Object> steps(String path) {
    var found = new ArrayList<Object>();
    Matcher matcher = SIMPLE_STEP.matcher(path);
    int at = 1;
    while (at < path.length()) {
      if (!matcher.region(at, path.length()).lookingAt()) {
        return null;
      }
      String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
      found.add(name != null ? name : (Object) Integer.valueOf(matcher.group(3)));
      at = matcher.end();
    }
    return found;
  }

  String source() {
    return source;
  }

  /** The value, or {@code null} if there is none. */
  @Nullable JsonNode find(Scope scope) {
    try {
      return read(scope);
    } catch (PathNotFoundException e) {
      return null;
    }
  }

  @Override
  public JsonNode evaluate(Scope scope) {
    try {
      return read(scope);
    } catch (PathNotFoundException e) {
      throw StateError.runtime("Invalid path '" + source + "' : " + e.getMessage());
    }
  }

  private JsonNode read(Scope scope) {
    JsonNode from = from(scope);
    List<Object> simple = steps;
    if (simple != null) {
      JsonNode found = walk(from, simple);
      if (found != null) {
        return found;
      }
    }
    try {
      return path.read(from, CONFIGURATION);
    } catch (PathNotFoundException e) {
      if (!path.isDefinite()) {
        return Json.array();
      }
      throw e;
    } catch (JsonPathException e) {
      throw StateError.runtime("Invalid path '" + source + "' : " + e.getMessage());
    }
  }

  private JsonNode from(Scope scope) {
    return switch (root) {
      case DATA -> scope.data();
      case CONTEXT -> scope.context();
      case VARIABLE -> {
        JsonNode value = scope.variables().get(Objects.requireNonNull(variable));
        if (value == null) {
          throw new PathNotFoundException("No results for path: $['" + variable + "']");
        }
        yield value;
      }
    };
  }

  private static @Nullable JsonNode walk(JsonNode from, List<Object> steps) {
    JsonNode at = from;
    for (Object step : steps) {
      at = step instanceof String name ? at.get(name) : at.get((Integer) step);
      if (at == null) {
        return null;
      }
    }
    return at;
  }

  @Override
  public Set<String> variables() {
    return variable == null ? Set.of() : Set.of(variable);
  }
}
