package dev.onboard.console.stack;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A user as the item in the users table tells of it.
 *
 * @param createdAt the start of the import or the time of the registration
 * @param importId the import that made it, if one did, and the row of its file
 * @param eventId the registration that made it, if one did
 */
public record UserItem(
    String email,
    String userId,
    String createdAt,
    @Nullable String name,
    @Nullable String importId,
    @Nullable Integer row,
    @Nullable String eventId) {

  /** The form in which addresses are compared and users are keyed. */
  public static String keyOf(String address) {
    return address.strip().toLowerCase(Locale.ROOT);
  }

  /** The id under which the user of a key is known to others, whether it is there or not. */
  public static String idOf(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** The user of a key, if there is one. */
  public static Optional<UserItem> find(DynamoDbClient dynamoDb, Stack stack, String key) {
    Map<String, AttributeValue> item =
        dynamoDb
            .getItem(g ->
                g.tableName(stack.output("UsersTableName"))
                    .key(Map.of("email", AttributeValue.fromS(key)))
                    .consistentRead(true))
            .item();
    if (item.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(of(item));
  }

  /** The user that an item of the table is. */
  public static UserItem of(Map<String, AttributeValue> item) {
    String key = Optional.ofNullable(text(item, "email")).orElse("");
    AttributeValue row = item.get("row");
    return new UserItem(
        key,
        Optional.ofNullable(text(item, "userId")).orElseGet(() -> idOf(key)),
        Optional.ofNullable(text(item, "createdAt")).orElse(""),
        text(item, "name"),
        text(item, "importId"),
        row == null || row.n() == null ? null : Integer.valueOf(row.n()),
        text(item, "eventId"));
  }

  private static @Nullable String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : value.s();
  }
}
