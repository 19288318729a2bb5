package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.expression.Condition;
import dev.onboard.local.dynamodb.expression.Condition.Comparator;
import dev.onboard.local.dynamodb.expression.Operand;
import dev.onboard.local.dynamodb.expression.Path;
import dev.onboard.local.dynamodb.partiql.Statement;
import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.ItemCodec;
import dev.onboard.local.store.Tx;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;

/**
 * A SELECT as a query, if its WHERE names a partition, or a scan; what else the WHERE says is the
 * filter.
 */
final class SelectReader {
  private final Tx tx;
  private final Tables tables;
  private final BoundStatement statement;
  private final Statement.Select select;

  SelectReader(Tx tx, Tables tables, BoundStatement statement) {
    this.tx = tx;
    this.tables = tables;
    this.statement = statement;
    this.select = (Statement.Select) statement.statement();
  }

  ExecuteStatementResponse execute(ExecuteStatementRequest request, Capacity capacity) {
    Table table = tables.get(tx, select.table());
    Index index = select.index() == null ? null : table.index(select.index());
    boolean consistent = Boolean.TRUE.equals(request.consistentRead());
    if (index != null && index.global() && consistent) {
      throw DynamoErrors.validation(
          "Consistent reads are not supported on global secondary indexes");
    }
    KeySchema keys = index == null ? table.keys() : index.keys();
    KeyQuery query = query(keys);
    var rows = new Rows(table, index, query, forward(keys, query));
    Map<String, AttributeValue> after = ReadOperations.start(rows, after(request.nextToken()));
    // The key conditions hold of every item of the query, so the whole WHERE may be the filter.
    Page page = Page.read(tx, rows, after, request.limit(), statement.where(), _ -> true);
    capacity.read(table, index, page.bytes(), consistent);
    List<Map<String, AttributeValue>> items =
        page.items().stream()
            .map(i -> index == null ? i : index.of(i))
            .map(i -> BoundStatement.project(select, i))
            .toList();
    return ExecuteStatementResponse.builder()
        .items(items)
        .nextToken(token(page.last()))
        .lastEvaluatedKey(page.last())
        .consumedCapacity(capacity.one())
        .build();
  }

  private @Nullable KeyQuery query(KeySchema keys) {
    Condition where = statement.where();
    if (where == null) {
      return null;
    }
    Condition partition = null;
    Condition sort = null;
    for (Condition each : KeyQuery.conjuncts(where)) {
      if (partition == null && isEquality(each, keys.partition())) {
        partition = each;
      } else if (sort == null && keys.sort() != null && isIndexable(each, keys.sort())) {
        sort = each;
      }
    }
    if (partition == null) {
      return null;
    }
    return KeyQuery.of(sort == null ? partition : new Condition.And(partition, sort), keys);
  }

  private static boolean isEquality(Condition condition, KeyAttribute attribute) {
    BoundStatement.Equality equality = BoundStatement.equality(condition);
    return equality != null
        && equality.attribute().equals(attribute.name())
        && attribute.fits(equality.value());
  }

  /** Whether a condition is one on the sort key, and one that is a range of keys. */
  private static boolean isIndexable(Condition condition, KeyAttribute attribute) {
    return switch (condition) {
      case Condition.Comparison(var comparator, Operand left, Operand right) ->
          comparator != Comparator.NE
              && (isKey(left, attribute) && fits(right, attribute)
                  || isKey(right, attribute) && fits(left, attribute));
      case Condition.Between(Operand value, Operand low, Operand high) ->
          isKey(value, attribute) && fits(low, attribute) && fits(high, attribute);
      case Condition.BeginsWith(Operand value, Operand prefix) ->
          isKey(value, attribute) && fits(prefix, attribute);
      default -> false;
    };
  }

  private static boolean isKey(Operand operand, KeyAttribute attribute) {
    return operand instanceof Operand.At(Path path)
        && !path.isNested()
        && path.head().equals(attribute.name());
  }

  private static boolean fits(Operand operand, KeyAttribute attribute) {
    return operand instanceof Operand.Literal(AttributeValue value)
        && attribute.fits(value)
        && !KeyAttribute.isEmpty(value);
  }

  private boolean forward(KeySchema keys, @Nullable KeyQuery query) {
    Statement.Order order = select.order();
    if (order == null) {
      return true;
    }
    if (query == null) {
      throw DynamoErrors.validation(
          "Must have at least one non-optional hash key condition in WHERE clause when using ORDER"
              + " BY clause.");
    }
    if (!keys.contains(order.attribute())) {
      throw DynamoErrors.validation(
          "Variable reference "
              + order.attribute()
              + " in ORDER BY clause must be part of the primary key");
    }
    return !order.descending();
  }

  private static @Nullable String token(@Nullable Map<String, AttributeValue> last) {
    return last == null ? null : Base64.getEncoder().encodeToString(ItemCodec.encode(last));
  }

  private static @Nullable Map<String, AttributeValue> after(@Nullable String token) {
    if (token == null) {
      return null;
    }
    try {
      return ItemCodec.decode(Base64.getDecoder().decode(token));
    } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
      throw DynamoErrors.validation("Invalid NextToken");
    }
  }
}
