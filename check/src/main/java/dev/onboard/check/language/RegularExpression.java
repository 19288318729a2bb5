package dev.onboard.check.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the regular expressions of schemas, as far as they are regular. */
public final class RegularExpression {
  private final String text;
  private int at;

  private RegularExpression(String text) {
    this.text = text;
  }

  /** Leads out of what this class reads; what it would mean is then unknown. */
  private static final class Unread extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /**
   * The texts in which an expression is found, as JSON Schema means it: anywhere unless anchored.
   *
   * @return nothing if the expression uses more than characters, classes, groups, choices,
   *     repetitions and anchors at its ends
   */
  public static Optional<Language> found(String expression) {
    boolean begins = expression.startsWith("^");
    boolean ends = expression.endsWith("$") && !expression.endsWith("\\$");
    String inner = expression.substring(begins ? 1 : 0, expression.length() - (ends ? 1 : 0));
    try {
      var reading = new RegularExpression(inner);
      Expression read = reading.choice();
      boolean ambiguous = (begins || ends) && read instanceof Expression.Choice;
      if (ambiguous || reading.at < inner.length()) {
        return Optional.empty();
      }
      Expression before = begins ? Expression.text("") : Expression.anything();
      Expression after = ends ? Expression.text("") : Expression.anything();
      return Optional.of(Language.of(Expression.sequence(before, read, after)));
    } catch (Unread e) {
      return Optional.empty();
    }
  }

  private boolean more() {
    return at < text.length();
  }

  private Expression choice() {
    var parts = new ArrayList<Expression>(List.of(sequence()));
    while (more() && text.charAt(at) == '|') {
      at++;
      parts.add(sequence());
    }
    return parts.size() == 1 ? parts.getFirst() : new Expression.Choice(parts);
  }

  private Expression sequence() {
    var parts = new ArrayList<Expression>();
    while (more() && text.charAt(at) != '|' && text.charAt(at) != ')') {
      parts.add(repeated(single()));
    }
    return new Expression.Sequence(parts);
  }

  private Expression repeated(Expression part) {
    if (!more()) {
      return part;
    }
    Expression repeat =
        switch (text.charAt(at)) {
          case '*' -> new Expression.Repeat(part, 0, Expression.UNBOUNDED);
          case '+' -> new Expression.Repeat(part, 1, Expression.UNBOUNDED);
          case '?' -> new Expression.Repeat(part, 0, 1);
          case '{' -> counted(part);
          default -> part;
        };
    if (repeat != part) {
      at++;
      if (more() && "?+*{".indexOf(text.charAt(at)) >= 0) {
        throw new Unread();
      }
    }
    return repeat;
  }

  private Expression counted(Expression part) {
    int close = text.indexOf('}', at);
    String count = close < 0 ? "" : text.substring(at + 1, close);
    if (!count.matches("\\d{1,3}(,(\\d{1,3})?)?")) {
      throw new Unread();
    }
    at = close;
    int comma = count.indexOf(',');
    if (comma < 0) {
      return new Expression.Repeat(part, Integer.parseInt(count), Integer.parseInt(count));
    }
    String most = count.substring(comma + 1);
    return new Expression.Repeat(
        part,
        Integer.parseInt(count.substring(0, comma)),
        most.isEmpty() ? Expression.UNBOUNDED : Integer.parseInt(most));
  }

  private Expression single() {
    char c = text.charAt(at++);
    return switch (c) {
      case '.' -> new Expression.Character(Set.of('\n', '\r'), true);
      case '[' -> bracket();
      case '(' -> group();
      case '\\' -> escaped();
      case '^', '$', '*', '+', '?', '{' -> throw new Unread();
      default -> new Expression.Character(Set.of(c), false);
    };
  }

  private Expression group() {
    if (text.startsWith("?:", at)) {
      at += 2;
    } else if (text.startsWith("?", at)) {
      throw new Unread();
    }
    Expression inner = choice();
    if (!more()) {
      throw new Unread();
    }
    at++;
    return inner;
  }

  private Expression.Character escaped() {
    if (!more()) {
      throw new Unread();
    }
    char c = text.charAt(at++);
    return switch (c) {
      case 'd' -> range('0', '9', false);
      case 'D' -> range('0', '9', true);
      case 's' -> new Expression.Character(Set.of(' ', '\t', '\n', '\r', '\f', '\u000b'), false);
      case 'S' -> new Expression.Character(Set.of(' ', '\t', '\n', '\r', '\f', '\u000b'), true);
      case 'w' -> words(false);
      case 'W' -> words(true);
      default -> {
        if (Character.isLetterOrDigit(c)) {
          throw new Unread();
        }
        yield new Expression.Character(Set.of(c), false);
      }
    };
  }

  private static Expression.Character range(char from, char to, boolean negated) {
    var characters = new TreeSet<Character>();
    for (char c = from; c <= to; c++) {
      characters.add(c);
    }
    return new Expression.Character(characters, negated);
  }

  private static Expression.Character words(boolean negated) {
    var characters = new TreeSet<>(range('a', 'z', false).characters());
    characters.addAll(range('A', 'Z', false).characters());
    characters.addAll(range('0', '9', false).characters());
    characters.add('_');
    return new Expression.Character(characters, negated);
  }

  private Expression bracket() {
    boolean negated = text.startsWith("^", at);
    at += negated ? 1 : 0;
    var characters = new TreeSet<Character>();
    while (more() && text.charAt(at) != ']') {
      char from = text.charAt(at++);
      if (from == '\\') {
        Expression.Character inner = escaped();
        if (inner.negated()) {
          throw new Unread();
        }
        characters.addAll(inner.characters());
      } else if (more()
          && text.charAt(at) == '-'
          && at + 1 < text.length()
          && text.charAt(at + 1) != ']') {
        char to = text.charAt(at + 1);
        if (to == '\\' || to < from || to - from > 500) {
          throw new Unread();
        }
        at += 2;
        characters.addAll(range(from, to, false).characters());
      } else {
        characters.add(from);
      }
    }
    if (!more()) {
      throw new Unread();
    }
    at++;
    return new Expression.Character(characters, negated);
  }
}
