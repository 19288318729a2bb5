package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.WriteAction.Outcome;
import dev.onboard.local.dynamodb.WriteAction.Terms;
import dev.onboard.local.dynamodb.expression.Condition;
import dev.onboard.local.dynamodb.expression.Condition.Comparator;
import dev.onboard.local.dynamodb.expression.Evaluator;
import dev.onboard.local.dynamodb.expression.Expressions;
import dev.onboard.local.dynamodb.expression.Operand;
import dev.onboard.local.dynamodb.expression.Path;
import dev.onboard.local.dynamodb.expression.Step;
import dev.onboard.local.dynamodb.expression.Update;
import dev.onboard.local.dynamodb.expression.Updater;
import dev.onboard.local.dynamodb.partiql.Statement;
import dev.onboard.local.dynamodb.partiql.StatementParser;
import dev.onboard.local.dynamodb.partiql.Template;
import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.Values;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A statement with its parameters put in.
 *
 * @param where its WHERE, bound
 */
record BoundStatement(
    Statement statement,
    @Nullable Condition where,
    List<AttributeValue> parameters,
    Map<String, AttributeValue> values,
    boolean showsItem) {

  static BoundStatement of(
      String text, List<AttributeValue> parameters, @Nullable String onFailure) {
    Statement statement = StatementParser.parse(text);
    List<AttributeValue> checked = parameters.stream().map(Values::checked).toList();
    if (checked.size() != statement.values().parameters()) {
      throw DynamoErrors.validation("Number of parameters in request and statement don't match.");
    }
    var values = new HashMap<String, AttributeValue>();
    List<Template> templates = statement.values().templates();
    for (int i = 0; i < templates.size(); i++) {
      values.put("?" + i, templates.get(i).value(checked));
    }
    Condition where =
        switch (statement) {
          case Statement.Select select -> select.where();
          case Statement.Update update -> update.where();
          case Statement.Delete delete -> delete.where();
          case Statement.Exists exists -> exists.select().where();
          case Statement.Insert _ -> null;
        };
    return new BoundStatement(
        statement,
        where == null ? null : Expressions.ofStatement(values, b -> b.bind(where)),
        checked,
        values,
        "ALL_OLD".equals(onFailure));
  }

  String table() {
    return statement.table();
  }

  /** Refuses what a transaction does not take. */
  void requireFitsTransaction() {
    boolean returns =
        switch (statement) {
          case Statement.Update update -> update.returning() != null;
          case Statement.Delete delete -> delete.returning() != null;
          default -> false;
        };
    if (returns) {
      throw DynamoErrors.validation("RETURNING clause is not supported in transactions.");
    }
  }

  /** What the statement does to its item. */
  WriteAction action(Table table) {
    return switch (statement) {
      case Statement.Insert insert -> {
        Map<String, AttributeValue> item = Values.checked(Template.map(insert.item(), parameters));
        WriteAction.Put put = WriteAction.Put.of(table, item, Terms.NONE);
        yield new WriteAction.Insert(table, put.key(), put.item(), new Terms(null, showsItem));
      }
      case Statement.Update update -> {
        Target target = target(table);
        Update change = Expressions.ofStatement(values, b -> b.bind(update.update()));
        // A statement changes items, it makes none.
        Condition there = new Condition.Exists(Path.of(table.keys().partition().name()));
        Condition condition = target.rest == null ? there : new Condition.And(there, target.rest);
        yield ItemOperations.change(table, target.key, change, new Terms(condition, showsItem));
      }
      case Statement.Delete _ -> {
        Target target = target(table);
        yield new WriteAction.Delete(
            table, table.keys().key(target.key), new Terms(target.rest, showsItem));
      }
      case Statement.Exists _ -> {
        Target target = target(table);
        if (target.rest == null) {
          throw DynamoErrors.validation(
              "EXISTS() must contain a single item read with additional condition");
        }
        yield new WriteAction.Check(
            table, table.keys().key(target.key), new Terms(target.rest, showsItem));
      }
      case Statement.Select _ -> throw new IllegalStateException("a SELECT writes nothing");
    };
  }

  /**
   * The one item that a WHERE names.
   *
   * @param rest what else it says
   */
  private record Target(Map<String, AttributeValue> key, @Nullable Condition rest) {}

  private Target target(Table table) {
    Target target = find(table.keys());
    if (target == null) {
      throw DynamoErrors.validation(
          "Where clause does not contain a mandatory equality on all key attributes");
    }
    return target;
  }

  private @Nullable Target find(KeySchema keys) {
    if (where == null) {
      return null;
    }
    var key = new LinkedHashMap<String, AttributeValue>();
    Condition rest = null;
    for (Condition each : KeyQuery.conjuncts(where)) {
      Equality equality = equality(each);
      if (equality != null && keys.contains(equality.attribute)) {
        if (key.put(equality.attribute, equality.value) != null) {
          throw DynamoErrors.validation(
              "Multiple conditions on same key are not supported: " + equality.attribute);
        }
      } else {
        rest = rest == null ? each : new Condition.And(rest, each);
      }
    }
    return key.size() == keys.attributes().size() ? new Target(key, rest) : null;
  }

  /** That an attribute is a value. */
  record Equality(String attribute, AttributeValue value) {}

  static @Nullable Equality equality(Condition condition) {
    if (condition instanceof Condition.Comparison(var comparator, Operand left, Operand right)
        && comparator == Comparator.EQ) {
      if (left instanceof Operand.At(Path path)
          && right instanceof Operand.Literal(AttributeValue value)
          && !path.isNested()) {
        return new Equality(path.head(), value);
      }
      if (right instanceof Operand.At(Path path)
          && left instanceof Operand.Literal(AttributeValue value)
          && !path.isNested()) {
        return new Equality(path.head(), value);
      }
    }
    return null;
  }

  /** The item that a SELECT names by its whole key, as batches and transactions need it. */
  @Nullable Map<String, AttributeValue> single(
      Items items, Table table, String operation, boolean consistent, Capacity capacity) {
    var select = (Statement.Select) statement;
    Target target = select.index() == null ? find(table.keys()) : null;
    if (target == null || target.rest != null && operation.equals("ExecuteTransaction")) {
      throw DynamoErrors.validation(
          "Select statements within "
              + operation
              + " must specify the primary key in the where clause.");
    }
    Stored item = items.find(table, table.keys().key(target.key));
    capacity.read(table, null, item == null ? 0 : item.size(), consistent);
    if (item == null || target.rest != null && !Evaluator.holds(target.rest, item.item())) {
      return null;
    }
    return project(select, item.item());
  }

  /** The wanted parts of an item, each under the last name of its path. */
  static Map<String, AttributeValue> project(
      Statement.Select select, Map<String, AttributeValue> item) {
    if (select.paths().isEmpty()) {
      return item;
    }
    var projected = new LinkedHashMap<String, AttributeValue>();
    for (Path path : select.paths()) {
      AttributeValue value = path.in(item);
      if (value != null) {
        projected.put(lastName(path), value);
      }
    }
    return projected;
  }

  private static String lastName(Path path) {
    for (int i = path.steps().size() - 1; i >= 0; i--) {
      if (path.steps().get(i) instanceof Step.Name(var name)) {
        return name;
      }
    }
    return path.head();
  }

  /** What the RETURNING of a statement answers of what it did. */
  @Nullable Map<String, AttributeValue> returned(Outcome outcome) {
    return switch (statement) {
      case Statement.Update update when update.returning() != null -> {
        Stored side =
            switch (update.returning()) {
              case ALL_OLD, MODIFIED_OLD -> outcome.before();
              case ALL_NEW, MODIFIED_NEW -> outcome.after();
            };
        boolean all =
            update.returning() == Statement.Returning.ALL_OLD
                || update.returning() == Statement.Returning.ALL_NEW;
        if (side == null) {
          yield null;
        }
        var returned = all ? side.item() : Updater.touched(update.update(), side.item());
        yield returned.isEmpty() ? null : returned;
      }
      case Statement.Delete delete when delete.returning() != null ->
          outcome.before() == null ? null : outcome.before().item();
      default -> null;
    };
  }
}
