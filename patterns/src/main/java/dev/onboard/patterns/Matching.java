package dev.onboard.patterns;

import dev.onboard.patterns.Condition.AnythingBut;
import dev.onboard.patterns.Condition.Exact;
import dev.onboard.patterns.FlatEvent.Value;
import dev.onboard.patterns.Node.Leaf;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether values meet conditions. */
final class Matching {
  private Matching() {}

  /** Whether all fields of an alternative hold together. */
  static boolean holds(Alternative alternative, FlatEvent event) {
    return holds(List.copyOf(alternative.fields().sequencedEntrySet()), 0, event, Map.of());
  }

  private static boolean holds(
      List<Map.Entry<String, Leaf>> fields, int from, FlatEvent event, Map<Integer, Integer> in) {
    if (from == fields.size()) {
      return true;
    }
    String path = fields.get(from).getKey();
    Leaf leaf = fields.get(from).getValue();
    boolean absent =
        event.values(path).stream().allMatch(v -> FlatEvent.together(in, v.within()) == null);
    if (absent && leaf.takesAbsence() && holds(fields, from + 1, event, in)) {
      return true;
    }
    for (Value value : event.values(path, in)) {
      Map<Integer, Integer> together = FlatEvent.together(in, value.within());
      if (together != null && takes(leaf, value) && holds(fields, from + 1, event, together)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a value meets one of the conditions of a field. */
  static boolean takes(Leaf leaf, Value value) {
    boolean addresses = leaf.conditions().stream().anyMatch(c -> range(c) != null);
    boolean numbers = leaf.conditions().stream().anyMatch(Matching::isNumeric);
    String digits = addresses ? IpRange.digits(value.bare()) : null;
    Double number = numbers && !value.isString() ? Numbers.comparable(value.text()) : null;
    return leaf.conditions().stream()
        .anyMatch(c ->
            digits != null && takesAddress(c, digits)
                || (number == null ? takesText(c, value) : takesNumber(c, number)));
  }

  private static boolean isNumeric(Condition condition) {
    return switch (condition) {
      case Condition.Numeric n -> true;
      case Exact e -> e.value().isNumber() && Numbers.comparable(e.literal()) != null;
      case AnythingBut b -> b.kind() == AnythingBut.Kind.NUMBERS;
      default -> false;
    };
  }

  private static @Nullable IpRange range(Condition condition) {
    if (condition instanceof Condition.Cidr cidr) {
      return IpRange.ofBlock(cidr.block());
    } else if (condition instanceof Exact exact && exact.value().isTextual()) {
      String digits = IpRange.digits(exact.literal());
      return digits == null ? null : new IpRange(digits, digits);
    }
    return null;
  }

  private static boolean takesAddress(Condition condition, String digits) {
    IpRange range = range(condition);
    return range != null
        ? range.takes(digits)
        : condition instanceof Exact exact
            && !exact.value().isTextual()
            && exact.literal().equals(digits);
  }

  private static boolean takesNumber(Condition condition, double number) {
    return switch (condition) {
      case Exact e ->
          e.value().isNumber() && Objects.equals(Numbers.comparable(e.literal()), number);
      case Condition.Numeric n -> above(n.lower(), number) && below(n.upper(), number);
      case AnythingBut b ->
          b.kind() != AnythingBut.Kind.NUMBERS
              || b.texts().stream().noneMatch(t -> Objects.equals(Numbers.comparable(t), number));
      case Condition.Exists e -> e.there();
      case Condition.Exactly e -> false;
      case Condition.Prefix p -> false;
      case Condition.Suffix s -> false;
      case Condition.EqualsIgnoreCase e -> false;
      case Condition.Wildcard w -> false;
      case Condition.Cidr c -> false;
    };
  }

  private static boolean above(Condition.@Nullable Bound bound, double number) {
    if (bound == null) {
      return true;
    }
    int difference = Double.compare(number, bound.value().doubleValue());
    return difference > 0 || difference == 0 && bound.inclusive();
  }

  private static boolean below(Condition.@Nullable Bound bound, double number) {
    if (bound == null) {
      return true;
    }
    int difference = Double.compare(number, bound.value().doubleValue());
    return difference < 0 || difference == 0 && bound.inclusive();
  }

  private static boolean takesText(Condition condition, Value value) {
    boolean string = value.isString();
    String bare = value.bare();
    return switch (condition) {
      case Exact e -> {
        IpRange range = range(e);
        yield range != null
            ? range.takes(value.text())
            : e.value().isTextual() == string && e.literal().equals(bare);
      }
      case Condition.Exactly e -> string && e.text().equals(bare);
      case Condition.Prefix p ->
          string
              && (p.ignoringCase()
                  ? new FoldedText('"' + p.text()).begins(value.text())
                  : value.text().startsWith('"' + p.text()));
      case Condition.Suffix s ->
          string
              && (s.ignoringCase()
                  ? new FoldedText(s.text() + '"').ends(value.text())
                  : value.text().endsWith(s.text() + '"'));
      case Condition.EqualsIgnoreCase e -> string && new FoldedText(e.text()).equalTo(bare);
      case Condition.Wildcard w -> string && new Glob(w.glob()).matches(bare);
      case Condition.Numeric n -> false;
      case Condition.Cidr c -> IpRange.ofBlock(c.block()).takes(value.text());
      case Condition.Exists e -> e.there();
      case AnythingBut b -> b.texts().stream().noneMatch(t -> excludes(b.kind(), t, value));
    };
  }

  private static boolean excludes(AnythingBut.Kind kind, String text, Value value) {
    String bare = value.bare();
    return value.isString()
        && switch (kind) {
          case NUMBERS -> false;
          case STRINGS -> text.equals(bare);
          case IGNORING_CASE -> new FoldedText(text).equalTo(bare);
          case PREFIXES -> value.text().startsWith('"' + text);
          case SUFFIXES -> value.text().endsWith(text + '"');
          case WILDCARDS -> new Glob(text).matches(bare);
        };
  }
}
