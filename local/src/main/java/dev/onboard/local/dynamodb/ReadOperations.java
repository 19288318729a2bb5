package dev.onboard.local.dynamodb;

import dev.onboard.local.call.Environment;
import dev.onboard.local.dynamodb.expression.Condition;
import dev.onboard.local.dynamodb.expression.Expressions;
import dev.onboard.local.dynamodb.expression.Expressions.Text;
import dev.onboard.local.dynamodb.expression.Path;
import dev.onboard.local.dynamodb.expression.Projection;
import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.Limits;
import dev.onboard.local.dynamodb.value.Values;
import dev.onboard.local.store.Tx;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Query and Scan. */
final class ReadOperations {
  private final Environment env;
  private final Tables tables;

  ReadOperations(Environment env, Tables tables) {
    this.env = env;
    this.tables = tables;
  }

  QueryResponse query(QueryRequest request) {
    new Constraints()
        .table(request.tableName())
        .optionalName("indexName", request.indexName())
        .oneOf("select", request.selectAsString(), Constraints.SELECT)
        .oneOf(
            "returnConsumedCapacity",
            request.returnConsumedCapacityAsString(),
            Constraints.CAPACITY)
        .atLeast("limit", request.limit(), 1)
        .check();
    Legacy.refuse("Query")
        .parameter("AttributesToGet", request.hasAttributesToGet())
        .parameter("KeyConditions", request.hasKeyConditions())
        .parameter("QueryFilter", request.hasQueryFilter())
        .parameter("ConditionalOperator", request.conditionalOperator() != null);
    if (request.keyConditionExpression() == null) {
      throw DynamoErrors.validation(
          "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
              + " request.");
    }
    var expressions =
        new Expressions(
            request.hasExpressionAttributeNames() ? request.expressionAttributeNames() : null,
            request.hasExpressionAttributeValues() ? request.expressionAttributeValues() : null,
            new Text(Expressions.PROJECTION, request.projectionExpression()),
            new Text(Expressions.FILTER, request.filterExpression()),
            new Text(Expressions.KEY_CONDITION, request.keyConditionExpression()));
    Condition keys =
        expressions.condition(Expressions.KEY_CONDITION, request.keyConditionExpression());
    Condition filter = expressions.condition(Expressions.FILTER, request.filterExpression());
    Projection projection = expressions.projection(request.projectionExpression());
    expressions.finish();
    return env.store().read(tx -> query(tx, request, keys, filter, projection));
  }

  private QueryResponse query(
      Tx tx,
      QueryRequest request,
      Condition keys,
      @Nullable Condition filter,
      @Nullable Projection projection) {
    Table table = tables.get(tx, request.tableName());
    Index index = index(table, request.indexName(), request.consistentRead());
    KeySchema schema = index == null ? table.keys() : index.keys();
    KeyQuery query = KeyQuery.of(keys, schema);
    requireNoKeyIn(filter, schema);
    var wanted = Wanted.of(table, index, request.selectAsString(), projection);
    table.requireNotIntoKeys(filter);
    boolean forward = !Boolean.FALSE.equals(request.scanIndexForward());
    var rows = new Rows(table, index, query, forward);
    Map<String, AttributeValue> after =
        start(rows, request.hasExclusiveStartKey() ? request.exclusiveStartKey() : null);
    Page page = Page.read(tx, rows, after, request.limit(), filter, _ -> true);
    var capacity = new Capacity(env.meter(), request.returnConsumedCapacityAsString(), false);
    wanted.charge(capacity, rows, page, request.consistentRead());
    return QueryResponse.builder()
        .items(wanted.items(page))
        .count(page.items().size())
        .scannedCount(page.scanned())
        .lastEvaluatedKey(page.last())
        .consumedCapacity(capacity.one())
        .build();
  }

  ScanResponse scan(ScanRequest request) {
    new Constraints()
        .table(request.tableName())
        .optionalName("indexName", request.indexName())
        .oneOf("select", request.selectAsString(), Constraints.SELECT)
        .oneOf(
            "returnConsumedCapacity",
            request.returnConsumedCapacityAsString(),
            Constraints.CAPACITY)
        .atLeast("limit", request.limit(), 1)
        .atLeast("segment", request.segment(), 0)
        .atLeast("totalSegments", request.totalSegments(), 1)
        .atMost("totalSegments", request.totalSegments(), Limits.SEGMENTS)
        .check();
    Legacy.refuse("Scan")
        .parameter("AttributesToGet", request.hasAttributesToGet())
        .parameter("ScanFilter", request.hasScanFilter())
        .parameter("ConditionalOperator", request.conditionalOperator() != null);
    requireSegment(request.segment(), request.totalSegments());
    var expressions =
        new Expressions(
            request.hasExpressionAttributeNames() ? request.expressionAttributeNames() : null,
            request.hasExpressionAttributeValues() ? request.expressionAttributeValues() : null,
            new Text(Expressions.PROJECTION, request.projectionExpression()),
            new Text(Expressions.FILTER, request.filterExpression()));
    Condition filter = expressions.condition(Expressions.FILTER, request.filterExpression());
    Projection projection = expressions.projection(request.projectionExpression());
    expressions.finish();
    return env.store().read(tx -> scan(tx, request, filter, projection));
  }

  private ScanResponse scan(
      Tx tx, ScanRequest request, @Nullable Condition filter, @Nullable Projection projection) {
    Table table = tables.get(tx, request.tableName());
    Index index = index(table, request.indexName(), request.consistentRead());
    var wanted = Wanted.of(table, index, request.selectAsString(), projection);
    table.requireNotIntoKeys(filter);
    var rows = new Rows(table, index, null, true);
    Map<String, AttributeValue> after =
        start(rows, request.hasExclusiveStartKey() ? request.exclusiveStartKey() : null);
    Page page = Page.read(tx, rows, after, request.limit(), filter, segment(request, rows, after));
    var capacity = new Capacity(env.meter(), request.returnConsumedCapacityAsString(), false);
    wanted.charge(capacity, rows, page, request.consistentRead());
    return ScanResponse.builder()
        .items(wanted.items(page))
        .count(page.items().size())
        .scannedCount(page.scanned())
        .lastEvaluatedKey(page.last())
        .consumedCapacity(capacity.one())
        .build();
  }

  private static void requireSegment(@Nullable Integer segment, @Nullable Integer total) {
    if (segment != null && total == null) {
      throw DynamoErrors.validation(
          "The TotalSegments parameter is required but was not present in the request when Segment"
              + " parameter is present");
    }
    if (total != null && segment == null) {
      throw DynamoErrors.validation(
          "The Segment parameter is required but was not present in the request when parameter"
              + " TotalSegments is present");
    }
    if (total != null && segment >= total) {
      throw DynamoErrors.validation(
          "The Segment parameter is zero-based and must be less than parameter TotalSegments:"
              + " Segment: "
              + segment
              + " is not less than TotalSegments: "
              + total);
    }
  }

  private static Predicate<Map<String, AttributeValue>> segment(
      ScanRequest request, Rows rows, @Nullable Map<String, AttributeValue> after) {
    Integer total = request.totalSegments();
    if (total == null || total == 1) {
      return _ -> true;
    }
    int segment = request.segment();
    if (after != null && rows.segment(after, total) != segment) {
      throw invalidStart(
          "Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment."
              + " TotalSegments: "
              + total
              + " Segment: "
              + segment);
    }
    return item -> rows.segment(item, total) == segment;
  }

  private static @Nullable Index index(
      Table table, @Nullable String name, @Nullable Boolean consistent) {
    if (name == null) {
      return null;
    }
    Index index = table.index(name);
    if (index.global() && Boolean.TRUE.equals(consistent)) {
      throw DynamoErrors.validation(
          "Consistent reads are not supported on global secondary indexes");
    }
    return index;
  }

  private static void requireNoKeyIn(@Nullable Condition filter, KeySchema keys) {
    if (filter != null) {
      filter.paths(path -> {
        if (keys.contains(path.head())) {
          throw DynamoErrors.validation(
              "Filter Expression can only contain non-primary key attributes: Primary key"
                  + " attribute: "
                  + path.head());
        }
      });
    }
  }

  private static AwsServiceException invalidStart(String what) {
    return DynamoErrors.validation("The provided starting key is invalid: " + what);
  }

  /** Checks where a request wants to go on: the key of an item that the query could have given. */
  static @Nullable Map<String, AttributeValue> start(
      Rows rows, @Nullable Map<String, AttributeValue> given) {
    if (given == null) {
      return null;
    }
    Map<String, AttributeValue> after = Values.checked(given);
    KeySchema keys = rows.table().keys();
    Index index = rows.index();
    int attributes = keys.attributesOf(after, index == null ? null : index.keys()).size();
    boolean complete = keys.isIn(after) && (index == null || index.keys().isIn(after));
    if (after.size() != attributes || !complete) {
      throw index != null
          ? DynamoErrors.validation("The provided starting key is invalid")
          : invalidStart("The provided key element does not match the schema");
    }
    KeyQuery query = rows.query();
    if (query == null) {
      return after;
    }
    Key key = (index == null ? keys : index.keys()).encode(after);
    if (!Arrays.equals(key.partition(), query.partition())) {
      throw DynamoErrors.validation(
          query.sort() == null
              ? "The provided starting key is outside query boundaries based on provided"
                  + " conditions"
              : "The query can return at most one row and cannot be restarted");
    }
    if (!query.covers(after)) {
      throw DynamoErrors.validation(
          "The provided starting key does not match the range key predicate");
    }
    return after;
  }

  /**
   * What a request wants of the items it finds.
   *
   * @param count whether only their number
   * @param fetched whether more than the index holds, so that the table is read too
   */
  record Wanted(
      Table table,
      @Nullable Index index,
      @Nullable Projection projection,
      boolean count,
      boolean fetched) {

    static Wanted of(
        Table table,
        @Nullable Index index,
        @Nullable String select,
        @Nullable Projection projection) {
      requireFit(select, index, projection != null);
      boolean whole = index == null || index.projected() == null;
      if (projection != null) {
        table.requireNotIntoKeys(projection.paths());
      }
      boolean fetched =
          !whole
              && (projection == null
                  ? "ALL_ATTRIBUTES".equals(select)
                  : projection.paths().stream().anyMatch(p -> !index.holds(p.head())));
      if (fetched && index.global()) {
        throw DynamoErrors.invalid(
            projection == null
                ? "Select type ALL_ATTRIBUTES is not supported for global secondary index "
                    + index.name()
                    + " because its projection type is not ALL"
                : "Global secondary index "
                    + index.name()
                    + " does not project "
                    + projection.paths().stream()
                        .map(Path::head)
                        .filter(a -> !index.holds(a))
                        .collect(Collectors.toCollection(TreeSet::new)));
      }
      return new Wanted(table, index, projection, "COUNT".equals(select), fetched);
    }

    private static void requireFit(
        @Nullable String select, @Nullable Index index, boolean projected) {
      if (projected && select != null && !select.equals("SPECIFIC_ATTRIBUTES")) {
        throw DynamoErrors.validation(
            "Cannot specify the ProjectionExpression when choosing to get "
                + (select.equals("COUNT") ? "only the Count" : select));
      }
      if (!projected && "SPECIFIC_ATTRIBUTES".equals(select)) {
        throw DynamoErrors.validation(
            "Must specify the AttributesToGet or ProjectionExpression when choosing to get"
                + " SPECIFIC_ATTRIBUTES");
      }
      if ("ALL_PROJECTED_ATTRIBUTES".equals(select) && index == null) {
        throw DynamoErrors.invalid(
            "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
      }
    }

    @Nullable List<Map<String, AttributeValue>> items(Page page) {
      return count ? null : page.items().stream().map(this::of).toList();
    }

    private Map<String, AttributeValue> of(Map<String, AttributeValue> item) {
      if (projection != null) {
        return projection.of(item);
      }
      return index == null || fetched ? item : index.of(item);
    }

    void charge(Capacity capacity, Rows rows, Page page, @Nullable Boolean consistent) {
      boolean strongly = Boolean.TRUE.equals(consistent);
      capacity.read(rows.table(), rows.index(), page.bytes(), strongly);
      if (fetched) {
        page.items().forEach(i -> capacity.read(rows.table(), null, Values.size(i), strongly));
      }
    }
  }
}
