package dev.onboard.local.dynamodb.expression;

import dev.onboard.local.dynamodb.value.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Bound conditions asked of an item; an item that is not there is an empty one. */
public final class Evaluator {
  private Evaluator() {}

  public static boolean holds(Condition condition, Map<String, AttributeValue> item) {
    return switch (condition) {
      case Condition.Comparison(var comparator, Operand left, Operand right) ->
          compare(comparator, value(left, item), value(right, item));
      case Condition.Between(Operand value, Operand low, Operand high) -> {
        AttributeValue actual = value(value, item);
        yield compare(Condition.Comparator.GE, actual, value(low, item))
            && compare(Condition.Comparator.LE, actual, value(high, item));
      }
      case Condition.In(Operand value, List<Operand> candidates) -> {
        AttributeValue actual = value(value, item);
        yield candidates.stream()
            .anyMatch(c -> compare(Condition.Comparator.EQ, actual, value(c, item)));
      }
      case Condition.Exists(Path path) -> path.in(item) != null;
      case Condition.NotExists(Path path) -> path.in(item) == null;
      case Condition.HasType(Operand value, Operand type) -> {
        AttributeValue actual = value(value, item);
        AttributeValue name = value(type, item);
        yield actual != null && name != null && Values.type(actual).equals(name.s());
      }
      case Condition.BeginsWith(Operand value, Operand prefix) ->
          beginsWith(value(value, item), value(prefix, item));
      case Condition.Contains(Operand value, Operand element) ->
          contains(value(value, item), value(element, item));
      case Condition.And(Condition left, Condition right) ->
          holds(left, item) && holds(right, item);
      case Condition.Or(Condition left, Condition right) -> holds(left, item) || holds(right, item);
      case Condition.Not(Condition negated) -> !holds(negated, item);
    };
  }

  static @Nullable AttributeValue value(Operand operand, Map<String, AttributeValue> item) {
    return switch (operand) {
      case Operand.At(Path path) -> path.in(item);
      case Operand.Literal(AttributeValue value) -> value;
      case Operand.Size(Operand of) -> size(value(of, item));
      case Operand.Placeholder(String name) ->
          throw new IllegalStateException(name + " must be bound");
    };
  }

  private static @Nullable AttributeValue size(@Nullable AttributeValue value) {
    if (value == null) {
      return null;
    }
    int size =
        switch (value.type()) {
          case S -> value.s().length();
          case B -> Values.length(value.b());
          case SS -> value.ss().size();
          case NS -> value.ns().size();
          case BS -> value.bs().size();
          case L -> value.l().size();
          case M -> value.m().size();
          case N, BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> -1;
        };
    return size < 0 ? null : AttributeValue.fromN(Integer.toString(size));
  }

  private static boolean compare(
      Condition.Comparator comparator,
      @Nullable AttributeValue left,
      @Nullable AttributeValue right) {
    if (comparator == Condition.Comparator.NE) {
      return left == null || right == null ? left != right : !Values.equal(left, right);
    }
    if (left == null || right == null || left.type() != right.type()) {
      return false;
    }
    if (comparator == Condition.Comparator.EQ) {
      return Values.equal(left, right);
    }
    if (!Values.isOrdered(left)) {
      return false;
    }
    int order = Values.compare(left, right);
    return switch (comparator) {
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      default -> order >= 0;
    };
  }

  private static boolean beginsWith(
      @Nullable AttributeValue value, @Nullable AttributeValue prefix) {
    if (value == null || prefix == null || value.type() != prefix.type()) {
      return false;
    }
    return switch (value.type()) {
      case S -> value.s().startsWith(prefix.s());
      case B -> indexOf(value.b(), prefix.b(), 0) == 0;
      default -> false;
    };
  }

  private static boolean contains(
      @Nullable AttributeValue value, @Nullable AttributeValue element) {
    if (value == null || element == null) {
      return false;
    }
    return switch (value.type()) {
      case S -> element.s() != null && value.s().contains(element.s());
      case B ->
          element.b() != null && indexOf(value.b(), element.b(), Values.length(value.b())) >= 0;
      case SS -> element.s() != null && value.ss().contains(element.s());
      case NS -> element.n() != null && value.ns().contains(element.n());
      case BS -> element.b() != null && value.bs().contains(element.b());
      case L -> value.l().stream().anyMatch(v -> Values.equal(v, element));
      default -> false;
    };
  }

  /** Where bytes begin within others, looked for up to a place; -1 if nowhere. */
  private static int indexOf(SdkBytes whole, SdkBytes part, int upTo) {
    byte[] in = whole.asByteArrayUnsafe();
    byte[] of = part.asByteArrayUnsafe();
    for (int at = 0; at <= Math.min(upTo, in.length - of.length); at++) {
      if (Arrays.equals(in, at, at + of.length, of, 0, of.length)) {
        return at;
      }
    }
    return -1;
  }
}
