package dev.onboard.local.dynamodb.partiql;

import dev.onboard.local.dynamodb.expression.Operand;
import dev.onboard.local.dynamodb.expression.Path;
import dev.onboard.local.dynamodb.expression.Step;
import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.Num;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The values and paths of statements.
 *
 * <pre>
 * value = string | ["-"] number | TRUE | FALSE | NULL | "?"
 *       | "[" value {"," value} "]" | "&lt;&lt;" value {"," value} ">>"
 *       | "{" string ":" value {"," string ":" value} "}"
 * path  = name {"." name | "[" number "]"}
 * </pre>
 */
abstract class TemplateParser {
  private final List<Lexeme> lexemes;
  private final List<Template> templates = new ArrayList<>();
  private int parameters;
  private int at;

  TemplateParser(String text) {
    this.lexemes = Lexeme.all(text);
  }

  static AwsServiceException malformed(String what) {
    return invalid("Statement wasn't well formed, can't be processed: " + what);
  }

  static AwsServiceException invalid(String message) {
    return DynamoErrors.validation(message);
  }

  Statement.Values values() {
    return new Statement.Values(List.copyOf(templates), parameters);
  }

  Lexeme peek() {
    return lexemes.get(at);
  }

  Lexeme peek(int ahead) {
    return lexemes.get(Math.min(at + ahead, lexemes.size() - 1));
  }

  Lexeme next() {
    return lexemes.get(at == lexemes.size() - 1 ? at : at++);
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

  void expect(String symbol, String called) {
    if (!take(symbol)) {
      throw malformed("Expected " + called);
    }
  }

  void expectWord(String word) {
    if (!takeWord(word)) {
      throw malformed("Expected " + word);
    }
  }

  void expectEnd() {
    if (peek().kind() != Lexeme.Kind.END) {
      throw malformed("Unexpected token after expression");
    }
  }

  String name() {
    Lexeme lexeme = peek();
    if (lexeme.kind() != Lexeme.Kind.WORD && lexeme.kind() != Lexeme.Kind.QUOTED_NAME) {
      throw malformed("Expected identifier for simple path");
    }
    return next().text();
  }

  Path path() {
    var steps = new ArrayList<Step>();
    steps.add(new Step.Name(name()));
    while (true) {
      if (take(".")) {
        steps.add(new Step.Name(name()));
      } else if (take("[")) {
        Lexeme index = next();
        if (index.kind() != Lexeme.Kind.NUMBER || !index.text().matches("[0-9]{1,9}")) {
          throw malformed("Invalid path component");
        }
        steps.add(new Step.Index(Integer.parseInt(index.text())));
        expect("]", "RIGHT_BRACKET");
      } else {
        return new Path(List.copyOf(steps));
      }
    }
  }

  /** Whether a value begins here. */
  boolean isValue() {
    Lexeme lexeme = peek();
    return switch (lexeme.kind()) {
      case STRING, NUMBER -> true;
      case WORD -> constant(lexeme) != null;
      case SYMBOL ->
          switch (lexeme.text()) {
            case "?", "[", "{", "<<", "-" -> true;
            default -> false;
          };
      case QUOTED_NAME, END -> false;
    };
  }

  /** A value as an operand: the placeholder of its place among the values. */
  Operand.Placeholder valueOperand() {
    templates.add(template());
    return new Operand.Placeholder("?" + (templates.size() - 1));
  }

  Template template() {
    Lexeme lexeme = next();
    if (lexeme.kind() == Lexeme.Kind.STRING) {
      return new Template.Constant(AttributeValue.fromS(lexeme.text()));
    } else if (lexeme.kind() == Lexeme.Kind.NUMBER) {
      return number(lexeme.text());
    } else if (lexeme.is("-") && peek().kind() == Lexeme.Kind.NUMBER) {
      return number("-" + next().text());
    } else if (lexeme.is("?")) {
      return new Template.Parameter(parameters++);
    } else if (lexeme.is("[")) {
      return new Template.ListOf(elements("]"));
    } else if (lexeme.is("<<")) {
      return new Template.SetOf(elements(">>"));
    } else if (lexeme.is("{")) {
      return map();
    }
    AttributeValue constant = constant(lexeme);
    if (constant == null) {
      throw malformed("Unexpected term");
    }
    return new Template.Constant(constant);
  }

  private static @Nullable AttributeValue constant(Lexeme lexeme) {
    if (lexeme.isWord("TRUE")) {
      return AttributeValue.fromBool(true);
    } else if (lexeme.isWord("FALSE")) {
      return AttributeValue.fromBool(false);
    }
    return lexeme.isWord("NULL") ? AttributeValue.fromNul(true) : null;
  }

  private static Template number(String text) {
    return new Template.Constant(AttributeValue.fromN(Num.normalize(text)));
  }

  private List<Template> elements(String close) {
    var elements = new ArrayList<Template>();
    if (!peek().is(close)) {
      do {
        elements.add(template());
      } while (take(","));
    }
    expect(close, close.equals("]") ? "RIGHT_BRACKET" : "RIGHT_DOUBLE_ANGLE_BRACKET");
    return List.copyOf(elements);
  }

  private Template map() {
    var entries = new LinkedHashMap<String, Template>();
    if (!peek().is("}")) {
      do {
        Lexeme key = next();
        if (key.kind() != Lexeme.Kind.STRING) {
          throw malformed("Expected a string as the key of a map");
        }
        expect(":", "COLON");
        if (entries.put(key.text(), template()) != null) {
          throw invalid("Duplicate key in a map: " + key.text());
        }
      } while (take(","));
    }
    expect("}", "RIGHT_CURLY");
    return new Template.MapOf(entries);
  }
}
