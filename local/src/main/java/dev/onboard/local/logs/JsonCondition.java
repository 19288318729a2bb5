package dev.onboard.local.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a JSON message: {@code { ($.level = "ERROR" || $.code >= 500) && $.user NOT EXISTS
 * }}.
 */
final class JsonCondition {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(\\$(?:\\.[\\p{L}\\p{Nd}_*@-]+|\\['[^']*']|\\[(?:[0-9]+|\\*)])+"
              + "|\"(?:[^\"\\\\]|\\\\.)*\"|%(?:[^%\\\\]|\\\\.)*%|&&|\\|\\||!=|<=|>=|[=<>(){}]"
              + "|[^\\s=<>!&|(){}\"]+)");
  private static final Pattern STEP =
      Pattern.compile("\\.([\\p{L}\\p{Nd}_*@-]+)|\\['([^']*)']|\\[([0-9]+|\\*)]");

  private final String text;
  private final List<String> tokens = new ArrayList<>();
  private int at;

  JsonCondition(String text) {
    this.text = text;
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (end < text.length() && matcher.find(end) && matcher.start() == end) {
      tokens.add(matcher.group(1));
      end = matcher.end();
    }
    if (!text.substring(end).isBlank()) {
      throw FilterPattern.invalid(text);
    }
  }

  Predicate<String> parse() {
    expect("{");
    Predicate<JsonNode> condition = or();
    expect("}");
    if (at != tokens.size()) {
      throw FilterPattern.invalid(text);
    }
    return message -> {
      JsonNode node = node(message);
      return node != null && node.isContainerNode() && condition.test(node);
    };
  }

  private static @Nullable JsonNode node(String message) {
    if (message.indexOf('{') < 0) {
      return null;
    }
    try {
      return JSON.readTree(message);
    } catch (JsonProcessingException e) {
      // A message that is not JSON is matched by no condition on JSON.
      return null;
    }
  }

  private Predicate<JsonNode> or() {
    Predicate<JsonNode> left = and();
    while (take("||")) {
      left = left.or(and());
    }
    return left;
  }

  private Predicate<JsonNode> and() {
    Predicate<JsonNode> left = one();
    while (take("&&")) {
      left = left.and(one());
    }
    return left;
  }

  private Predicate<JsonNode> one() {
    if (take("(")) {
      Predicate<JsonNode> inner = or();
      expect(")");
      return inner;
    }
    String selector = next();
    if (!selector.startsWith("$")) {
      throw FilterPattern.invalid(text);
    }
    String operator = next().toUpperCase(Locale.ROOT);
    return switch (operator) {
      case "IS" -> is(selector, next().toUpperCase(Locale.ROOT));
      case "NOT" -> {
        if (!next().equalsIgnoreCase("EXISTS")) {
          throw FilterPattern.invalid(text);
        }
        yield node -> select(node, selector).isEmpty();
      }
      case "EXISTS" -> node -> !select(node, selector).isEmpty();
      case "=", "!=", "<", ">", "<=", ">=" -> compare(selector, operator, next());
      default -> throw FilterPattern.invalid(text);
    };
  }

  private Predicate<JsonNode> is(String selector, String what) {
    return switch (what) {
      case "TRUE" ->
          node -> select(node, selector).stream().anyMatch(v -> v.isBoolean() && v.booleanValue());
      case "FALSE" ->
          node -> select(node, selector).stream().anyMatch(v -> v.isBoolean() && !v.booleanValue());
      case "NULL" -> node -> select(node, selector).stream().anyMatch(JsonNode::isNull);
      default -> throw FilterPattern.invalid(text);
    };
  }

  private Predicate<JsonNode> compare(String selector, String operator, String value) {
    if (value.startsWith("%")) {
      Pattern regex = FilterPattern.regex(value.substring(1, value.length() - 1));
      return any(selector, operator, v -> v.isValueNode() && regex.matcher(v.asText()).find());
    }
    if (!value.startsWith("\"")
        && value.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
      var number = new BigDecimal(value);
      return node ->
          select(node, selector).stream()
              .anyMatch(v -> v.isNumber() && holds(operator, v.decimalValue().compareTo(number)));
    }
    String literal = value.startsWith("\"") ? FilterPattern.unquote(value) : value;
    Pattern wildcard =
        Pattern.compile(
            "\\Q" + literal.replace("\\E", "\\E\\\\E\\Q").replace("*", "\\E.*\\Q") + "\\E",
            Pattern.DOTALL);
    return any(
        selector,
        operator,
        v -> v.isValueNode() && !v.isNull() && wildcard.matcher(v.asText()).matches());
  }

  /** Equality of texts: only = and != order nothing. */
  private Predicate<JsonNode> any(String selector, String operator, Predicate<JsonNode> equal) {
    return switch (operator) {
      case "=" -> node -> select(node, selector).stream().anyMatch(equal);
      case "!=" -> node -> select(node, selector).stream().anyMatch(equal.negate());
      default -> throw FilterPattern.invalid(text);
    };
  }

  private static boolean holds(String operator, int order) {
    return switch (operator) {
      case "=" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case ">" -> order > 0;
      case "<=" -> order <= 0;
      default -> order >= 0;
    };
  }

  private static List<JsonNode> select(JsonNode root, String selector) {
    List<JsonNode> nodes = List.of(root);
    Matcher step = STEP.matcher(selector);
    while (step.find()) {
      var next = new ArrayList<JsonNode>();
      String name = step.group(1) != null ? step.group(1) : step.group(2);
      for (JsonNode node : nodes) {
        if (name != null && !name.equals("*")) {
          add(next, node.get(name));
        } else if (name != null || step.group(3).equals("*")) {
          node.forEach(next::add);
        } else {
          add(next, node.get(Integer.parseInt(step.group(3))));
        }
      }
      nodes = next;
    }
    return nodes;
  }

  private static void add(List<JsonNode> nodes, @Nullable JsonNode node) {
    if (node != null) {
      nodes.add(node);
    }
  }

  private String next() {
    if (at >= tokens.size()) {
      throw FilterPattern.invalid(text);
    }
    return tokens.get(at++);
  }

  private boolean take(String token) {
    if (at < tokens.size() && tokens.get(at).equals(token)) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(String token) {
    if (!take(token)) {
      throw FilterPattern.invalid(text);
    }
  }
}
