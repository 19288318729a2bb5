package dev.onboard.local.dynamodb.partiql;

import java.util.ArrayList;
import java.util.List;

/** The smallest part of a statement. */
record Lexeme(Kind kind, String text, int at) {

  enum Kind {
    WORD,
    QUOTED_NAME,
    STRING,
    NUMBER,
    SYMBOL,
    END
  }

  private static final List<String> LONG_SYMBOLS = List.of("<>", "<=", ">=", "!=", "<<", ">>");

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  static List<Lexeme> all(String statement) {
    var lexemes = new ArrayList<Lexeme>();
    int at = 0;
    while (at < statement.length()) {
      char c = statement.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '\'' || c == '"') {
        at = quoted(statement, at, c, lexemes);
      } else {
        int end = end(statement, at, c);
        lexemes.add(new Lexeme(kind(c), statement.substring(at, end), at));
        at = end;
      }
    }
    lexemes.add(new Lexeme(Kind.END, "", statement.length()));
    return lexemes;
  }

  private static Kind kind(char c) {
    if (Character.isLetter(c) || c == '_' || c == '$') {
      return Kind.WORD;
    }
    return isDigit(c) ? Kind.NUMBER : Kind.SYMBOL;
  }

  /** A string, or a name in quotes, in which two quotes stand for one. */
  private static int quoted(String statement, int from, char quote, List<Lexeme> lexemes) {
    var text = new StringBuilder();
    int at = from + 1;
    while (true) {
      if (at >= statement.length()) {
        throw StatementParser.malformed("Unexpected end of statement in a quoted text");
      }
      char c = statement.charAt(at);
      if (c == quote) {
        if (at + 1 >= statement.length() || statement.charAt(at + 1) != quote) {
          lexemes.add(
              new Lexeme(quote == '"' ? Kind.QUOTED_NAME : Kind.STRING, text.toString(), from));
          return at + 1;
        }
        at++;
      }
      text.append(c);
      at++;
    }
  }

  private static int end(String statement, int at, char c) {
    int end = at + 1;
    switch (kind(c)) {
      case WORD -> {
        while (end < statement.length() && isNamePart(statement.charAt(end))) {
          end++;
        }
      }
      case NUMBER -> {
        while (end < statement.length() && isNumberPart(statement, end)) {
          end++;
        }
      }
      default -> {
        for (String symbol : LONG_SYMBOLS) {
          if (statement.startsWith(symbol, at)) {
            return at + 2;
          }
        }
      }
    }
    return end;
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  private static boolean isNumberPart(String statement, int at) {
    char c = statement.charAt(at);
    char before = statement.charAt(at - 1);
    return isDigit(c)
        || c == '.'
        || c == 'e'
        || c == 'E'
        || (c == '+' || c == '-') && (before == 'e' || before == 'E');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
