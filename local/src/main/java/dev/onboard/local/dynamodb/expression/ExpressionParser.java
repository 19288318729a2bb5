package dev.onboard.local.dynamodb.expression;

import dev.onboard.local.dynamodb.value.Limits;
import dev.onboard.local.dynamodb.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the parsers of all kinds of expression share: tokens, paths, placeholders. */
abstract class ExpressionParser {
  private final String text;
  private final List<Token> tokens;
  private final Set<String> aliases = new LinkedHashSet<>();
  private final Set<String> placeholders = new LinkedHashSet<>();
  private @Nullable String reserved;
  private int at;
  private int operators;

  ExpressionParser(String text) {
    if (text.isBlank()) {
      throw new ExpressionProblem("The expression can not be empty;");
    }
    int size = Values.utf8Length(text);
    if (size > Limits.EXPRESSION_BYTES) {
      throw new ExpressionProblem(
          "Expression size has exceeded the maximum allowed size; expression size: " + size);
    }
    this.text = text;
    this.tokens = Token.all(text);
  }

  /** The placeholders for names that the expression uses. */
  Set<String> aliases() {
    return aliases;
  }

  /** The placeholders for values that the expression uses. */
  Set<String> placeholders() {
    return placeholders;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  Token next() {
    return tokens.get(at == tokens.size() - 1 ? at : at++);
  }

  boolean take(String symbol) {
    boolean there = peek().is(symbol);
    if (there) {
      at++;
    }
    return there;
  }

  boolean takeWord(String word) {
    boolean there = peek().isWord(word);
    if (there) {
      at++;
    }
    return there;
  }

  void expect(String symbol) {
    if (!take(symbol)) {
      throw syntaxError();
    }
  }

  /** The end of the expression; what could only be said once it was known to be well formed. */
  void expectEnd() {
    if (peek().kind() != Token.Kind.END) {
      throw syntaxError();
    }
    if (reserved != null) {
      throw new ExpressionProblem(
          "Attribute name is a reserved keyword; reserved keyword: " + reserved);
    }
  }

  /** The error at the current token, shown with its neighbours. */
  ExpressionProblem syntaxError() {
    Token token = peek();
    Token first = at == 0 ? token : tokens.get(at - 1);
    Token last = at == tokens.size() - 1 ? token : tokens.get(at + 1);
    return new ExpressionProblem(
        "Syntax error; token: \""
            + token.text()
            + "\", near: \""
            + text.substring(first.start(), last.end())
            + "\"");
  }

  void countOperator() {
    if (++operators > Limits.EXPRESSION_OPERATORS) {
      throw new ExpressionProblem(
          "The expression contains too many operators; operator count: " + operators);
    }
  }

  Path path() {
    var steps = new ArrayList<Step>();
    steps.add(name());
    pathRest(steps);
    return new Path(steps);
  }

  void pathRest(List<Step> steps) {
    while (true) {
      if (take(".")) {
        steps.add(name());
      } else if (take("[")) {
        if (peek().kind() != Token.Kind.NUMBER || peek().text().length() > 9) {
          throw syntaxError();
        }
        steps.add(new Step.Index(Integer.parseInt(next().text())));
        expect("]");
      } else {
        return;
      }
    }
  }

  private Step name() {
    Token token = peek();
    return switch (token.kind()) {
      case WORD -> {
        if (isKeyword(token)) {
          throw syntaxError();
        }
        if (reserved == null && ReservedWords.contains(token.text())) {
          reserved = token.text();
        }
        next();
        yield new Step.Name(token.text());
      }
      case ALIAS -> {
        if (token.text().length() == 1) {
          throw syntaxError();
        }
        next();
        aliases.add(token.text());
        yield new Step.Alias(token.text());
      }
      default -> throw syntaxError();
    };
  }

  Operand.Placeholder placeholder() {
    Token token = peek();
    if (token.kind() != Token.Kind.PLACEHOLDER || token.text().length() == 1) {
      throw syntaxError();
    }
    next();
    placeholders.add(token.text());
    return new Operand.Placeholder(token.text());
  }

  /** Whether a word cannot be a name here even before reserved words are looked at. */
  abstract boolean isKeyword(Token word);

  static ExpressionProblem wrongCount(String function, int operands) {
    return new ExpressionProblem(
        "Incorrect number of operands for operator or function; operator or function: "
            + function
            + ", number of operands: "
            + operands);
  }

  static ExpressionProblem noPath(String function) {
    return new ExpressionProblem(
        "Operator or function requires a document path; operator or function: " + function);
  }

  static ExpressionProblem unknownFunction(String function) {
    return new ExpressionProblem("Invalid function name; function: " + function);
  }
}
