package dev.onboard.local.dynamodb.partiql;

import dev.onboard.local.dynamodb.expression.Condition;
import dev.onboard.local.dynamodb.expression.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A parsed statement; its operands are placeholders for its {@link Values}. */
public sealed interface Statement {

  String table();

  Values values();

  /**
   * The values of a statement in the order of its text: the operand {@code ?3} is the fourth.
   *
   * @param parameters how many parameters the statement takes
   */
  record Values(List<Template> templates, int parameters) {}

  /**
   * Reads items.
   *
   * @param paths what is wanted of them; all of it if empty
   * @param order the attribute to order by
   */
  record Select(
      String table,
      @Nullable String index,
      List<Path> paths,
      @Nullable Condition where,
      @Nullable Order order,
      Values values)
      implements Statement {}

  /** How the items are ordered. */
  record Order(String attribute, boolean descending) {}

  record Insert(String table, Map<String, Template> item, Values values) implements Statement {}

  record Update(
      String table,
      dev.onboard.local.dynamodb.expression.Update update,
      @Nullable Condition where,
      @Nullable Returning returning,
      Values values)
      implements Statement {}

  record Delete(
      String table, @Nullable Condition where, @Nullable Returning returning, Values values)
      implements Statement {}

  /** Asks, in a transaction, whether an item is as the WHERE has it. */
  record Exists(Select select) implements Statement {
    @Override
    public String table() {
      return select.table();
    }

    @Override
    public Values values() {
      return select.values();
    }
  }

  /** What a statement that writes answers. */
  enum Returning {
    ALL_OLD,
    MODIFIED_OLD,
    ALL_NEW,
    MODIFIED_NEW;

    /** The clause as it is written. */
    public String clause() {
      return "RETURNING " + name().replace('_', ' ') + " *";
    }
  }
}
