package dev.onboard.check.event;

import dev.onboard.check.language.Expression;
import dev.onboard.check.language.Language;
import dev.onboard.check.language.Numbers;
import dev.onboard.check.language.Values;
import dev.onboard.patterns.Condition;
import dev.onboard.patterns.Condition.AnythingBut;
import dev.onboard.patterns.Condition.Bound;
import dev.onboard.patterns.Node;
import java.math.BigDecimal;
import java.util.Set;

/** The values that the conditions of patterns take. */
final class Conditions {
  /** Stands in a pattern for what is not known before deployment. */
  static final char SYMBOL = '\ue002';

  private static final Set<Character> ADDRESS = Set.of('.', ':');

  private Conditions() {}

  static Values values(Node.Leaf leaf) {
    return leaf.conditions().stream().map(Conditions::values).reduce(Values.none(), Values::or);
  }

  static Values values(Condition condition) {
    return switch (condition) {
      case Condition.Exact exact -> exact(exact);
      case Condition.Exactly exactly -> texts(text(exactly.text()), exactly.text());
      case Condition.Prefix prefix ->
          texts(
              Expression.sequence(
                  cased(prefix.text(), prefix.ignoringCase()), Expression.anything()),
              prefix.text());
      case Condition.Suffix suffix ->
          texts(
              Expression.sequence(
                  Expression.anything(), cased(suffix.text(), suffix.ignoringCase())),
              suffix.text());
      case Condition.EqualsIgnoreCase equal -> texts(cased(equal.text(), true), equal.text());
      case Condition.Wildcard wildcard -> texts(glob(wildcard.glob()), wildcard.glob());
      case Condition.Numeric numeric -> Values.of(numbers(numeric));
      case Condition.Cidr cidr -> Values.of(addresses()).inexact();
      case Condition.Exists exists -> exists.there() ? Values.present() : Values.missing();
      case AnythingBut but -> anythingBut(but);
    };
  }

  private static Values exact(Condition.Exact exact) {
    if (exact.value().isTextual()) {
      return texts(text(exact.literal()), exact.literal());
    } else if (exact.value().isNumber()) {
      return Values.of(Numbers.of(new BigDecimal(exact.literal())));
    }
    return exact.value().isNull() ? Values.ofNull() : Values.of(exact.value().asBoolean());
  }

  private static Values anythingBut(AnythingBut but) {
    Values named =
        but.texts().stream()
            .map(text ->
                switch (but.kind()) {
                  case NUMBERS -> Values.of(Numbers.of(new BigDecimal(text)));
                  case STRINGS -> texts(text(text), text);
                  case IGNORING_CASE -> texts(cased(text, true), text);
                  case PREFIXES ->
                      texts(Expression.sequence(text(text), Expression.anything()), text);
                  case SUFFIXES ->
                      texts(Expression.sequence(Expression.anything(), text(text)), text);
                  case WILDCARDS -> texts(glob(text), text);
                })
            .reduce(Values.none(), Values::or);
    return Values.present().and(named.not());
  }

  private static Values texts(Expression expression, String written) {
    Values values = Values.of(Language.of(expression));
    return written.indexOf(SYMBOL) < 0 ? values : values.inexact();
  }

  private static Expression text(String text) {
    return cased(text, false);
  }

  private static Expression cased(String text, boolean ignoringCase) {
    if (text.indexOf(SYMBOL) >= 0) {
      return Expression.wildcard(text.replace("*", "\\*").replace(SYMBOL, '*'), true);
    }
    return ignoringCase ? Expression.textIgnoringCase(text) : Expression.text(text);
  }

  private static Expression glob(String glob) {
    return Expression.wildcard(glob.replace(SYMBOL, '*'), true);
  }

  private static Numbers numbers(Condition.Numeric numeric) {
    Bound lower = numeric.lower();
    Bound upper = numeric.upper();
    return Numbers.between(
        lower == null ? null : lower.value(),
        lower == null || lower.inclusive(),
        upper == null ? null : upper.value(),
        upper == null || upper.inclusive());
  }

  /** Texts that may be IP addresses; which ones lie in a block is not told. */
  private static Language addresses() {
    var characters = new java.util.TreeSet<Character>(ADDRESS);
    for (char c : "0123456789abcdefABCDEF".toCharArray()) {
      characters.add(c);
    }
    return Language.of(
        new Expression.Repeat(
            new Expression.Character(characters, false), 1, Expression.UNBOUNDED));
  }
}
