package dev.onboard.console.stack;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A user's welcome mail as its entry in the mails table tells of it.
 *
 * @param status {@code CLAIMED}, {@code SENT} or {@code UNDELIVERABLE}
 * @param claimedBy the request id of the invocation that claimed it
 * @param messageId SES's, once known
 * @param outcome in a few words, once known
 * @param takenOver how often a claim was given up as lost
 */
public record MailItem(
    String userId,
    String email,
    String eventId,
    String status,
    String claimedBy,
    String claimedAt,
    @Nullable String leaseUntil,
    @Nullable String messageId,
    @Nullable String outcome,
    @Nullable String outcomeAt,
    int takenOver) {

  /** The entry of a user, if there is one. */
  public static Optional<MailItem> find(DynamoDbClient dynamoDb, Stack stack, String userId) {
    Map<String, AttributeValue> item =
        dynamoDb
            .getItem(g ->
                g.tableName(stack.output("MailsTableName"))
                    .key(Map.of("userId", AttributeValue.fromS(userId)))
                    .consistentRead(true))
            .item();
    if (item.isEmpty()) {
      return Optional.empty();
    }
    AttributeValue takenOver = item.get("takenOver");
    return Optional.of(
        new MailItem(
            userId,
            said(item, "email"),
            said(item, "eventId"),
            said(item, "status"),
            said(item, "claimedBy"),
            said(item, "claimedAt"),
            text(item, "leaseUntil"),
            text(item, "messageId"),
            text(item, "outcome"),
            text(item, "outcomeAt"),
            takenOver == null || takenOver.n() == null ? 0 : Integer.parseInt(takenOver.n())));
  }

  private static String said(Map<String, AttributeValue> item, String name) {
    String value = text(item, name);
    return value == null ? "" : value;
  }

  private static @Nullable String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : value.s();
  }
}
