package dev.onboard.local.sesv2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A template in the part of Handlebars that SES documents: variables with nested paths, {@code if},
 * {@code unless}, {@code each}, {@code with}, {@code else}, inline partials and comments.
 *
 * <p>As SES says of itself ("Advanced email personalization"), values are not escaped, in HTML
 * neither: who sends escapes. A variable that the data does not have fails the whole mail.
 */
final class Handlebars {
  private final List<Node> nodes;

  private Handlebars(List<Node> nodes) {
    this.nodes = nodes;
  }

  /** Data lack what a template needs; the message is the one SES publishes. */
  static final class MissingAttribute extends RuntimeException {
    MissingAttribute(String name) {
      super("Attribute '" + name + "' is not present in the rendering data.");
    }
  }

  /** A text that is no template; the message says where. */
  static final class SyntaxError extends RuntimeException {
    SyntaxError(String message) {
      super(message);
    }
  }

  sealed interface Node {}

  record Text(String text) implements Node {}

  record Variable(String path) implements Node {}

  record Partial(String name) implements Node {}

  record Inline(String name, List<Node> body) implements Node {}

  record Block(String helper, String path, List<Node> body, List<Node> otherwise) implements Node {}

  static Handlebars parse(String text) {
    return new Handlebars(new HandlebarsParser(text).parse());
  }

  String render(JsonNode data) {
    var out = new StringBuilder();
    render(nodes, new Scope(data, null, Map.of()), new HashMap<>(), out);
    return out.toString();
  }

  /** Where names are looked up: a value, the scope around it, and what a loop adds. */
  private record Scope(JsonNode value, @Nullable Scope parent, Map<String, JsonNode> extra) {
    @Nullable JsonNode find(String path) {
      if (path.startsWith("../")) {
        return parent == null ? null : parent.find(path.substring(3));
      }
      if (path.equals("this") || path.equals(".") || path.equals("..")) {
        return path.equals("..") ? (parent == null ? null : parent.value) : value;
      }
      if (path.startsWith("@")) {
        JsonNode own = extra.get(path.substring(1));
        return own != null || parent == null ? own : parent.find(path);
      }
      String relative = path.startsWith("this.") ? path.substring(5) : path;
      // As in Handlebars.java, a name that the value does not have is looked up further out.
      for (Scope scope = this; scope != null; scope = scope.parent) {
        JsonNode found = descend(scope.value, relative);
        if (found != null) {
          return found;
        }
      }
      return null;
    }

    private static @Nullable JsonNode descend(JsonNode from, String path) {
      JsonNode at = from;
      // Nearly every path is one name.
      boolean one = path.indexOf('.') < 0 && path.indexOf('/') < 0;
      for (String step : one ? new String[] {path} : path.split("[./]")) {
        boolean bracketed = step.length() > 1 && step.startsWith("[") && step.endsWith("]");
        String name = bracketed ? step.substring(1, step.length() - 1) : step;
        at = at.isArray() && name.matches("[0-9]+") ? at.get(Integer.parseInt(name)) : at.get(name);
        if (at == null || at.isNull()) {
          return null;
        }
      }
      return at;
    }
  }

  private static void render(
      List<Node> nodes, Scope scope, Map<String, List<Node>> partials, StringBuilder out) {
    for (Node node : nodes) {
      switch (node) {
        case Text text -> out.append(text.text());
        case Variable variable -> out.append(value(variable.path(), scope));
        case Inline inline -> partials.put(inline.name(), inline.body());
        case Partial partial -> {
          List<Node> body = partials.get(partial.name());
          if (body == null) {
            throw new MissingAttribute(partial.name());
          }
          render(body, scope, partials, out);
        }
        case Block block -> render(block, scope, partials, out);
      }
    }
  }

  private static String value(String path, Scope scope) {
    JsonNode found = scope.find(path);
    if (found == null) {
      throw new MissingAttribute(path);
    }
    return found.isValueNode() ? found.asText() : found.toString();
  }

  private static void render(
      Block block, Scope scope, Map<String, List<Node>> partials, StringBuilder out) {
    JsonNode found = scope.find(block.path());
    boolean truth = found != null && isTrue(found);
    switch (block.helper()) {
      case "if" -> render(truth ? block.body() : block.otherwise(), scope, partials, out);
      case "unless" -> render(truth ? block.otherwise() : block.body(), scope, partials, out);
      case "with" -> {
        if (truth) {
          render(block.body(), new Scope(found, scope, Map.of()), partials, out);
        } else {
          render(block.otherwise(), scope, partials, out);
        }
      }
      default -> {
        List<Scope> items = found == null ? List.of() : items(found, scope);
        if (items.isEmpty()) {
          render(block.otherwise(), scope, partials, out);
        }
        items.forEach(item -> render(block.body(), item, partials, out));
      }
    }
  }

  private static List<Scope> items(JsonNode of, Scope scope) {
    var items = new ArrayList<Scope>();
    JsonNodeFactory factory = JsonNodeFactory.instance;
    if (of.isArray()) {
      for (int i = 0; i < of.size(); i++) {
        items.add(
            new Scope(
                of.get(i),
                scope,
                Map.of(
                    "index", factory.numberNode(i),
                    "first", factory.booleanNode(i == 0),
                    "last", factory.booleanNode(i == of.size() - 1))));
      }
    } else if (of.isObject()) {
      for (var entry : of.properties()) {
        items.add(
            new Scope(entry.getValue(), scope, Map.of("key", factory.textNode(entry.getKey()))));
      }
    }
    return items;
  }

  private static boolean isTrue(JsonNode value) {
    return switch (value.getNodeType()) {
      case BOOLEAN -> value.booleanValue();
      case NUMBER -> value.doubleValue() != 0;
      case STRING -> !value.textValue().isEmpty();
      case ARRAY -> !value.isEmpty();
      case NULL, MISSING -> false;
      default -> true;
    };
  }
}
