package dev.onboard.local.dynamodb.expression;

import dev.onboard.local.dynamodb.expression.Condition.Comparator;
import dev.onboard.local.dynamodb.value.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Condition, filter and key condition expressions.
 *
 * <pre>
 * or      = and {OR and}
 * and     = not {AND not}
 * not     = NOT not | primary
 * primary = "(" or ")" | function | operand comparator operand
 *         | operand BETWEEN operand AND operand | operand IN "(" operand {"," operand} ")"
 * operand = "(" operand ")" | path | ":" name | size "(" operand ")"
 * </pre>
 */
final class ConditionParser extends ExpressionParser {
  private static final Set<String> KEYWORDS = Set.of("AND", "OR", "NOT", "BETWEEN", "IN");

  ConditionParser(String text) {
    super(text);
  }

  Condition parse() {
    Condition condition = or();
    expectEnd();
    return condition;
  }

  @Override
  boolean isKeyword(Token word) {
    return KEYWORDS.stream().anyMatch(word::isWord);
  }

  private Condition or() {
    Condition left = and();
    while (takeWord("OR")) {
      countOperator();
      left = new Condition.Or(left, and());
    }
    return left;
  }

  private Condition and() {
    Condition left = not();
    while (takeWord("AND")) {
      countOperator();
      left = new Condition.And(left, not());
    }
    return left;
  }

  private Condition not() {
    if (takeWord("NOT")) {
      countOperator();
      return new Condition.Not(not());
    }
    return peek().is("(") && !isOperandInParentheses() ? group() : primary();
  }

  private Condition group() {
    requireNotDoubled();
    expect("(");
    Condition condition = or();
    expect(")");
    return condition;
  }

  /** Refuses parentheses directly within parentheses. */
  private void requireNotDoubled() {
    if (peek(1).is("(") && closing(1) + 1 == closing(0)) {
      throw new ExpressionProblem("The expression has redundant parentheses;");
    }
  }

  /** How far ahead the parenthesis is that closes the one that is so far ahead. */
  private int closing(int opening) {
    int depth = 0;
    for (int ahead = opening; peek(ahead).kind() != Token.Kind.END; ahead++) {
      if (peek(ahead).is("(")) {
        depth++;
      } else if (peek(ahead).is(")") && --depth == 0) {
        return ahead;
      }
    }
    return -1;
  }

  /** Whether the parenthesis here is around an operand: something that compares follows it. */
  private boolean isOperandInParentheses() {
    int closing = closing(0);
    if (closing < 0) {
      return false;
    }
    Token after = peek(closing + 1);
    return isComparing(after) || after.is(".") || after.is("[");
  }

  private boolean isComparing(Token token) {
    return comparator(token) != null || token.isWord("BETWEEN") || token.isWord("IN");
  }

  private static @Nullable Comparator comparator(Token token) {
    for (Comparator comparator : Comparator.values()) {
      if (token.is(comparator.symbol())) {
        return comparator;
      }
    }
    return null;
  }

  private Condition primary() {
    if (isCall() && !isComparing(peek(closing(1) + 1))) {
      return function();
    }
    Operand left = operand();
    Comparator comparator = comparator(peek());
    if (comparator != null) {
      next();
      countOperator();
      Operand right = operand();
      requireDistinct(comparator.symbol(), left, right);
      return new Condition.Comparison(comparator, left, right);
    } else if (takeWord("BETWEEN")) {
      countOperator();
      Operand low = operand();
      if (!takeWord("AND")) {
        throw syntaxError();
      }
      return new Condition.Between(left, low, operand());
    } else if (takeWord("IN")) {
      countOperator();
      return new Condition.In(left, candidates());
    }
    throw syntaxError();
  }

  private List<Operand> candidates() {
    List<Operand> candidates = operands();
    if (candidates.size() > Limits.IN_OPERANDS) {
      throw new ExpressionProblem(
          "The IN operator is provided with too many operands; number of operands: "
              + candidates.size());
    }
    return candidates;
  }

  private List<Operand> operands() {
    expect("(");
    var operands = new ArrayList<Operand>();
    do {
      operands.add(operand());
    } while (take(","));
    expect(")");
    return operands;
  }

  private boolean isCall() {
    return peek().kind() == Token.Kind.WORD && !isKeyword(peek()) && peek(1).is("(");
  }

  private Operand operand() {
    if (peek().is("(")) {
      requireNotDoubled();
      next();
      Operand operand = operand();
      expect(")");
      if (operand instanceof Operand.At(Path path) && (peek().is(".") || peek().is("["))) {
        var steps = new ArrayList<>(path.steps());
        pathRest(steps);
        return new Operand.At(new Path(steps));
      }
      return operand;
    }
    if (peek().kind() == Token.Kind.PLACEHOLDER) {
      return placeholder();
    }
    if (isCall()) {
      String function = next().text();
      List<Operand> operands = operands();
      requireKnown(function);
      if (!function.equals("size")) {
        throw misused(function);
      }
      countOperator();
      if (operands.size() != 1) {
        throw wrongCount(function, operands.size());
      }
      return new Operand.Size(operands.getFirst());
    }
    return new Operand.At(path());
  }

  private static ExpressionProblem misused(String function) {
    return new ExpressionProblem(
        "The function is not allowed to be used this way in an expression; function: " + function);
  }

  private static void requireKnown(String function) {
    switch (function) {
      case "attribute_exists",
          "attribute_not_exists",
          "attribute_type",
          "begins_with",
          "contains",
          "size" -> {}
      default -> throw unknownFunction(function);
    }
  }

  private Condition function() {
    String function = next().text();
    List<Operand> operands = operands();
    requireKnown(function);
    countOperator();
    return function(function, operands);
  }

  /** The condition that a function is; statements have the same ones. */
  static Condition function(String function, List<Operand> operands) {
    requireKnown(function);
    int expected = function.startsWith("attribute_") && function.endsWith("exists") ? 1 : 2;
    if (function.equals("size")) {
      throw misused(function);
    }
    if (operands.size() != expected) {
      throw wrongCount(function, operands.size());
    }
    Operand first = operands.getFirst();
    Operand last = operands.getLast();
    if (expected == 2) {
      requireDistinct(function, first, last);
    }
    return switch (function) {
      case "attribute_exists" -> new Condition.Exists(pathOf(function, first));
      case "attribute_not_exists" -> new Condition.NotExists(pathOf(function, first));
      case "attribute_type" -> new Condition.HasType(first, last);
      case "begins_with" -> new Condition.BeginsWith(first, last);
      default -> new Condition.Contains(first, last);
    };
  }

  private static Path pathOf(String function, Operand operand) {
    if (operand instanceof Operand.At(Path path)) {
      return path;
    }
    throw noPath(function);
  }

  private static void requireDistinct(String operator, Operand left, Operand right) {
    if (left instanceof Operand.At(Path path) && left.equals(right)) {
      throw new ExpressionProblem(
          "The first operand must be distinct from the remaining operands for this operator or"
              + " function; operator: "
              + operator
              + ", first operand: "
              + path);
    }
  }
}
