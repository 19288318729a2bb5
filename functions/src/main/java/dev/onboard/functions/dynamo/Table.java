package dev.onboard.functions.dynamo;

import dev.onboard.functions.time.Pause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementError;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * A table with a string for its key, read and added to many items at a time.
 *
 * <p>Items are added with PartiQL INSERT statements, 25 a call, which overwrite nothing:
 * BatchWriteItem takes as many but has no conditions, and a PutItem each needs as many calls as
 * items.
 */
public final class Table {

  /** The most statements of a BatchExecuteStatement call. */
  private static final int STATEMENTS = 25;

  private static final int READS = 100;
  private static final int ATTEMPTS = 8;

  private static final Set<BatchStatementErrorCodeEnum> PASSING =
      Set.of(
          BatchStatementErrorCodeEnum.THROTTLING_ERROR,
          BatchStatementErrorCodeEnum.REQUEST_LIMIT_EXCEEDED,
          BatchStatementErrorCodeEnum.PROVISIONED_THROUGHPUT_EXCEEDED,
          BatchStatementErrorCodeEnum.TRANSACTION_CONFLICT,
          BatchStatementErrorCodeEnum.INTERNAL_SERVER_ERROR);

  private final DynamoDbClient dynamoDb;
  private final String name;
  private final String key;
  private final Pause pause;

  public Table(DynamoDbClient dynamoDb, String name, String key, Pause pause) {
    this.dynamoDb = dynamoDb;
    this.name = name;
    this.key = key;
    this.pause = pause;
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
    List<Map<String, AttributeValue>> left = new ArrayList<>(items);
    for (int attempt = 0; !left.isEmpty(); attempt++) {
      if (attempt > 0) {
        pause.beforeAttempt(attempt);
      }
      List<Map<String, AttributeValue>> failed = new ArrayList<>();
      for (int from = 0; from < left.size(); from += STATEMENTS) {
        List<Map<String, AttributeValue>> chunk =
            left.subList(from, Math.min(left.size(), from + STATEMENTS));
        execute(chunk, inTheWay, unknown, failed, attempt + 1 == ATTEMPTS);
      }
      left = failed;
    }
    if (!unknown.isEmpty()) {
      inTheWay.putAll(read(unknown));
    }
    return inTheWay;
  }

  private void execute(
      List<Map<String, AttributeValue>> chunk,
      Map<String, Map<String, AttributeValue>> inTheWay,
      List<String> unknown,
      List<Map<String, AttributeValue>> failed,
      boolean lastAttempt) {
    List<BatchStatementRequest> statements = chunk.stream().map(this::statement).toList();
    List<BatchStatementResponse> answers =
        dynamoDb.batchExecuteStatement(request -> request.statements(statements)).responses();
    for (int i = 0; i < answers.size(); i++) {
      BatchStatementError error = answers.get(i).error();
      if (error == null) {
        continue;
      }
      if (isDuplicate(error)) {
        String value = chunk.get(i).get(key).s();
        if (error.hasItem() && !error.item().isEmpty()) {
          inTheWay.put(value, error.item());
        } else {
          unknown.add(value);
        }
      } else if (PASSING.contains(error.code()) && !lastAttempt) {
        failed.add(chunk.get(i));
      } else {
        throw new IllegalStateException(
            "INSERT into " + name + " failed: " + error.codeAsString() + ": " + error.message());
      }
    }
  }

  private static boolean isDuplicate(BatchStatementError error) {
    return error.code() == BatchStatementErrorCodeEnum.DUPLICATE_ITEM
        || error.code() == BatchStatementErrorCodeEnum.CONDITIONAL_CHECK_FAILED;
  }

  private BatchStatementRequest statement(Map<String, AttributeValue> item) {
    String members =
        item.keySet().stream()
            .map(member -> "'" + member + "': ?")
            .collect(Collectors.joining(", "));
    return BatchStatementRequest.builder()
        .statement("INSERT INTO \"" + name + "\" VALUE {" + members + "}")
        .parameters(List.copyOf(item.values()))
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
