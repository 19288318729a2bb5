package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.WriteAction.Terms;
import dev.onboard.local.dynamodb.expression.Expressions;
import dev.onboard.local.dynamodb.expression.Expressions.Text;
import dev.onboard.local.dynamodb.expression.Projection;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ItemCollectionMetrics;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** BatchGetItem and BatchWriteItem. */
final class BatchOperations {
  private final Writes writes;
  private final Tables tables;

  BatchOperations(Writes writes, Tables tables) {
    this.writes = writes;
    this.tables = tables;
  }

  BatchGetItemResponse get(BatchGetItemRequest request) {
    if (request.requestItems().isEmpty()) {
      throw DynamoErrors.validation("The requestItems parameter is required for BatchGetItem");
    }
    var constraints =
        new Constraints()
            .oneOf(
                "returnConsumedCapacity",
                request.returnConsumedCapacityAsString(),
                Constraints.CAPACITY);
    request.requestItems().keySet().forEach(constraints::table);
    constraints.check();
    var projections = new HashMap<String, Projection>();
    request
        .requestItems()
        .forEach((table, keys) -> {
          requireKeys(table, keys);
          Projection projection = projection(keys);
          if (projection != null) {
            projections.put(table, projection);
          }
        });
    if (request.requestItems().values().stream().mapToInt(k -> k.keys().size()).sum()
        > Limits.BATCH_GET_KEYS) {
      throw DynamoErrors.validation("Too many items requested for the BatchGetItem call");
    }
    return writes.store().read(tx -> get(tx, request, projections));
  }

  private static void requireKeys(String table, KeysAndAttributes keys) {
    if (keys.keys().isEmpty() || keys.keys().size() > Limits.BATCH_GET_KEYS) {
      // This one is told without the value, and with its members as they are spelt.
      throw DynamoErrors.validation(
          "1 validation error detected: Value at 'RequestItems."
              + table
              + ".member.Keys' failed to satisfy constraint: Member must have length "
              + (keys.keys().isEmpty()
                  ? "greater than or equal to 1"
                  : "less than or equal to " + Limits.BATCH_GET_KEYS));
    }
    Legacy.refuse("BatchGetItem").parameter("AttributesToGet", keys.hasAttributesToGet());
  }

  private static @Nullable Projection projection(KeysAndAttributes keys) {
    var expressions =
        new Expressions(
            keys.hasExpressionAttributeNames() ? keys.expressionAttributeNames() : null,
            null,
            new Text(Expressions.PROJECTION, keys.projectionExpression()));
    Projection projection = expressions.projection(keys.projectionExpression());
    expressions.finish();
    return projection;
  }

  private BatchGetItemResponse get(
      Tx tx, BatchGetItemRequest request, Map<String, Projection> projections) {
    var reading =
        new Reading(
            new Items(tx), writes.capacity(request.returnConsumedCapacityAsString(), false));
    var responses = new LinkedHashMap<String, List<Map<String, AttributeValue>>>();
    var unprocessed = new LinkedHashMap<String, KeysAndAttributes>();
    request
        .requestItems()
        .forEach((name, wanted) -> {
          Table table = tables.get(tx, name);
          var left = new ArrayList<Map<String, AttributeValue>>();
          responses.put(name, reading.read(table, wanted, projections.get(name), left));
          if (!left.isEmpty()) {
            unprocessed.put(name, wanted.toBuilder().keys(left).build());
          }
        });
    return BatchGetItemResponse.builder()
        .responses(responses)
        .unprocessedKeys(unprocessed)
        .consumedCapacity(reading.capacity.all())
        .build();
  }

  /** The items of one call, which are at most 16 MB. */
  private static final class Reading {
    private final Items items;
    private final Capacity capacity;
    private long bytes;

    Reading(Items items, Capacity capacity) {
      this.items = items;
      this.capacity = capacity;
    }

    /** The items of one table; the keys for which there was no room are put aside. */
    List<Map<String, AttributeValue>> read(
        Table table,
        KeysAndAttributes wanted,
        @Nullable Projection projection,
        List<Map<String, AttributeValue>> left) {
      if (projection != null) {
        table.requireNotIntoKeys(projection.paths());
      }
      List<Key> keys = wanted.keys().stream().map(table.keys()::key).toList();
      requireDistinct(keys, new HashSet<>());
      boolean consistent = Boolean.TRUE.equals(wanted.consistentRead());
      var found = new ArrayList<Map<String, AttributeValue>>();
      for (int i = 0; i < keys.size(); i++) {
        if (bytes >= Limits.BATCH_GET_BYTES) {
          left.add(wanted.keys().get(i));
          continue;
        }
        Stored item = items.find(table, keys.get(i));
        int size = item == null ? 0 : item.size();
        bytes += size;
        capacity.read(table, null, size, consistent);
        if (item != null) {
          found.add(projection == null ? item.item() : projection.of(item.item()));
        }
      }
      return found;
    }
  }

  private static void requireDistinct(List<Key> keys, Set<Key> seen) {
    if (!keys.stream().allMatch(seen::add)) {
      throw DynamoErrors.validation("Provided list of item keys contains duplicates");
    }
  }

  BatchWriteItemResponse write(BatchWriteItemRequest request) {
    if (request.requestItems().isEmpty()) {
      throw DynamoErrors.validation("The requestItems parameter is required for BatchWriteItem");
    }
    var constraints =
        new Constraints()
            .oneOf(
                "returnConsumedCapacity",
                request.returnConsumedCapacityAsString(),
                Constraints.CAPACITY)
            .oneOf(
                "returnItemCollectionMetrics",
                request.returnItemCollectionMetricsAsString(),
                Constraints.METRICS)
            .mapValues("requestItems", request.requestItems(), Limits.BATCH_WRITE_REQUESTS);
    request.requestItems().keySet().forEach(constraints::table);
    constraints.check();
    if (request.requestItems().values().stream().mapToInt(List::size).sum()
        > Limits.BATCH_WRITE_REQUESTS) {
      throw DynamoErrors.validation("Too many items requested for the BatchWriteItem call");
    }
    return writes.run(items -> write(items, request));
  }

  private BatchWriteItemResponse write(Items items, BatchWriteItemRequest request) {
    var actions = new ArrayList<WriteAction>();
    for (var entry : request.requestItems().entrySet()) {
      Table table = tables.get(items.tx(), entry.getKey());
      List<WriteAction> ofTable = entry.getValue().stream().map(w -> action(table, w)).toList();
      requireDistinct(ofTable.stream().map(WriteAction::key).toList(), new HashSet<>());
      actions.addAll(ofTable);
    }
    var capacity = writes.capacity(request.returnConsumedCapacityAsString(), false);
    var metrics = new LinkedHashMap<String, List<ItemCollectionMetrics>>();
    for (WriteAction action : actions) {
      WriteAction.Outcome outcome = capacity.apply(action, items);
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
    return BatchWriteItemResponse.builder()
        .unprocessedItems(Map.of())
        .consumedCapacity(capacity.all())
        .itemCollectionMetrics(metrics.isEmpty() ? null : metrics)
        .build();
  }

  private static WriteAction action(Table table, WriteRequest write) {
    boolean puts = write.putRequest() != null;
    if (puts == (write.deleteRequest() != null)) {
      throw DynamoErrors.validation(
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
              + " supported datatypes");
    }
    if (!puts) {
      Key key = table.keys().key(write.deleteRequest().key());
      return new WriteAction.Delete(table, key, Terms.NONE);
    }
    var item = Values.checked(write.putRequest().item());
    table.keys().requireIn(item);
    return WriteAction.Put.of(table, item, Terms.NONE);
  }
}
