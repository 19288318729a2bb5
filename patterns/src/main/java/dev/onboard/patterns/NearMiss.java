package dev.onboard.patterns;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.onboard.patterns.Condition.AnythingBut;
import dev.onboard.patterns.Condition.Exact;
import dev.onboard.patterns.FlatEvent.Value;
import dev.onboard.patterns.Node.Leaf;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** In what a value almost meets a condition. */
final class NearMiss {
  private NearMiss() {}

  static List<String> hints(Leaf leaf, List<Value> values) {
    return values.stream()
        .flatMap(v -> leaf.conditions().stream().map(c -> hint(c, v)))
        .filter(Objects::nonNull)
        .distinct()
        .limit(3)
        .toList();
  }

  private static @Nullable String hint(Condition condition, Value value) {
    if (condition instanceof Condition.Exists exists && !exists.there()) {
      return "the field is there, if only as " + kind(value);
    }
    if (condition instanceof AnythingBut) {
      return null;
    }
    String type = type(condition, value);
    if (type != null) {
      return type;
    }
    if (!value.isString()) {
      return null;
    }
    String bare = value.bare();
    if (takes(condition, bare.strip())) {
      return "but for white space around it, it would match";
    } else if (folded(condition).filter(c -> takes(c, lower(bare))).isPresent()) {
      return "it differs only in case";
    } else if (folded(condition).filter(c -> takes(c, lower(bare.strip()))).isPresent()) {
      return "it differs only in case and white space";
    }
    return condition instanceof Exact exact && exact.value().isTextual()
        ? misspelt(exact.literal(), bare)
        : null;
  }

  /** What is said if the value is of the wrong type. */
  private static @Nullable String type(Condition condition, Value value) {
    if (condition instanceof Exact exact && exact.value().isTextual() != value.isString()) {
      boolean same = exact.literal().equals(value.bare());
      return same
          ? "it is "
              + kind(value)
              + ", the pattern has "
              + (value.isString() ? "no string" : "a string")
          : null;
    } else if (condition instanceof Condition.Numeric && value.isString()) {
      return Numbers.comparable(value.bare()) == null
          ? "numeric takes numbers only"
          : "it is a string, and numeric takes numbers only";
    }
    boolean text =
        condition instanceof Condition.Prefix
            || condition instanceof Condition.Suffix
            || condition instanceof Condition.Wildcard
            || condition instanceof Condition.EqualsIgnoreCase;
    return text && !value.isString()
        ? "it is " + kind(value) + ", and only strings are taken"
        : null;
  }

  private static @Nullable String misspelt(String wanted, String found) {
    return wanted.length() > 3 && Spelling.distance(lower(wanted), lower(found)) <= 2
        ? "misspelt? " + TextNode.valueOf(wanted) + " is wanted"
        : null;
  }

  private static boolean takes(Condition condition, String text) {
    return Matching.takes(
        new Leaf(List.of(condition), condition.position()), new Value('"' + text + '"', Map.of()));
  }

  /** The condition in lower case, for texts in lower case. */
  private static Optional<Condition> folded(Condition condition) {
    return switch (condition) {
      case Exact e when e.value().isTextual() ->
          Optional.of(new Condition.Exactly(lower(e.literal()), e.position()));
      case Condition.Prefix p ->
          Optional.of(new Condition.Prefix(lower(p.text()), false, p.position()));
      case Condition.Suffix s ->
          Optional.of(new Condition.Suffix(lower(s.text()), false, s.position()));
      case Condition.Wildcard w ->
          Optional.of(new Condition.Wildcard(lower(w.glob()), w.position()));
      default -> Optional.empty();
    };
  }

  private static String kind(Value value) {
    if (value.isString()) {
      return "a string";
    }
    return Stream.of("null", "true", "false").anyMatch(value.text()::equals)
        ? value.text()
        : "a number";
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
