package dev.onboard.local.dynamodb.expression;

import dev.onboard.local.dynamodb.expression.Update.Assignment;
import dev.onboard.local.dynamodb.expression.Update.Change;
import dev.onboard.local.dynamodb.expression.Update.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Update expressions.
 *
 * <pre>
 * update  = section {section}
 * section = SET path "=" sum {"," path "=" sum} | REMOVE path {"," path}
 *         | ADD path value {"," path value} | DELETE path value {"," path value}
 * sum     = term [("+" | "-") term]
 * term    = "(" sum ")" | path | ":" name | if_not_exists "(" path "," term ")"
 *         | list_append "(" term "," term ")"
 * </pre>
 */
final class UpdateParser extends ExpressionParser {
  private static final Set<String> SECTIONS = Set.of("SET", "REMOVE", "ADD", "DELETE");

  private final Set<String> seen = new HashSet<>();
  private final List<Assignment> sets = new ArrayList<>();
  private final List<Path> removes = new ArrayList<>();
  private final List<Change> adds = new ArrayList<>();
  private final List<Change> deletes = new ArrayList<>();
  private final List<Path> paths = new ArrayList<>();

  UpdateParser(String text) {
    super(text);
  }

  Update parse() {
    do {
      section();
    } while (isSection(peek()));
    expectEnd();
    return new Update(
        List.copyOf(sets),
        List.copyOf(removes),
        List.copyOf(adds),
        List.copyOf(deletes),
        List.copyOf(paths));
  }

  @Override
  boolean isKeyword(Token word) {
    return isSection(word);
  }

  private static boolean isSection(Token token) {
    return token.kind() == Token.Kind.WORD
        && SECTIONS.contains(token.text().toUpperCase(Locale.ROOT));
  }

  private void section() {
    if (!isSection(peek())) {
      throw syntaxError();
    }
    String section = next().text().toUpperCase(Locale.ROOT);
    if (!seen.add(section)) {
      throw new ExpressionProblem(
          "The \"" + section + "\" section can only be used once in an update expression;");
    }
    do {
      Path path = path();
      paths.add(path);
      switch (section) {
        case "SET" -> {
          expect("=");
          sets.add(new Assignment(path, sum()));
        }
        case "REMOVE" -> removes.add(path);
        case "ADD" -> adds.add(new Change(path, placeholder()));
        default -> deletes.add(new Change(path, placeholder()));
      }
      countOperator();
    } while (take(","));
  }

  private Term sum() {
    Term left = term();
    if (take("+")) {
      countOperator();
      return new Term.Sum(left, term());
    } else if (take("-")) {
      countOperator();
      return new Term.Difference(left, term());
    }
    return left;
  }

  private Term term() {
    if (take("(")) {
      Term term = sum();
      expect(")");
      return term;
    }
    if (peek().kind() == Token.Kind.PLACEHOLDER) {
      return new Term.Of(placeholder());
    }
    if (peek().kind() == Token.Kind.WORD && peek(1).is("(")) {
      return function();
    }
    return new Term.Of(new Operand.At(path()));
  }

  private Term function() {
    String function = next().text();
    expect("(");
    var terms = new ArrayList<Term>();
    do {
      terms.add(term());
    } while (take(","));
    expect(")");
    countOperator();
    return function(function, terms);
  }

  /** The term that a function is; statements have the same ones. */
  static Term function(String function, List<Term> terms) {
    if (!function.equals("if_not_exists") && !function.equals("list_append")) {
      throw unknownFunction(function);
    }
    if (terms.size() != 2) {
      throw wrongCount(function, terms.size());
    }
    if (function.equals("list_append")) {
      return new Term.ListAppend(terms.getFirst(), terms.getLast());
    }
    if (terms.getFirst() instanceof Term.Of(Operand.At(Path path))) {
      return new Term.IfNotExists(path, terms.getLast());
    }
    throw noPath(function);
  }
}
