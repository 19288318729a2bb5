package dev.onboard.functions.user;

import dev.onboard.functions.dynamo.Table;
import dev.onboard.functions.dynamo.Transactions;
import dev.onboard.functions.time.Pause;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The imports table: an item an import with its counters, and an item a batch. */
public final class DynamoBatchLedger implements BatchLedger {

  private final String table;
  private final Transactions transactions;
  private final Table items;

  public DynamoBatchLedger(DynamoDbClient dynamoDb, String table, Pause pause) {
    this.table = table;
    this.transactions = new Transactions(dynamoDb, pause);
    this.items = new Table(dynamoDb, table, "importId", pause);
  }

  @Override
  public Optional<Counted> count(Totals totals) {
    List<CancellationReason> reasons =
        transactions.write(List.of(marker(totals), counters(totals)));
    if (reasons.isEmpty()) {
      return Optional.empty();
    }
    if (Transactions.isConditionFailed(reasons.get(0))) {
      return Optional.of(counted(reasons.get(0).item()));
    }
    throw new IllegalStateException("import " + totals.importId() + " is not in " + table);
  }

  private TransactWriteItem marker(Totals totals) {
    Map<String, AttributeValue> item =
        Map.of(
            "importId", AttributeValue.fromS(totals.batch()),
            "lastRow", number(totals.lastRow()),
            "created", number(totals.created()),
            "existing", number(totals.existing()),
            "rejected", number(totals.rejected()));
    return TransactWriteItem.builder()
        .put(put ->
            put.tableName(table)
                .item(item)
                .conditionExpression("attribute_not_exists(importId)")
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }

  private TransactWriteItem counters(Totals totals) {
    return TransactWriteItem.builder()
        .update(update ->
            update
                .tableName(table)
                .key(Map.of("importId", AttributeValue.fromS(totals.importId())))
                .updateExpression(
                    "ADD #read :read, #created :created, #existing :existing, #rejected :rejected")
                .conditionExpression("attribute_exists(importId)")
                .expressionAttributeNames(
                    Map.of(
                        "#read", "read",
                        "#created", "created",
                        "#existing", "existing",
                        "#rejected", "rejected"))
                .expressionAttributeValues(
                    Map.of(
                        ":read", number(totals.rows()),
                        ":created", number(totals.created()),
                        ":existing", number(totals.existing()),
                        ":rejected", number(totals.rejected()))))
        .build();
  }

  @Override
  public Set<String> published(Collection<String> batches) {
    Set<String> published = new HashSet<>();
    items
        .read(batches)
        .forEach((batch, item) -> {
          if (item.containsKey("publishedAt")) {
            published.add(batch);
          }
        });
    return published;
  }

  private static Counted counted(Map<String, AttributeValue> item) {
    AttributeValue publishedAt = item.get("publishedAt");
    return new Counted(
        Integer.parseInt(item.get("lastRow").n()), publishedAt == null ? null : publishedAt.s());
  }

  private static AttributeValue number(int value) {
    return AttributeValue.fromN(Integer.toString(value));
  }
}
