package dev.onboard.functions.user;

import dev.onboard.functions.dynamo.Table;
import dev.onboard.functions.time.Pause;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The users table. */
public final class DynamoUserStore implements UserStore {

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Table items;

  public DynamoUserStore(DynamoDbClient dynamoDb, String table, Pause pause) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.items = new Table(dynamoDb, table, "email", pause);
  }

  @Override
  public Map<String, User> insert(Collection<User> users) {
    Map<String, User> inTheWay = new HashMap<>();
    items
        .insert(users.stream().map(UserItem::of).toList())
        .forEach((email, item) -> inTheWay.put(email, UserItem.user(item)));
    return inTheWay;
  }

  @Override
  public void markPublished(String email, String at) {
    dynamoDb.updateItem(update ->
        update
            .tableName(table)
            .key(Map.of("email", AttributeValue.fromS(email)))
            .updateExpression("SET publishedAt = :at")
            .conditionExpression("attribute_exists(email)")
            .expressionAttributeValues(Map.of(":at", AttributeValue.fromS(at))));
  }
}
