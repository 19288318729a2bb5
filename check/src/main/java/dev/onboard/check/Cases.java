package dev.onboard.check;

import dev.onboard.check.language.Expression;
import dev.onboard.check.language.Language;
import dev.onboard.check.language.Values;
import dev.onboard.patterns.Condition;
import java.util.Optional;

/** Conditions that would be met if case counted for nothing. */
final class Cases {
  private Cases() {}

  /** A value that a condition would then meet, as JSON. */
  static Optional<String> meeting(Condition condition, Values possible) {
    Optional<Expression> ignoring =
        switch (condition) {
          case Condition.Exact exact when exact.value().isTextual() ->
              Optional.of(Expression.textIgnoringCase(exact.literal()));
          case Condition.Prefix prefix ->
              Optional.of(
                  Expression.sequence(
                      Expression.textIgnoringCase(prefix.text()), Expression.anything()));
          case Condition.Suffix suffix ->
              Optional.of(
                  Expression.sequence(
                      Expression.anything(), Expression.textIgnoringCase(suffix.text())));
          default -> Optional.empty();
        };
    return ignoring
        .map(Language::of)
        .map(Values::of)
        .map(possible::and)
        .filter(common -> !common.isEmpty())
        .flatMap(Values::example);
  }
}
