package dev.onboard.check.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A regular expression as a tree. */
public sealed interface Expression {
  /** Without an upper end. */
  int UNBOUNDED = -1;

  /** One character of some, or of all others. */
  record Character(Set<java.lang.Character> characters, boolean negated) implements Expression {
    public Character {
      characters = Set.copyOf(characters);
    }
  }

  /** One after another. */
  record Sequence(List<Expression> parts) implements Expression {
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /** One of several. */
  record Choice(List<Expression> parts) implements Expression {
    public Choice {
      parts = List.copyOf(parts);
    }
  }

  /** The same several times. */
  record Repeat(Expression part, int least, int most) implements Expression {}

  static Expression text(String text) {
    return new Sequence(
        text.chars().mapToObj(c -> (Expression) new Character(Set.of((char) c), false)).toList());
  }

  static Expression textIgnoringCase(String text) {
    return new Sequence(
        text.chars()
            .mapToObj(c -> {
              var both = new TreeSet<java.lang.Character>();
              both.add(java.lang.Character.toLowerCase((char) c));
              both.add(java.lang.Character.toUpperCase((char) c));
              return (Expression) new Character(both, false);
            })
            .toList());
  }

  static Expression anyCharacter() {
    return new Character(Set.of(), true);
  }

  static Expression anything() {
    return new Repeat(anyCharacter(), 0, UNBOUNDED);
  }

  static Expression ofLength(int least, int most) {
    return new Repeat(anyCharacter(), least, most);
  }

  static Expression sequence(Expression... parts) {
    return new Sequence(Arrays.asList(parts));
  }

  /**
   * A text in which each {@code *} stands for anything.
   *
   * @param escapes whether a backslash makes the next character ordinary
   */
  static Expression wildcard(String text, boolean escapes) {
    var parts = new ArrayList<Expression>();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '*') {
        parts.add(anything());
      } else {
        boolean escaping = escapes && c == '\\' && i + 1 < text.length();
        parts.add(new Character(Set.of(escaping ? text.charAt(++i) : c), false));
      }
    }
    return new Sequence(parts);
  }
}
