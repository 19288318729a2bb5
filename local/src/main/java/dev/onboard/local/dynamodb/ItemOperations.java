package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.WriteAction.Outcome;
import dev.onboard.local.dynamodb.WriteAction.Terms;
import dev.onboard.local.dynamodb.expression.Expressions;
import dev.onboard.local.dynamodb.expression.Expressions.Text;
import dev.onboard.local.dynamodb.expression.Projection;
import dev.onboard.local.dynamodb.expression.Update;
import dev.onboard.local.dynamodb.expression.Updater;
import dev.onboard.local.dynamodb.value.DynamoErrors;
import dev.onboard.local.dynamodb.value.Values;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** The operations on one item. */
final class ItemOperations {
  private final Writes writes;
  private final Tables tables;

  ItemOperations(Writes writes, Tables tables) {
    this.writes = writes;
    this.tables = tables;
  }

  GetItemResponse get(GetItemRequest request) {
    new Constraints()
        .table(request.tableName())
        .required("key", request.hasKey())
        .oneOf(
            "returnConsumedCapacity",
            request.returnConsumedCapacityAsString(),
            Constraints.CAPACITY)
        .check();
    Legacy.refuse("GetItem").parameter("AttributesToGet", request.hasAttributesToGet());
    var expressions =
        new Expressions(
            request.hasExpressionAttributeNames() ? request.expressionAttributeNames() : null,
            null,
            new Text(Expressions.PROJECTION, request.projectionExpression()));
    Projection projection = expressions.projection(request.projectionExpression());
    expressions.finish();
    Values.checked(request.key());
    return writes
        .store()
        .read(tx -> {
          Table table = tables.get(tx, request.tableName());
          Key key = table.keys().key(request.key());
          if (projection != null) {
            table.requireNotIntoKeys(projection.paths());
          }
          Stored found = new Items(tx).find(table, key);
          var capacity = writes.capacity(request.returnConsumedCapacityAsString(), false);
          capacity.read(
              table,
              null,
              found == null ? 0 : found.size(),
              Boolean.TRUE.equals(request.consistentRead()));
          var answer = GetItemResponse.builder().consumedCapacity(capacity.one());
          if (found != null) {
            answer.item(projection == null ? found.item() : projection.of(found.item()));
          }
          return answer.build();
        });
  }

  PutItemResponse put(PutItemRequest request) {
    new Constraints()
        .table(request.tableName())
        .required("item", request.hasItem())
        .answers(
            request.returnValuesAsString(),
            request.returnConsumedCapacityAsString(),
            request.returnItemCollectionMetricsAsString(),
            request.returnValuesOnConditionCheckFailureAsString())
        .check();
    Legacy.refuse("PutItem")
        .parameter("Expected", request.hasExpected())
        .parameter("ConditionalOperator", request.conditionalOperator() != null);
    Map<String, AttributeValue> item = Values.checked(request.item());
    requireOldOrNone(request.returnValuesAsString());
    Stored.of(item, false);
    Terms terms = terms(request);
    return writes.run(items -> {
      Table table = tables.get(items.tx(), request.tableName());
      table.requireNotIntoKeys(terms.condition());
      var capacity = writes.capacity(request.returnConsumedCapacityAsString(), false);
      Outcome outcome = capacity.apply(WriteAction.Put.of(table, item, terms), items);
      return PutItemResponse.builder()
          .attributes(old(request.returnValuesAsString(), outcome))
          .consumedCapacity(capacity.one())
          .itemCollectionMetrics(
              ItemCollections.of(
                  items.tx(), table, item, request.returnItemCollectionMetricsAsString()))
          .build();
    });
  }

  private static Terms terms(PutItemRequest request) {
    var expressions =
        new Expressions(
            request.hasExpressionAttributeNames() ? request.expressionAttributeNames() : null,
            request.hasExpressionAttributeValues() ? request.expressionAttributeValues() : null,
            new Text(Expressions.CONDITION, request.conditionExpression()));
    Terms terms =
        terms(
            expressions,
            request.conditionExpression(),
            request.returnValuesOnConditionCheckFailureAsString());
    expressions.finish();
    return terms;
  }

  static Terms terms(
      Expressions expressions, @Nullable String condition, @Nullable String onFailure) {
    return new Terms(
        expressions.condition(Expressions.CONDITION, condition), "ALL_OLD".equals(onFailure));
  }

  private static void requireOldOrNone(@Nullable String returnValues) {
    if (returnValues != null && !returnValues.equals("ALL_OLD") && !returnValues.equals("NONE")) {
      throw DynamoErrors.validation("ReturnValues can only be ALL_OLD or NONE");
    }
  }

  private static @Nullable Map<String, AttributeValue> old(
      @Nullable String returnValues, Outcome outcome) {
    return "ALL_OLD".equals(returnValues) && outcome.before() != null
        ? outcome.before().item()
        : null;
  }

  UpdateItemResponse update(UpdateItemRequest request) {
    new Constraints()
        .table(request.tableName())
        .required("key", request.hasKey())
        .answers(
            request.returnValuesAsString(),
            request.returnConsumedCapacityAsString(),
            request.returnItemCollectionMetricsAsString(),
            request.returnValuesOnConditionCheckFailureAsString())
        .check();
    refuseLegacy(request);
    Values.checked(request.key());
    var expressions =
        new Expressions(
            request.hasExpressionAttributeNames() ? request.expressionAttributeNames() : null,
            request.hasExpressionAttributeValues() ? request.expressionAttributeValues() : null,
            new Text(Expressions.UPDATE, request.updateExpression()),
            new Text(Expressions.CONDITION, request.conditionExpression()));
    Update update = expressions.update(request.updateExpression());
    Update change = update == null ? Update.NOTHING : update;
    Terms terms =
        terms(
            expressions,
            request.conditionExpression(),
            request.returnValuesOnConditionCheckFailureAsString());
    expressions.finish();
    return writes.run(items -> {
      Table table = tables.get(items.tx(), request.tableName());
      var capacity = writes.capacity(request.returnConsumedCapacityAsString(), false);
      Outcome outcome = capacity.apply(change(table, request.key(), change, terms), items);
      return UpdateItemResponse.builder()
          .attributes(attributes(request.returnValuesAsString(), change, outcome))
          .consumedCapacity(capacity.one())
          .itemCollectionMetrics(
              ItemCollections.of(
                  items.tx(), table, request.key(), request.returnItemCollectionMetricsAsString()))
          .build();
    });
  }

  private static void refuseLegacy(UpdateItemRequest request) {
    Legacy.refuse("UpdateItem")
        .parameter("AttributeUpdates", request.hasAttributeUpdates())
        .parameter("Expected", request.hasExpected())
        .parameter("ConditionalOperator", request.conditionalOperator() != null);
  }

  /** The updating of an item under a key that a request gives. */
  static WriteAction.Change change(
      Table table, Map<String, AttributeValue> keyAttributes, Update update, Terms terms) {
    Key key = table.keys().key(keyAttributes);
    table.requireNoKeyIn(update.paths());
    table.requireNotIntoKeys(update.paths());
    table.requireNotIntoKeys(terms.condition());
    return new WriteAction.Change(table, key, Values.checked(keyAttributes), update, terms);
  }

  private static @Nullable Map<String, AttributeValue> attributes(
      @Nullable String returnValues, Update update, Outcome outcome) {
    Stored before = outcome.before();
    Stored after = outcome.after();
    if (returnValues == null || after == null) {
      return null;
    }
    return switch (returnValues) {
      case "ALL_OLD" -> before == null ? null : before.item();
      case "ALL_NEW" -> after.item();
      case "UPDATED_OLD" -> before == null ? null : orNull(Updater.touched(update, before.item()));
      case "UPDATED_NEW" -> orNull(Updater.touched(update, after.item()));
      default -> null;
    };
  }

  private static @Nullable Map<String, AttributeValue> orNull(Map<String, AttributeValue> map) {
    return map.isEmpty() ? null : map;
  }

  DeleteItemResponse delete(DeleteItemRequest request) {
    new Constraints()
        .table(request.tableName())
        .required("key", request.hasKey())
        .answers(
            request.returnValuesAsString(),
            request.returnConsumedCapacityAsString(),
            request.returnItemCollectionMetricsAsString(),
            request.returnValuesOnConditionCheckFailureAsString())
        .check();
    Legacy.refuse("DeleteItem")
        .parameter("Expected", request.hasExpected())
        .parameter("ConditionalOperator", request.conditionalOperator() != null);
    Values.checked(request.key());
    requireOldOrNone(request.returnValuesAsString());
    Terms terms = terms(request);
    return writes.run(items -> {
      Table table = tables.get(items.tx(), request.tableName());
      Key key = table.keys().key(request.key());
      table.requireNotIntoKeys(terms.condition());
      var capacity = writes.capacity(request.returnConsumedCapacityAsString(), false);
      Outcome outcome = capacity.apply(new WriteAction.Delete(table, key, terms), items);
      return DeleteItemResponse.builder()
          .attributes(old(request.returnValuesAsString(), outcome))
          .consumedCapacity(capacity.one())
          .itemCollectionMetrics(
              ItemCollections.of(
                  items.tx(), table, request.key(), request.returnItemCollectionMetricsAsString()))
          .build();
    });
  }

  private static Terms terms(DeleteItemRequest request) {
    var expressions =
        new Expressions(
            request.hasExpressionAttributeNames() ? request.expressionAttributeNames() : null,
            request.hasExpressionAttributeValues() ? request.expressionAttributeValues() : null,
            new Text(Expressions.CONDITION, request.conditionExpression()));
    Terms terms =
        terms(
            expressions,
            request.conditionExpression(),
            request.returnValuesOnConditionCheckFailureAsString());
    expressions.finish();
    return terms;
  }
}
