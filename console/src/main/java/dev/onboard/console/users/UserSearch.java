package dev.onboard.console.users;

import dev.onboard.console.stack.UserItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * Looks through the users table, a part at a time: DynamoDB finds an address at once, but whatever
 * contains a text only by looking at every item.
 *
 * @param text that the address or the name contains; null for every user
 * @param importId of the import that made the user; null for any or none
 */
record UserSearch(@Nullable String text, @Nullable String importId) {
  /** How many users are looked at for one page; the next one goes on from there. */
  private static final int LOOKED_AT = 20_000;

  /**
   * What was found.
   *
   * @param lookedAt how many users that took
   * @param next the address after which the rest of the table begins; null if nothing is left
   */
  record Found(List<UserItem> users, int lookedAt, @Nullable String next) {}

  /**
   * Looks for users.
   *
   * @param after the address after which to begin; null for the beginning
   */
  Found run(DynamoDbClient dynamoDb, String table, @Nullable String after, int most) {
    var found = new ArrayList<UserItem>();
    String next = after;
    int lookedAt = 0;
    do {
      ScanResponse page = dynamoDb.scan(request(table, next, most - found.size() + 1));
      page.items().forEach(item -> found.add(UserItem.of(item)));
      lookedAt += page.scannedCount();
      next = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey().get("email").s() : null;
    } while (next != null && found.size() <= most && lookedAt < LOOKED_AT);
    if (found.size() > most) {
      List<UserItem> shown = List.copyOf(found.subList(0, most));
      return new Found(shown, lookedAt, shown.getLast().email());
    }
    return new Found(found, lookedAt, next);
  }

  private ScanRequest request(String table, @Nullable String after, int most) {
    var names = new HashMap<String, String>();
    var values = new HashMap<String, AttributeValue>();
    var conditions = new ArrayList<String>();
    if (text != null) {
      names.put("#email", "email");
      names.put("#name", "name");
      values.put(":address", AttributeValue.fromS(text.toLowerCase(Locale.ROOT)));
      values.put(":text", AttributeValue.fromS(text));
      conditions.add("(contains(#email, :address) OR contains(#name, :text))");
    }
    if (importId != null) {
      names.put("#importId", "importId");
      values.put(":importId", AttributeValue.fromS(importId));
      conditions.add("#importId = :importId");
    }
    return ScanRequest.builder()
        .tableName(table)
        .limit(conditions.isEmpty() ? most : null)
        .filterExpression(conditions.isEmpty() ? null : String.join(" AND ", conditions))
        .expressionAttributeNames(names.isEmpty() ? null : names)
        .expressionAttributeValues(values.isEmpty() ? null : values)
        .exclusiveStartKey(after == null ? null : Map.of("email", AttributeValue.fromS(after)))
        .build();
  }
}
