package dev.onboard.local.dynamodb.expression;

import java.util.List;
import java.util.function.Consumer;

/** What is asked of an item; also a filter, a key condition and the WHERE of a statement. */
public sealed interface Condition {

  /** How two operands are compared. */
  enum Comparator {
    EQ("="),
    NE("<>"),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">=");

    private final String symbol;

    Comparator(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }

    /** The same question with its operands exchanged. */
    public Comparator mirrored() {
      return switch (this) {
        case LT -> GT;
        case LE -> GE;
        case GT -> LT;
        case GE -> LE;
        case EQ, NE -> this;
      };
    }
  }

  record Comparison(Comparator comparator, Operand left, Operand right) implements Condition {}

  record Between(Operand value, Operand low, Operand high) implements Condition {}

  record In(Operand value, List<Operand> candidates) implements Condition {}

  record Exists(Path path) implements Condition {}

  record NotExists(Path path) implements Condition {}

  record HasType(Operand value, Operand type) implements Condition {}

  record BeginsWith(Operand value, Operand prefix) implements Condition {}

  record Contains(Operand value, Operand element) implements Condition {}

  record And(Condition left, Condition right) implements Condition {}

  record Or(Condition left, Condition right) implements Condition {}

  record Not(Condition condition) implements Condition {}

  /** Hands over every path that the condition looks at. */
  default void paths(Consumer<Path> consumer) {
    switch (this) {
      case Comparison(_, Operand left, Operand right) -> operands(consumer, left, right);
      case Between(Operand value, Operand low, Operand high) ->
          operands(consumer, value, low, high);
      case In(Operand value, List<Operand> candidates) -> {
        operands(consumer, value);
        candidates.forEach(c -> operands(consumer, c));
      }
      case Exists(Path path) -> consumer.accept(path);
      case NotExists(Path path) -> consumer.accept(path);
      case HasType(Operand value, Operand type) -> operands(consumer, value, type);
      case BeginsWith(Operand value, Operand prefix) -> operands(consumer, value, prefix);
      case Contains(Operand value, Operand element) -> operands(consumer, value, element);
      case And(Condition left, Condition right) -> {
        left.paths(consumer);
        right.paths(consumer);
      }
      case Or(Condition left, Condition right) -> {
        left.paths(consumer);
        right.paths(consumer);
      }
      case Not(Condition condition) -> condition.paths(consumer);
    }
  }

  private static void operands(Consumer<Path> consumer, Operand... operands) {
    for (Operand operand : operands) {
      switch (operand) {
        case Operand.At(Path path) -> consumer.accept(path);
        case Operand.Size(Operand of) -> operands(consumer, of);
        case Operand.Placeholder _, Operand.Literal _ -> {}
      }
    }
  }
}
