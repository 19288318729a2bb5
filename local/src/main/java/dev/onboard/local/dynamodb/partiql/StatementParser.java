package dev.onboard.local.dynamodb.partiql;

import dev.onboard.local.dynamodb.expression.Expressions;
import dev.onboard.local.dynamodb.expression.Operand;
import dev.onboard.local.dynamodb.expression.Path;
import dev.onboard.local.dynamodb.expression.Update;
import dev.onboard.local.dynamodb.expression.Update.Assignment;
import dev.onboard.local.dynamodb.expression.Update.Change;
import dev.onboard.local.dynamodb.expression.Update.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * PartiQL as DynamoDB has it.
 *
 * <pre>
 * select = SELECT ("*" | path {"," path}) FROM table ["." index] [WHERE or]
 *          [ORDER BY name [ASC | DESC]]
 * insert = INSERT INTO table VALUE map
 * update = UPDATE table {SET path "=" term {"," path "=" term} | REMOVE path} [WHERE or]
 *          [RETURNING (ALL | MODIFIED) (OLD | NEW) "*"]
 * delete = DELETE FROM table [WHERE or] [RETURNING ALL OLD "*"]
 * exists = EXISTS "(" select ")"
 * </pre>
 */
public final class StatementParser extends WhereParser {
  private static final int CACHED = 2000;
  private static final Map<String, Statement> CACHE = new ConcurrentHashMap<>();

  private StatementParser(String text) {
    super(text);
  }

  /** The statement of a text, which is parsed once. */
  public static Statement parse(String text) {
    Statement cached = CACHE.get(text);
    if (cached == null) {
      cached = new StatementParser(text).statement();
      if (CACHE.size() >= CACHED) {
        CACHE.clear();
      }
      CACHE.put(text, cached);
    }
    return cached;
  }

  private Statement statement() {
    Statement statement;
    if (takeWord("SELECT")) {
      statement = select();
    } else if (takeWord("INSERT")) {
      statement = insert();
    } else if (takeWord("UPDATE")) {
      statement = update();
    } else if (takeWord("DELETE")) {
      statement = delete();
    } else if (takeWord("EXISTS")) {
      expect("(", "LEFT_PAREN");
      expectWord("SELECT");
      statement = new Statement.Exists(select());
      expect(")", "RIGHT_PAREN");
    } else {
      throw malformed("Expected data manipulation");
    }
    take(";");
    expectEnd();
    return statement;
  }

  private Statement.Select select() {
    var paths = new ArrayList<Path>();
    if (!take("*")) {
      do {
        paths.add(path());
      } while (take(","));
    }
    expectWord("FROM");
    String table = name();
    String index = take(".") ? name() : null;
    var where = where();
    Statement.Order order = null;
    if (takeWord("ORDER")) {
      expectWord("BY");
      String attribute = name();
      boolean descending = takeWord("DESC");
      if (!descending) {
        takeWord("ASC");
      }
      order = new Statement.Order(attribute, descending);
    }
    return new Statement.Select(table, index, List.copyOf(paths), where, order, values());
  }

  private Statement insert() {
    expectWord("INTO");
    String table = name();
    expectWord("VALUE");
    if (template() instanceof Template.MapOf(Map<String, Template> item)) {
      return new Statement.Insert(table, item, values());
    }
    throw malformed("Expected a map after VALUE");
  }

  private Statement update() {
    String table = name();
    var sets = new ArrayList<Assignment>();
    var removes = new ArrayList<Path>();
    var adds = new ArrayList<Change>();
    var deletes = new ArrayList<Change>();
    var paths = new ArrayList<Path>();
    while (true) {
      if (takeWord("SET")) {
        do {
          Path path = path();
          paths.add(path);
          expect("=", "EQ");
          if (peek().isWord("set_add")) {
            adds.add(setChange(path));
          } else if (peek().isWord("set_delete")) {
            deletes.add(setChange(path));
          } else {
            sets.add(new Assignment(path, sum()));
          }
        } while (take(","));
      } else if (takeWord("REMOVE")) {
        do {
          Path path = path();
          paths.add(path);
          removes.add(path);
        } while (take(","));
      } else {
        break;
      }
    }
    if (paths.isEmpty()) {
      throw malformed("Expected SET or REMOVE");
    }
    var update = new Update(sets, removes, adds, deletes, paths);
    var where = where();
    return new Statement.Update(table, update, where, returning(), values());
  }

  private Change setChange(Path path) {
    int at = peek().at();
    String function = next().text().toUpperCase(Locale.ROOT);
    expect("(", "LEFT_PAREN");
    if (!path().equals(path)) {
      throw invalid(
          "The first argument to "
              + function
              + " must equal the assignment value at 1:"
              + (at + 1)
              + ":"
              + function.length());
    }
    expect(",", "COMMA");
    Operand value = valueOperand();
    expect(")", "RIGHT_PAREN");
    return new Change(path, value);
  }

  private Term sum() {
    Term left = term();
    if (take("+")) {
      return new Term.Sum(left, term());
    } else if (take("-")) {
      return new Term.Difference(left, term());
    }
    return left;
  }

  private Term term() {
    if (peek().kind() == Lexeme.Kind.WORD && peek(1).is("(")) {
      String function = next().text().toLowerCase(Locale.ROOT);
      expect("(", "LEFT_PAREN");
      var terms = new ArrayList<Term>();
      do {
        terms.add(term());
      } while (take(","));
      expect(")", "RIGHT_PAREN");
      return Expressions.term(function, terms);
    }
    return new Term.Of(operand());
  }

  private Statement delete() {
    expectWord("FROM");
    String table = name();
    var where = where();
    Statement.Returning returning = returning();
    if (returning != null && returning != Statement.Returning.ALL_OLD) {
      throw invalid(
          "Invalid returning clause: "
              + returning.clause()
              + ". Only RETURNING ALL OLD * is allowed in DELETE statements.");
    }
    return new Statement.Delete(table, where, returning, values());
  }

  private Statement.@Nullable Returning returning() {
    if (!takeWord("RETURNING")) {
      return null;
    }
    String extent = oneOf("ALL", "MODIFIED");
    String side = oneOf("OLD", "NEW");
    expect("*", "STAR");
    return Statement.Returning.valueOf(extent + "_" + side);
  }

  private String oneOf(String first, String second) {
    String found = takeWord(first) ? first : takeWord(second) ? second : null;
    if (found == null) {
      throw malformed("Expected " + first + " or " + second);
    }
    return found;
  }
}
