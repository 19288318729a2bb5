package dev.onboard.functions.dynamo;

import dev.onboard.functions.time.Pause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * A table with a string for its key, read and added to many items at a time.
 *
 * <p>Items are added with conditional puts that overwrite nothing, up to a hundred in a
 * transaction: BatchWriteItem has no conditions, PartiQL's INSERT takes 25 a call, and a PutItem
 * each needs as many calls as items.
 */
public final class Table {

  private static final int READS = 100;
  private static final int ATTEMPTS = 8;

  private final DynamoDbClient dynamoDb;
  private final String name;
  private final String key;
  private final Pause pause;
  private final Transactions transactions;

  public Table(DynamoDbClient dynamoDb, String name, String key, Pause pause) {
    this.dynamoDb = dynamoDb;
    this.name = name;
    this.key = key;
    this.pause = pause;
    this.transactions = new Transactions(dynamoDb, pause);
  }

  /**
   * Puts those items whose key is new; keys must be different and strings.
   *
   * @return the items that stood in the way, by key
   */
  public Map<String, Map<String, AttributeValue>> insert(
      Collection<Map<String, AttributeValue>> items) {
    Map<String, Map<String, AttributeValue>> inTheWay = new HashMap<>();
    List<String> unknown = new ArrayList<>();
    List<Map<String, AttributeValue>> all = List.copyOf(items);
    for (int from = 0; from < all.size(); from += Transactions.ACTIONS) {
      List<Map<String, AttributeValue>> together =
          all.subList(from, Math.min(all.size(), from + Transactions.ACTIONS));
      if (together.size() == 1) {
        // A transaction of one costs twice as much as the put alone.
        insert(together.getFirst(), inTheWay, unknown);
      } else {
        insertTogether(together, inTheWay, unknown);
      }
    }
    if (!unknown.isEmpty()) {
      inTheWay.putAll(read(unknown));
    }
    return inTheWay;
  }

  private void insert(
      Map<String, AttributeValue> item,
      Map<String, Map<String, AttributeValue>> inTheWay,
      List<String> unknown) {
    Put put = put(item);
    try {
      dynamoDb.putItem(request ->
          request
              .tableName(put.tableName())
              .item(put.item())
              .conditionExpression(put.conditionExpression())
              .expressionAttributeNames(put.expressionAttributeNames())
              .returnValuesOnConditionCheckFailure(put.returnValuesOnConditionCheckFailure()));
    } catch (ConditionalCheckFailedException e) {
      note(item, e.item(), inTheWay, unknown);
    }
  }

  /** Whoever stands in the way fails them all, so the others are tried again without it. */
  private void insertTogether(
      List<Map<String, AttributeValue>> items,
      Map<String, Map<String, AttributeValue>> inTheWay,
      List<String> unknown) {
    List<Map<String, AttributeValue>> left = items;
    while (!left.isEmpty()) {
      List<CancellationReason> reasons =
          transactions.write(
              left.stream()
                  .map(item -> TransactWriteItem.builder().put(put(item)).build())
                  .toList());
      List<Map<String, AttributeValue>> possible = new ArrayList<>();
      for (int i = 0; i < reasons.size(); i++) {
        if (Transactions.isConditionFailed(reasons.get(i))) {
          note(left.get(i), reasons.get(i).item(), inTheWay, unknown);
        } else {
          possible.add(left.get(i));
        }
      }
      left = possible;
    }
  }

  private void note(
      Map<String, AttributeValue> item,
      Map<String, AttributeValue> other,
      Map<String, Map<String, AttributeValue>> inTheWay,
      List<String> unknown) {
    String value = item.get(key).s();
    if (other.isEmpty()) {
      unknown.add(value);
    } else {
      inTheWay.put(value, other);
    }
  }

  private Put put(Map<String, AttributeValue> item) {
    return Put.builder()
        .tableName(name)
        .item(item)
        .conditionExpression("attribute_not_exists(#key)")
        .expressionAttributeNames(Map.of("#key", key))
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
  }

  /** Items by key, as they are now; who is not there is not in the answer. */
  public Map<String, Map<String, AttributeValue>> read(Collection<String> keys) {
    Map<String, Map<String, AttributeValue>> found = new HashMap<>();
    List<String> all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += READS) {
      read(all.subList(from, Math.min(all.size(), from + READS)), found);
    }
    return found;
  }

  private void read(List<String> keys, Map<String, Map<String, AttributeValue>> found) {
    @Nullable KeysAndAttributes left =
        KeysAndAttributes.builder()
            .keys(keys.stream().map(value -> Map.of(key, AttributeValue.fromS(value))).toList())
            .consistentRead(true)
            .build();
    for (int attempt = 0; left != null; attempt++) {
      if (attempt == ATTEMPTS) {
        throw new IllegalStateException(
            "reading " + name + " failed: " + left.keys().size() + " keys were left unprocessed");
      }
      if (attempt > 0) {
        pause.beforeAttempt(attempt);
      }
      Map<String, KeysAndAttributes> request = Map.of(name, left);
      var answer = dynamoDb.batchGetItem(get -> get.requestItems(request));
      for (Map<String, AttributeValue> item : answer.responses().getOrDefault(name, List.of())) {
        found.put(item.get(key).s(), item);
      }
      left = answer.unprocessedKeys().get(name);
    }
  }
}
