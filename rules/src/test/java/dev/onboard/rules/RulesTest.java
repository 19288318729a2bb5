package dev.onboard.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.event.ruler.JsonRuleCompiler;

class RulesTest {

  /** EventBridge's limit, of the pattern without its white space. */
  private static final int MAX_PATTERN = 2048;

  /** By so much at most a name is longer than the logical id that stands for it here. */
  private static final int MAX_NAME = 64;

  static List<Rule> rules() {
    return Rule.all();
  }

  static Stream<Arguments> matches() {
    return Rule.all().stream()
        .flatMap(rule -> rule.matches().stream().map(file -> Arguments.of(rule.name(), file)));
  }

  static Stream<Arguments> ignores() {
    return Rule.all().stream()
        .flatMap(rule -> rule.ignores().stream().map(file -> Arguments.of(rule.name(), file)));
  }

  @Test
  void everyRuleOfTheDesign_hasAFolder() {
    assertThat(Rule.all())
        .extracting(Rule::name)
        .containsExactly(
            "csv-uploaded",
            "everything",
            "forward-mail-events",
            "forward-uploads",
            "import-finished",
            "invalid-event",
            "mail-outcome",
            "mail-sent",
            "user-created",
            "user-registered");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void pattern_isOneThatEventBridgeTakes(Rule rule) {
    assertThat(JsonRuleCompiler.check(rule.pattern())).isNull();
    assertThat(rule.pattern().length()).isLessThanOrEqualTo(MAX_PATTERN - MAX_NAME);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void rule_hasExamplesAndCounterExamples(Rule rule) {
    assertThat(rule.matches()).isNotEmpty();
    if (rule.name().equals("everything")) {
      assertThat(rule.ignores()).as("there is nothing that it could ignore").isEmpty();
    } else {
      assertThat(rule.ignores()).isNotEmpty();
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("matches")
  void example_matches(String rule, Path event) {
    assertThat(Rule.of(rule).takes(Rule.json(event))).isTrue();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("ignores")
  void counterExample_isIgnored(String rule, Path event) {
    assertThat(Rule.of(rule).takes(Rule.json(event))).isFalse();
  }
}
