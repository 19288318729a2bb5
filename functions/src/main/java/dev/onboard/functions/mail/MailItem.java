package dev.onboard.functions.mail;

import dev.onboard.functions.mail.MailEntry.Status;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An entry of the ledger as an item of the mails table. */
final class MailItem {

  /** That an entry has not changed since it was seen. */
  static final String AS_SEEN = "#status = :seen AND claimedBy = :claimedBy";

  static final Map<String, String> NAMES = Map.of("#status", "status");

  private MailItem() {}

  static Map<String, AttributeValue> claimValues(MailEntry entry) {
    return Map.of(
        ":seen", AttributeValue.fromS(entry.status().name()),
        ":claimedBy", AttributeValue.fromS(entry.claimedBy()));
  }

  static Map<String, AttributeValue> key(MailEntry entry) {
    return Map.of("userId", AttributeValue.fromS(entry.userId()));
  }

  static Map<String, AttributeValue> of(MailEntry entry) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("userId", AttributeValue.fromS(entry.userId()));
    item.put("eventId", AttributeValue.fromS(entry.eventId()));
    item.put("email", AttributeValue.fromS(entry.email()));
    item.put("status", AttributeValue.fromS(entry.status().name()));
    item.put("claimedBy", AttributeValue.fromS(entry.claimedBy()));
    item.put("claimedAt", AttributeValue.fromS(entry.claimedAt().toString()));
    item.put("leaseUntil", AttributeValue.fromS(entry.leaseUntil().toString()));
    if (entry.importId() != null) {
      item.put("importId", AttributeValue.fromS(entry.importId()));
    }
    return item;
  }

  static MailEntry entry(Map<String, AttributeValue> item) {
    Instant claimedAt = Instant.parse(required(item, "claimedAt"));
    String leaseUntil = optional(item, "leaseUntil");
    return new MailEntry(
        required(item, "userId"),
        required(item, "eventId"),
        required(item, "email"),
        optional(item, "importId"),
        Status.valueOf(required(item, "status")),
        required(item, "claimedBy"),
        claimedAt,
        leaseUntil == null ? claimedAt : Instant.parse(leaseUntil),
        optional(item, "messageId"));
  }

  private static @Nullable String optional(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : value.s();
  }

  private static String required(Map<String, AttributeValue> item, String name) {
    String value = optional(item, name);
    if (value == null) {
      throw new IllegalStateException("an entry of the mail ledger must have " + name);
    }
    return value;
  }
}
