package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The comparisons of a JSONPath choice; values of another type never compare. */
enum Comparison {
  STRING_EQUALS("StringEquals", text(n -> n == 0)),
  STRING_LESS_THAN("StringLessThan", text(n -> n < 0)),
  STRING_GREATER_THAN("StringGreaterThan", text(n -> n > 0)),
  STRING_LESS_THAN_EQUALS("StringLessThanEquals", text(n -> n <= 0)),
  STRING_GREATER_THAN_EQUALS("StringGreaterThanEquals", text(n -> n >= 0)),
  STRING_MATCHES("StringMatches", Comparison::matches),
  NUMERIC_EQUALS("NumericEquals", number(n -> n == 0)),
  NUMERIC_LESS_THAN("NumericLessThan", number(n -> n < 0)),
  NUMERIC_GREATER_THAN("NumericGreaterThan", number(n -> n > 0)),
  NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", number(n -> n <= 0)),
  NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", number(n -> n >= 0)),
  BOOLEAN_EQUALS(
      "BooleanEquals",
      (a, b) -> a.isBoolean() && b.isBoolean() && a.booleanValue() == b.booleanValue()),
  TIMESTAMP_EQUALS("TimestampEquals", time(n -> n == 0)),
  TIMESTAMP_LESS_THAN("TimestampLessThan", time(n -> n < 0)),
  TIMESTAMP_GREATER_THAN("TimestampGreaterThan", time(n -> n > 0)),
  TIMESTAMP_LESS_THAN_EQUALS("TimestampLessThanEquals", time(n -> n <= 0)),
  TIMESTAMP_GREATER_THAN_EQUALS("TimestampGreaterThanEquals", time(n -> n >= 0)),
  IS_NULL("IsNull", (a, b) -> a.isNull() == b.booleanValue()),
  IS_PRESENT("IsPresent", (a, b) -> b.booleanValue()),
  IS_NUMERIC("IsNumeric", (a, b) -> a.isNumber() == b.booleanValue()),
  IS_STRING("IsString", (a, b) -> a.isTextual() == b.booleanValue()),
  IS_BOOLEAN("IsBoolean", (a, b) -> a.isBoolean() == b.booleanValue()),
  IS_TIMESTAMP("IsTimestamp", (a, b) -> (timestamp(a) != null) == b.booleanValue());

  static final Map<String, Comparison> BY_NAME =
      Stream.of(values()).collect(Collectors.toMap(c -> c.title, c -> c));

  private final String title;
  private final BiPredicate<JsonNode, JsonNode> test;

  Comparison(String title, BiPredicate<JsonNode, JsonNode> test) {
    this.title = title;
    this.test = test;
  }

  boolean holds(JsonNode value, JsonNode operand) {
    return test.test(value, operand);
  }

  /** Whether the operand is always given as it is, never by a path. */
  boolean isTypeTest() {
    return title.startsWith("Is");
  }

  /** Whether a fixed operand is of the type that it must be. */
  boolean takes(JsonNode operand) {
    if (isTypeTest() || this == BOOLEAN_EQUALS) {
      return operand.isBoolean();
    } else if (title.startsWith("Numeric")) {
      return operand.isNumber();
    } else if (title.startsWith("Timestamp")) {
      return timestamp(operand) != null;
    }
    return operand.isTextual();
  }

  private static BiPredicate<JsonNode, JsonNode> text(IntPredicate order) {
    return (a, b) ->
        a.isTextual() && b.isTextual() && order.test(a.textValue().compareTo(b.textValue()));
  }

  private static BiPredicate<JsonNode, JsonNode> number(IntPredicate order) {
    return (a, b) ->
        a.isNumber() && b.isNumber() && order.test(a.decimalValue().compareTo(b.decimalValue()));
  }

  private static BiPredicate<JsonNode, JsonNode> time(IntPredicate order) {
    return (a, b) -> {
      Instant left = timestamp(a);
      Instant right = timestamp(b);
      return left != null && right != null && order.test(left.compareTo(right));
    };
  }

  static @Nullable Instant timestamp(JsonNode value) {
    return value.isTextual() ? Timestamps.parse(value.textValue()) : null;
  }

  /** A star stands for any characters; a backslash takes a star's meaning. */
  private static boolean matches(JsonNode value, JsonNode pattern) {
    if (!value.isTextual() || !pattern.isTextual()) {
      return false;
    }
    var regex = new StringBuilder();
    String text = pattern.textValue();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length() && "*\\".indexOf(text.charAt(i + 1)) >= 0) {
        regex.append(Pattern.quote(String.valueOf(text.charAt(++i))));
      } else {
        regex.append(c == '*' ? ".*" : Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(value.textValue()).matches();
  }
}
