package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call of an intrinsic function in a JSONPath state, such as {@code States.Format('{}', $.a)}.
 */
final class Intrinsic implements Expression {
  private final IntrinsicFunction function;
  private final List<Expression> arguments;

  private Intrinsic(IntrinsicFunction function, List<Expression> arguments) {
    this.function = function;
    this.arguments = arguments;
  }

  /** Compiles what may stand under a name that ends with {@code .$}. */
  static Expression pathOrIntrinsic(@Nullable String source) throws InvalidExpression {
    if (source == null) {
      throw new InvalidExpression("Value must be a valid JSONPath or intrinsic function");
    }
    return source.startsWith("States.")
        ? new Parser(source).whole()
        : PathExpression.compile(source);
  }

  @Override
  public JsonNode evaluate(Scope scope) {
    var values = new ArrayList<JsonNode>(arguments.size());
    for (int i = 0; i < arguments.size(); i++) {
      Expression argument = arguments.get(i);
      values.add(
          argument instanceof Text text && !(i == 0 && function == IntrinsicFunction.FORMAT)
              ? Json.NODES.textNode(text.unescaped())
              : argument.evaluate(scope));
    }
    boolean escaped = !arguments.isEmpty() && arguments.getFirst() instanceof Text;
    return function.apply(values, escaped);
  }

  @Override
  public Set<String> variables() {
    var names = new LinkedHashSet<String>();
    arguments.forEach(argument -> names.addAll(argument.variables()));
    return names;
  }

  /** A string between single quotes, as written: its backslashes mean something. */
  private record Text(String written) implements Expression {
    @Override
    public JsonNode evaluate(Scope scope) {
      return Json.NODES.textNode(written);
    }

    String unescaped() {
      return written.indexOf('\\') < 0 ? written : written.replaceAll("\\\\(.)", "$1");
    }
  }

  /** Reads the text of a call. */
  private static final class Parser {
    private final String source;
    private int at;

    Parser(String source) {
      this.source = source;
    }

    Expression whole() throws InvalidExpression {
      Expression call = call();
      skipSpace();
      if (at != source.length()) {
        throw invalid();
      }
      return call;
    }

    private Expression call() throws InvalidExpression {
      int open = source.indexOf('(', at);
      if (open < 0) {
        throw invalid();
      }
      IntrinsicFunction function = IntrinsicFunction.named(source.substring(at, open).strip());
      if (function == null) {
        throw invalid();
      }
      at = open + 1;
      var arguments = new ArrayList<Expression>();
      skipSpace();
      if (peek() == ')') {
        at++;
      } else {
        do {
          arguments.add(argument());
          skipSpace();
        } while (next() == ',');
        if (source.charAt(at - 1) != ')') {
          throw invalid();
        }
      }
      if (!function.takes(arguments.size())) {
        throw invalid();
      }
      return new Intrinsic(function, arguments);
    }

    private Expression argument() throws InvalidExpression {
      skipSpace();
      if (peek() == '\'') {
        return text();
      } else if (source.startsWith("States.", at)) {
        return call();
      } else if (peek() == '$') {
        return PathExpression.compile(path());
      }
      int start = at;
      while (at < source.length() && ",)".indexOf(source.charAt(at)) < 0) {
        at++;
      }
      try {
        return Expression.literal(Json.parse(source.substring(start, at).strip()));
      } catch (JsonProcessingException e) {
        throw invalid();
      }
    }

    private Expression text() throws InvalidExpression {
      int start = ++at;
      while (peek() != '\'') {
        if (peek() == '\\') {
          at++;
          if ("'\\{}".indexOf(peek()) < 0) {
            throw invalid();
          }
        }
        at++;
      }
      return new Text(source.substring(start, at++));
    }

    /** A path ends at a comma or parenthesis that is not within brackets or quotes. */
    private String path() {
      int start = at;
      int depth = 0;
      char quote = 0;
      for (; at < source.length(); at++) {
        char c = source.charAt(at);
        if (quote != 0) {
          quote = c == quote ? 0 : quote;
        } else if (c == '\'' || c == '"') {
          quote = c;
        } else if (c == '[' || c == '(') {
          depth++;
        } else if (c == ']' || c == ')' && depth > 0) {
          depth--;
        } else if (depth == 0 && (c == ',' || c == ')')) {
          break;
        }
      }
      return source.substring(start, at).strip();
    }

    private char peek() throws InvalidExpression {
      if (at >= source.length()) {
        throw invalid();
      }
      return source.charAt(at);
    }

    private char next() throws InvalidExpression {
      char c = peek();
      at++;
      return c;
    }

    private void skipSpace() {
      while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
        at++;
      }
    }

    private InvalidExpression invalid() {
      return new InvalidExpression("The intrinsic function call '" + source + "' is not valid");
    }
  }
}
