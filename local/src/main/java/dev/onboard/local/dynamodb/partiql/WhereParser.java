package dev.onboard.local.dynamodb.partiql;

import dev.onboard.local.dynamodb.expression.Condition;
import dev.onboard.local.dynamodb.expression.Condition.Comparator;
import dev.onboard.local.dynamodb.expression.Expressions;
import dev.onboard.local.dynamodb.expression.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The WHERE of statements.
 *
 * <pre>
 * or        = and {OR and}
 * and       = not {AND not}
 * not       = NOT not | "(" or ")" | function | operand comparison
 * comparison = comparator operand | BETWEEN operand AND operand
 *           | IN ("[" | "(") operand {"," operand} ("]" | ")")
 *           | IS [NOT] (MISSING | NULL)
 * operand   = path | value | size "(" operand ")"
 * </pre>
 */
abstract class WhereParser extends TemplateParser {
  WhereParser(String text) {
    super(text);
  }

  @Nullable Condition where() {
    return takeWord("WHERE") ? or() : null;
  }

  private Condition or() {
    Condition left = and();
    while (takeWord("OR")) {
      left = new Condition.Or(left, and());
    }
    return left;
  }

  private Condition and() {
    Condition left = not();
    while (takeWord("AND")) {
      left = new Condition.And(left, not());
    }
    return left;
  }

  private Condition not() {
    if (takeWord("NOT")) {
      return new Condition.Not(not());
    }
    if (take("(")) {
      Condition condition = or();
      expect(")", "RIGHT_PAREN");
      return condition;
    }
    if (isCall() && !peek().isWord("size")) {
      String function = next().text().toLowerCase(Locale.ROOT);
      return Expressions.function(function, operands("(", ")"));
    }
    return comparison(operand());
  }

  private boolean isCall() {
    return peek().kind() == Lexeme.Kind.WORD && peek(1).is("(");
  }

  private Condition comparison(Operand left) {
    if (takeWord("BETWEEN")) {
      Operand low = operand();
      expectWord("AND");
      return new Condition.Between(left, low, operand());
    } else if (takeWord("IN")) {
      List<Operand> candidates = peek().is("[") ? operands("[", "]") : operands("(", ")");
      return new Condition.In(left, candidates);
    } else if (takeWord("IS")) {
      boolean negated = takeWord("NOT");
      Condition condition = is(left);
      return negated ? new Condition.Not(condition) : condition;
    }
    Comparator comparator =
        switch (peek().text()) {
          case "=" -> Comparator.EQ;
          case "<>", "!=" -> Comparator.NE;
          case "<" -> Comparator.LT;
          case "<=" -> Comparator.LE;
          case ">" -> Comparator.GT;
          case ">=" -> Comparator.GE;
          default -> throw malformed("Unexpected term");
        };
    next();
    return new Condition.Comparison(comparator, left, operand());
  }

  private Condition is(Operand left) {
    if (takeWord("MISSING") && left instanceof Operand.At(var path)) {
      return new Condition.NotExists(path);
    } else if (takeWord("NULL")) {
      return new Condition.HasType(left, new Operand.Literal(AttributeValue.fromS("NULL")));
    }
    throw malformed("Expected MISSING or NULL after IS");
  }

  private List<Operand> operands(String open, String close) {
    expect(open, "LEFT_PAREN");
    var operands = new ArrayList<Operand>();
    if (!peek().is(close)) {
      do {
        operands.add(operand());
      } while (take(","));
    }
    expect(close, "RIGHT_PAREN");
    return operands;
  }

  Operand operand() {
    if (peek().isWord("size") && isCall()) {
      next();
      List<Operand> operands = operands("(", ")");
      if (operands.size() != 1) {
        throw invalid(
            "Incorrect number of operands for operator or function; operator or function: size,"
                + " number of operands: "
                + operands.size());
      }
      return new Operand.Size(operands.getFirst());
    }
    return isValue() ? valueOperand() : new Operand.At(path());
  }
}
