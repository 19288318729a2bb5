package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.WriteAction.Outcome;
import dev.onboard.local.dynamodb.WriteAction.Terms;
import dev.onboard.local.dynamodb.expression.Expressions;
import dev.onboard.local.dynamodb.expression.Expressions.Text;
import dev.onboard.local.dynamodb.expression.Projection;
import dev.onboard.local.dynamodb.expression.Update;
import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.Limits;
import dev.onboard.local.dynamodb.value.Values;
import dev.onboard.local.store.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.ItemCollectionMetrics;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/** TransactGetItems and TransactWriteItems. */
final class TransactionOperations {
  private final Writes writes;
  private final Tables tables;
  private final Tokens tokens;

  TransactionOperations(Writes writes, Tables tables, Tokens tokens) {
    this.writes = writes;
    this.tables = tables;
    this.tokens = tokens;
  }

  TransactGetItemsResponse get(TransactGetItemsRequest request) {
    var constraints =
        new Constraints()
            .size("transactItems", request.transactItems(), 1, Limits.TRANSACTION_ACTIONS)
            .oneOf(
                "returnConsumedCapacity",
                request.returnConsumedCapacityAsString(),
                Constraints.CAPACITY);
    request.transactItems().forEach(i -> constraints.required("transactItems.get", i.get()));
    constraints.check();
    request.transactItems().forEach(i -> constraints.table(i.get().tableName()));
    constraints.check();
    List<@Nullable Projection> projections = new ArrayList<>();
    for (TransactGetItem item : request.transactItems()) {
      projections.add(projection(item.get()));
    }
    return writes.store().read(tx -> get(tx, request, projections));
  }

  private static @Nullable Projection projection(Get get) {
    var expressions =
        new Expressions(
            get.hasExpressionAttributeNames() ? get.expressionAttributeNames() : null,
            null,
            new Text(Expressions.PROJECTION, get.projectionExpression()));
    Projection projection = expressions.projection(get.projectionExpression());
    expressions.finish();
    return projection;
  }

  private TransactGetItemsResponse get(
      Tx tx, TransactGetItemsRequest request, List<@Nullable Projection> projections) {
    List<Get> gets = request.transactItems().stream().map(TransactGetItem::get).toList();
    List<Table> found = gets.stream().map(g -> tables.get(tx, g.tableName())).toList();
    var cancellation = new Cancellation();
    var keys = new ArrayList<@Nullable Key>();
    for (int i = 0; i < gets.size(); i++) {
      Map<String, AttributeValue> key = gets.get(i).key();
      KeySchema schema = found.get(i).keys();
      keys.add(cancellation.attempt(() -> schema.key(key)));
    }
    cancellation.throwIfAny();
    requireDistinct(found, keys);
    var items = new Items(tx);
    var capacity = writes.capacity(request.returnConsumedCapacityAsString(), true);
    var responses = new ArrayList<ItemResponse>();
    for (int i = 0; i < gets.size(); i++) {
      Stored item = items.find(found.get(i), Objects.requireNonNull(keys.get(i)));
      capacity.read(found.get(i), null, item == null ? 0 : item.size(), true);
      Projection projection = projections.get(i);
      responses.add(
          item == null
              ? ItemResponse.builder().build()
              : ItemResponse.builder()
                  .item(projection == null ? item.item() : projection.of(item.item()))
                  .build());
    }
    return TransactGetItemsResponse.builder()
        .responses(responses)
        .consumedCapacity(capacity.all())
        .build();
  }

  private static void requireDistinct(List<Table> of, List<@Nullable Key> keys) {
    Map<Long, Set<Key>> seen = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      Key key = keys.get(i);
      if (key != null && !seen.computeIfAbsent(of.get(i).id(), _ -> new HashSet<>()).add(key)) {
        throw DynamoErrors.validation(
            "Transaction request cannot include multiple operations on one item");
      }
    }
  }

  TransactWriteItemsResponse write(TransactWriteItemsRequest request) {
    new Constraints()
        .size("transactItems", request.transactItems(), 1, Limits.TRANSACTION_ACTIONS)
        .oneOf(
            "returnConsumedCapacity",
            request.returnConsumedCapacityAsString(),
            Constraints.CAPACITY)
        .oneOf(
            "returnItemCollectionMetrics",
            request.returnItemCollectionMetricsAsString(),
            Constraints.METRICS)
        .length("clientRequestToken", request.clientRequestToken(), 1, Limits.TOKEN_CHARACTERS)
        .check();
    List<Planned> planned = request.transactItems().stream().map(this::plan).toList();
    String token = request.clientRequestToken();
    byte[] digest = token == null ? new byte[0] : Tokens.digest(request.transactItems());
    return writes.run(items -> {
      List<Table> found = planned.stream().map(p -> tables.get(items.tx(), p.table)).toList();
      boolean first = tokens.take(items.tx(), token, digest);
      List<WriteAction> actions = actions(planned, found);
      return first ? write(items, request, actions) : repeated(items, request, actions);
    });
  }

  /** The actions of a request, whose keys and items must be right before any is done. */
  private static List<WriteAction> actions(List<Planned> planned, List<Table> found) {
    var cancellation = new Cancellation();
    var actions = new ArrayList<WriteAction>();
    for (int i = 0; i < planned.size(); i++) {
      Planned plan = planned.get(i);
      Table table = found.get(i);
      WriteAction action = cancellation.attempt(() -> plan.action.apply(table));
      if (action != null) {
        actions.add(action);
      }
    }
    cancellation.throwIfAny();
    requireDistinct(found, new ArrayList<>(actions.stream().map(WriteAction::key).toList()));
    long bytes =
        actions.stream()
            .mapToLong(a -> a instanceof WriteAction.Put put ? put.item().size() : 0)
            .sum();
    if (bytes > Limits.TRANSACTION_BYTES) {
      throw DynamoErrors.validation(
          "The aggregate size of the items in the transaction cannot exceed 4 MB");
    }
    return actions;
  }

  private TransactWriteItemsResponse write(
      Items items, TransactWriteItemsRequest request, List<WriteAction> actions) {
    var cancellation = new Cancellation();
    var capacity = writes.capacity(request.returnConsumedCapacityAsString(), true);
    var metrics = new LinkedHashMap<String, List<ItemCollectionMetrics>>();
    for (WriteAction action : actions) {
      Outcome outcome = cancellation.attempt(() -> capacity.apply(action, items));
      if (outcome == null) {
        continue;
      }
      Stored any = outcome.after() != null ? outcome.after() : outcome.before();
      ItemCollectionMetrics metric =
          any == null
              ? null
              : ItemCollections.of(
                  items.tx(),
                  action.table(),
                  any.item(),
                  request.returnItemCollectionMetricsAsString());
      if (metric != null) {
        metrics.computeIfAbsent(action.table().name(), _ -> new ArrayList<>()).add(metric);
      }
    }
    cancellation.throwIfAny();
    return TransactWriteItemsResponse.builder()
        .consumedCapacity(capacity.all())
        .itemCollectionMetrics(metrics.isEmpty() ? null : metrics)
        .build();
  }

  /** The answer to a request that was done before: it costs the reading of its items. */
  private TransactWriteItemsResponse repeated(
      Items items, TransactWriteItemsRequest request, List<WriteAction> actions) {
    var capacity = writes.capacity(request.returnConsumedCapacityAsString(), true);
    for (WriteAction action : actions) {
      Stored item = items.find(action.table(), action.key());
      capacity.read(action.table(), null, item == null ? 0 : item.size(), true);
    }
    return TransactWriteItemsResponse.builder().consumedCapacity(capacity.all()).build();
  }

  /** An action of a request with its expressions read, before its table is known. */
  private record Planned(String table, Function<Table, WriteAction> action) {}

  private Planned plan(TransactWriteItem item) {
    long actions =
        Stream.of(item.conditionCheck(), item.put(), item.update(), item.delete())
            .filter(Objects::nonNull)
            .count();
    if (actions != 1) {
      throw DynamoErrors.validation(
          "TransactItems can only contain one of Check, Put, Update or Delete");
    }
    if (item.put() != null) {
      return put(item.put());
    } else if (item.update() != null) {
      return update(item.update());
    } else if (item.delete() != null) {
      return delete(item.delete());
    }
    return check(item.conditionCheck());
  }

  private static Planned put(Put put) {
    constraints(put.tableName(), put.returnValuesOnConditionCheckFailureAsString());
    var expressions =
        new Expressions(
            put.hasExpressionAttributeNames() ? put.expressionAttributeNames() : null,
            put.hasExpressionAttributeValues() ? put.expressionAttributeValues() : null,
            new Text(Expressions.CONDITION, put.conditionExpression()));
    Terms terms =
        ItemOperations.terms(
            expressions,
            put.conditionExpression(),
            put.returnValuesOnConditionCheckFailureAsString());
    expressions.finish();
    return new Planned(
        put.tableName(),
        table -> {
          table.requireNotIntoKeys(terms.condition());
          return WriteAction.Put.of(table, Values.checked(put.item()), terms);
        });
  }

  private static Planned update(software.amazon.awssdk.services.dynamodb.model.Update update) {
    constraints(update.tableName(), update.returnValuesOnConditionCheckFailureAsString());
    var expressions =
        new Expressions(
            update.hasExpressionAttributeNames() ? update.expressionAttributeNames() : null,
            update.hasExpressionAttributeValues() ? update.expressionAttributeValues() : null,
            new Text(Expressions.UPDATE, update.updateExpression()),
            new Text(Expressions.CONDITION, update.conditionExpression()));
    new Constraints()
        .required("transactItems.update.updateExpression", update.updateExpression())
        .check();
    Update change = expressions.update(update.updateExpression());
    Terms terms =
        ItemOperations.terms(
            expressions,
            update.conditionExpression(),
            update.returnValuesOnConditionCheckFailureAsString());
    expressions.finish();
    return new Planned(
        update.tableName(), table -> ItemOperations.change(table, update.key(), change, terms));
  }

  private static Planned delete(Delete delete) {
    constraints(delete.tableName(), delete.returnValuesOnConditionCheckFailureAsString());
    var expressions =
        new Expressions(
            delete.hasExpressionAttributeNames() ? delete.expressionAttributeNames() : null,
            delete.hasExpressionAttributeValues() ? delete.expressionAttributeValues() : null,
            new Text(Expressions.CONDITION, delete.conditionExpression()));
    Terms terms =
        ItemOperations.terms(
            expressions,
            delete.conditionExpression(),
            delete.returnValuesOnConditionCheckFailureAsString());
    expressions.finish();
    return new Planned(
        delete.tableName(),
        table -> {
          table.requireNotIntoKeys(terms.condition());
          return new WriteAction.Delete(table, table.keys().key(delete.key()), terms);
        });
  }

  private static Planned check(ConditionCheck check) {
    constraints(check.tableName(), check.returnValuesOnConditionCheckFailureAsString());
    new Constraints()
        .required("transactItems.conditionCheck.conditionExpression", check.conditionExpression())
        .check();
    var expressions =
        new Expressions(
            check.hasExpressionAttributeNames() ? check.expressionAttributeNames() : null,
            check.hasExpressionAttributeValues() ? check.expressionAttributeValues() : null,
            new Text(Expressions.CONDITION, check.conditionExpression()));
    Terms terms =
        ItemOperations.terms(
            expressions,
            check.conditionExpression(),
            check.returnValuesOnConditionCheckFailureAsString());
    expressions.finish();
    return new Planned(
        check.tableName(),
        table -> {
          table.requireNotIntoKeys(terms.condition());
          return new WriteAction.Check(table, table.keys().key(check.key()), terms);
        });
  }

  private static void constraints(@Nullable String table, @Nullable String onFailure) {
    new Constraints()
        .table(table)
        .oneOf("returnValuesOnConditionCheckFailure", onFailure, Constraints.ON_FAILURE)
        .check();
  }
}
