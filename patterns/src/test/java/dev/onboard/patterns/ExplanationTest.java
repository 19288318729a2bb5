package dev.onboard.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Explanations say what a person would. */
class ExplanationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // value
        "{'a': ['x']} | {'a': 'y'} | a is 'y', wanted: 'x'",
        "{'a': ['x', 'z']} | {'a': 'y'} | a is 'y', wanted: one of 'x', 'z'",
        "{'a': ['x']} | {'a': ['y', 'z']} | a has 'y', 'z', wanted: 'x'",
        "{'a': [{'anything-but': 'x'}]} | {'a': 'x'} | a is 'x', wanted: {'anything-but': 'x'}",
        "{'a': [{'numeric': ['>', 0, '<=', 5]}]} | {'a': 7}"
            + " | a is 7, wanted: {'numeric': ['>', 0, '<=', 5]}",
        // almost
        "{'a': ['Red']} | {'a': 'red'} | a is 'red', wanted: 'Red' (it differs only in case)",
        "{'a': [{'prefix': 'Re'}]} | {'a': 'red'}"
            + " | a is 'red', wanted: {'prefix': 'Re'} (it differs only in case)",
        "{'a': ['x']} | {'a': ' x'}"
            + " | a is ' x', wanted: 'x' (but for white space around it, it would match)",
        "{'a': [1]} | {'a': '1'} | a is '1', wanted: 1 (it is a string, the pattern has no string)",
        "{'a': ['1']} | {'a': 1} | a is 1, wanted: '1' (it is a number, the pattern has a string)",
        "{'a': ['true']} | {'a': true}"
            + " | a is true, wanted: 'true' (it is true, the pattern has a string)",
        "{'a': [{'numeric': ['=', 1]}]} | {'a': '1'}"
            + " | a is '1', wanted: {'numeric': ['=', 1]}"
            + " (it is a string, and numeric takes numbers only)",
        "{'a': [{'wildcard': '*'}]} | {'a': 1}"
            + " | a is 1, wanted: {'wildcard': '*'} (it is a number, and only strings are taken)",
        "{'a': ['UserCreated']} | {'a': 'UserCraeted'}"
            + " | a is 'UserCraeted', wanted: 'UserCreated' (misspelt? 'UserCreated' is wanted)",
        // absent
        "{'a': ['x']} | {} | a is absent, wanted: 'x'",
        "{'a': [{'exists': true}]} | {'a': []}"
            + " | a is an empty list, which counts as absent, wanted: {'exists': true}",
        "{'a': [{'exists': true}]} | {'a': {}}"
            + " | a is an empty object, which counts as absent, wanted: {'exists': true}",
        "{'a': [{'exists': true}]} | {'a': {'b': 1}}"
            + " | a is an object, not a value: it has the fields b, wanted: {'exists': true}",
        "{'a': {'b': ['x']}} | {'a': 'y'} | a.b is absent: a is 'y', wanted: 'x'",
        "{'a': [{'exists': false}]} | {'a': null}"
            + " | a is null, wanted: {'exists': false} (the field is there, if only as null)",
        // elsewhere
        "{'detail': {'email': ['x']}} | {'detail': {'emial': 'x'}}"
            + " | detail.email is absent, wanted: 'x' (there is detail.emial)",
        "{'detail': {'eMail': ['x']}} | {'detail': {'e-mail': 'x'}}"
            + " | detail.eMail is absent, wanted: 'x' (there is detail.e-mail)",
        "{'detail': {'email': ['x']}} | {'detail': {'data': {'email': 'x'}}}"
            + " | detail.email is absent, wanted: 'x' (there is detail.data.email)",
        "{'detail': {'email': ['x']}} | {'detail': '{}'}"
            + " | detail.email is absent: detail is '{}', wanted: 'x'"
            + " (detail is a string that holds an object, and must be the object itself)",
      })
  void failure_namesFieldConditionAndValue(String pattern, String event, String sentence) {
    Explanation explanation = EventPattern.parse(json(pattern)).explain(json(event));
    assertThat(explanation.matches()).isFalse();
    assertThat(explanation.nearest().reasons()).containsExactly(json(sentence));
  }

  @Test
  void valuesInDifferentObjectsOfAList_areNotTogether() {
    Explanation explanation =
        EventPattern.parse(json("{'a': {'x': [1], 'y': [4]}}"))
            .explain(json("{'a': [{'x': 1, 'y': 2}, {'x': 3, 'y': 4}]}"));
    assertThat(explanation.matches()).isFalse();
    assertThat(explanation.nearest().failures()).isEmpty();
    assertThat(explanation.nearest().reasons().getFirst()).contains("no single object of the list");
    assertThat(explanation.distance()).isEqualTo(1);
  }

  @Test
  void alternativeThatTheMatcherLoses_isSaid() {
    EventPattern pattern = EventPattern.parse(json("{'$or': [{'a': ['x']}, {'a': ['x', 'y']}]}"));
    assertThat(pattern.alternatives()).extracting(Alternative::lost).containsExactly(false, true);
    Explanation explanation = pattern.explain(json("{'a': 'y'}"));
    assertThat(explanation.matches()).isFalse();
    assertThat(explanation.outcomes().getLast().reasons().getFirst()).contains("loses it");
  }

  @Test
  void nearestAlternative_isTheOneWithTheFewestFailures() {
    Explanation explanation =
        EventPattern.parse(json("{'$or': [{'a': ['x'], 'b': ['x']}, {'a': ['y'], 'b': ['z']}]}"))
            .explain(json("{'a': 'y', 'b': 'Z'}"));
    assertThat(explanation.nearest().reasons())
        .containsExactly(json("b is 'Z', wanted: 'z' (it differs only in case)"));
  }

  @Test
  void conditions_knowTheirPlace() {
    EventPattern pattern = EventPattern.parse("{\n  \"a\": {\n    \"b\": [1, \"x\"]\n  }\n}");
    Position second =
        pattern.alternatives().getFirst().fields().get("a.b").conditions().getLast().position();
    assertThat(second).isEqualTo(new Position("/a/b/1", 3, 14));
  }

  @Test
  void whatIsNoPattern_isRefusedWithItsPlace() {
    assertThatThrownBy(() -> EventPattern.parse("{\n  \"a\": 1\n}"))
        .isInstanceOfSatisfying(
            PatternException.class,
            e -> {
              assertThat(e).hasMessage("\"a\" must have a list of values, or an object of fields.");
              assertThat(e.position().line()).isEqualTo(2);
            });
    assertThatThrownBy(() -> EventPattern.parse("{\"a\": [")).hasMessageContaining("no JSON");
    assertThatThrownBy(() -> EventPattern.parse("{\"a\": [1]}").explain("[]"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void matchingEvent_hasNoReasons() {
    Explanation explanation =
        EventPattern.parse(json("{'a': ['x'], 'b': [{'exists': false}]}"))
            .explain(json("{'a': 'x'}"));
    assertThat(explanation.matches()).isTrue();
    assertThat(explanation.distance()).isZero();
    assertThat(explanation.nearest().reasons()).isEmpty();
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
