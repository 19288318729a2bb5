package dev.onboard.local.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;

/** The smallest part of an expression, with its place in the text. */
record Token(Kind kind, String text, int start, int end) {

  enum Kind {
    WORD,
    ALIAS,
    PLACEHOLDER,
    NUMBER,
    SYMBOL,
    UNKNOWN,
    END
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  /** Cuts an expression up; what is no token becomes one of kind UNKNOWN. */
  static List<Token> all(String text) {
    var tokens = new ArrayList<Token>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        at++;
        continue;
      }
      Token token = next(text, at, c);
      tokens.add(token);
      at = token.end;
    }
    tokens.add(new Token(Kind.END, "<EOF>", text.length(), text.length()));
    return tokens;
  }

  private static Token next(String text, int at, char c) {
    if (isLetter(c)) {
      return upTo(Kind.WORD, text, at, nameEnd(text, at));
    } else if (c == '#') {
      return upTo(Kind.ALIAS, text, at, nameEnd(text, at + 1));
    } else if (c == ':') {
      return upTo(Kind.PLACEHOLDER, text, at, nameEnd(text, at + 1));
    } else if (isDigit(c)) {
      int end = at;
      while (end < text.length() && isDigit(text.charAt(end))) {
        end++;
      }
      return upTo(Kind.NUMBER, text, at, end);
    } else if (text.startsWith("<>", at)
        || text.startsWith("<=", at)
        || text.startsWith(">=", at)) {
      return upTo(Kind.SYMBOL, text, at, at + 2);
    }
    return upTo("=<>(),.[]+-".indexOf(c) >= 0 ? Kind.SYMBOL : Kind.UNKNOWN, text, at, at + 1);
  }

  private static Token upTo(Kind kind, String text, int start, int end) {
    return new Token(kind, text.substring(start, end), start, end);
  }

  private static int nameEnd(String text, int from) {
    int end = from;
    while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)))) {
      end++;
    }
    return end;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
