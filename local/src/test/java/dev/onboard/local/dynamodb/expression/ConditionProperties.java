package dev.onboard.local.dynamodb.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.dynamodb.value.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Conditions as text, parsed and asked of items, against what was meant when they were written. */
class ConditionProperties {
  private static final Map<String, AttributeValue> VALUES =
      Map.of(
          ":zero", AttributeValue.fromN("0"),
          ":one", AttributeValue.fromN("1"),
          ":ab", AttributeValue.fromS("ab"),
          ":b", AttributeValue.fromS("b"));

  /** A condition: its text and what it means. */
  private record Written(String text, Predicate<Map<String, AttributeValue>> meaning) {
    Written and(Written other) {
      return new Written(inOr(text) + " AND " + inOr(other.text), meaning.and(other.meaning));
    }

    Written or(Written other) {
      return new Written(text + " or " + other.text, meaning.or(other.meaning));
    }

    Written not() {
      return new Written("NOT (" + text + ")", meaning.negate());
    }

    private static String inOr(String text) {
      return text.contains(" or ") ? "(" + text + ")" : text;
    }
  }

  @Provide
  Arbitrary<Map<String, AttributeValue>> items() {
    Arbitrary<AttributeValue> values =
        Arbitraries.of(
            AttributeValue.fromN("0"),
            AttributeValue.fromN("1"),
            AttributeValue.fromN("1.5"),
            AttributeValue.fromS("ab"),
            AttributeValue.fromS("abc"),
            AttributeValue.fromS(""),
            AttributeValue.fromBool(true),
            AttributeValue.fromSs(List.of("b", "ab")));
    return Arbitraries.maps(Arbitraries.of("x", "y", "z"), values).ofMaxSize(3);
  }

  @Provide
  Arbitrary<Written> conditions() {
    Arbitrary<Written> nested = simple();
    // To a depth that stays below DynamoDB's 300 operators.
    for (int depth = 0; depth < 6; depth++) {
      Arbitrary<Written> inner = nested;
      nested =
          Arbitraries.oneOf(
              simple(),
              Combinators.combine(inner, inner).as(Written::and),
              Combinators.combine(inner, inner).as(Written::or),
              inner.map(Written::not));
    }
    return nested;
  }

  private static Arbitrary<Written> simple() {
    Arbitrary<String> names = Arbitraries.of("x", "y", "z");
    Arbitrary<String> values = Arbitraries.of(VALUES.keySet());
    Arbitrary<Written> compared =
        Combinators.combine(names, Arbitraries.of("=", "<>", "<", "<=", ">", ">="), values)
            .as((name, comparator, value) ->
                new Written(
                    name + " " + comparator + " " + value,
                    item -> holds(comparator, item.get(name), VALUES.get(value))));
    Arbitrary<Written> asked =
        Combinators.combine(names, Arbitraries.of(true, false))
            .as((name, there) ->
                new Written(
                    (there ? "attribute_exists(" : "attribute_not_exists(") + name + ")",
                    item -> item.containsKey(name) == there));
    Arbitrary<Written> functions =
        Combinators.combine(names, Arbitraries.of("begins_with", "contains"))
            .as((name, function) ->
                new Written(function + "(" + name + ", :b)", function(function, name)));
    return Arbitraries.oneOf(compared, asked, functions);
  }

  private static Predicate<Map<String, AttributeValue>> function(String function, String name) {
    BiPredicate<AttributeValue, String> test =
        (value, b) ->
            switch (value.type()) {
              case S ->
                  function.equals("contains") ? value.s().contains(b) : value.s().startsWith(b);
              case SS -> function.equals("contains") && value.ss().contains(b);
              default -> false;
            };
    return item -> item.get(name) instanceof AttributeValue value && test.test(value, "b");
  }

  private static boolean holds(
      String comparator, @Nullable AttributeValue actual, AttributeValue expected) {
    boolean equal = actual != null && actual.equals(expected);
    if (comparator.equals("=") || comparator.equals("<>")) {
      return equal == comparator.equals("=");
    }
    if (actual == null || actual.type() != expected.type()) {
      return false;
    }
    int order = Values.compare(actual, expected);
    return switch (comparator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void evaluation_isWhatWasMeant(
      @ForAll("conditions") Written written, @ForAll("items") Map<String, AttributeValue> item) {
    var used = new HashMap<>(VALUES);
    used.keySet().removeIf(name -> !written.text.matches(".*" + name + "\\b.*"));
    var expressions =
        new Expressions(
            null,
            used.isEmpty() ? null : used,
            new Expressions.Text(Expressions.CONDITION, written.text));
    Condition condition = expressions.condition(Expressions.CONDITION, written.text);
    expressions.finish();
    assertThat(Evaluator.holds(condition, item)).isEqualTo(written.meaning.test(item));
  }

  @Property(tries = 2000)
  void parser_ofAnyText_parsesOrRefuses(@ForAll("garbage") String text) {
    var expressions =
        new Expressions(null, null, new Expressions.Text(Expressions.PROJECTION, text));
    for (Runnable parse :
        List.<Runnable>of(
            () -> expressions.condition(Expressions.CONDITION, text),
            () -> expressions.update(text),
            () -> expressions.projection(text))) {
      try {
        parse.run();
      } catch (AwsServiceException e) {
        assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
      }
    }
  }

  @Provide
  Arbitrary<String> garbage() {
    return Arbitraries.of(
            "a",
            "b.c",
            "(",
            ")",
            "AND",
            "OR",
            "NOT",
            "IN",
            "BETWEEN",
            "=",
            "<",
            ",",
            ":v",
            "#n",
            "SET",
            "REMOVE",
            "ADD",
            "size",
            "contains",
            "[0]",
            ".",
            "+",
            "-",
            "!",
            "'",
            "7")
        .list()
        .ofMaxSize(9)
        .map(parts -> String.join(" ", parts));
  }
}
