package dev.onboard.check.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class LanguageProperties {

  @Property
  void regularExpression_holdsWhatJavaFinds(
      @ForAll("expressions") String expression, @ForAll("texts") String text) {
    Optional<Language> language = RegularExpression.found(expression);

    assertThat(language).isPresent();
    assertThat(language.get().contains(text))
        .as("%s in %s", text, expression)
        .isEqualTo(Pattern.compile(expression).matcher(text).find());
  }

  @Property
  void operations_areThoseOfSets(
      @ForAll("expressions") String some,
      @ForAll("expressions") String others,
      @ForAll("texts") String text) {
    Language a = RegularExpression.found(some).orElseThrow();
    Language b = RegularExpression.found(others).orElseThrow();

    assertThat(a.and(b).contains(text)).isEqualTo(a.contains(text) && b.contains(text));
    assertThat(a.or(b).contains(text)).isEqualTo(a.contains(text) || b.contains(text));
    assertThat(a.not().contains(text)).isNotEqualTo(a.contains(text));
    assertThat(a.and(a.not()).isEmpty()).isTrue();
  }

  @Property
  void example_isOfTheSet(
      @ForAll("expressions") String some, @ForAll("expressions") String others) {
    Language both =
        RegularExpression.found(some)
            .orElseThrow()
            .and(RegularExpression.found(others).orElseThrow().not());

    assertThat(both.example().isPresent()).isNotEqualTo(both.isEmpty());
    both.example().ifPresent(text -> assertThat(both.contains(text)).isTrue());
  }

  @Property
  void numbers_areSets(
      @ForAll @IntRange(min = -3, max = 3) int from,
      @ForAll @IntRange(min = -3, max = 3) int to,
      @ForAll boolean withFrom,
      @ForAll boolean withTo,
      @ForAll @IntRange(min = -8, max = 8) int halves) {
    Numbers range =
        Numbers.between(BigDecimal.valueOf(from), withFrom, BigDecimal.valueOf(to), withTo);
    BigDecimal number = BigDecimal.valueOf(halves).divide(BigDecimal.TWO);
    boolean above = withFrom ? halves >= 2 * from : halves > 2 * from;
    boolean below = withTo ? halves <= 2 * to : halves < 2 * to;

    assertThat(range.contains(number)).isEqualTo(above && below);
    assertThat(range.not().contains(number)).isNotEqualTo(above && below);
    assertThat(range.or(range.not())).isEqualTo(Numbers.any());
    assertThat(range.and(range.not()).isEmpty()).isTrue();
    range.example().ifPresent(example -> assertThat(range.contains(example)).isTrue());
  }

  @Example
  void whatIsNotRegular_isLeftUnread() {
    assertThat(RegularExpression.found("(a)\\1")).isEmpty();
    assertThat(RegularExpression.found("a(?=b)")).isEmpty();
    assertThat(RegularExpression.found("^a|b$")).isEmpty();
    assertThat(RegularExpression.found("\\p{L}")).isEmpty();
    assertThat(RegularExpression.found("a++")).isEmpty();
  }

  @Example
  void finiteSets_areWrittenOut() {
    assertThat(RegularExpression.found("^(ab|c)?$").orElseThrow().texts())
        .hasValueSatisfying(texts -> assertThat(texts).containsExactly("", "ab", "c"));
    assertThat(Language.any().texts()).isEmpty();
    assertThat(RegularExpression.found("^a*$").orElseThrow().texts()).isEmpty();
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("ab1.@").ofMaxLength(6);
  }

  @Provide
  Arbitrary<String> expressions() {
    Arbitrary<String> single =
        Arbitraries.of(
            "a", "b", "1", "\\.", "@", ".", "[ab]", "[^a]", "[a-b1]", "\\d", "\\w", "\\S");
    Arbitrary<String> repeat = Arbitraries.of("", "", "*", "+", "?", "{2}", "{1,2}", "{2,}");
    Arbitrary<String> part = Combinators.combine(single, repeat).as(String::concat);
    Arbitrary<String> sequence =
        part.list().ofMinSize(1).ofMaxSize(3).map(parts -> String.join("", parts));
    Arbitrary<String> group =
        Combinators.combine(sequence, sequence, repeat)
            .as((left, right, often) -> "(" + left + "|" + right + ")" + often);
    Arbitrary<String> whole =
        Arbitraries.oneOf(sequence, group, Combinators.combine(group, sequence).as(String::concat));
    return Combinators.combine(Arbitraries.of("", "^"), whole, Arbitraries.of("", "$"))
        .as((begin, inner, end) -> begin + inner + end);
  }
}
