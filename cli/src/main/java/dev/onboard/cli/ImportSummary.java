package dev.onboard.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where an import stands, as its item in the imports table says.
 *
 * @param rows how many rows the file has; 0 until that is known
 * @param read how many of them were worked on
 * @param mails how many welcome mails were sent for it
 * @param undeliverable how many of its mails SES refused for their address
 * @param error what it failed with, if it did, and why
 */
record ImportSummary(
    String importId,
    String status,
    long rows,
    long read,
    long created,
    long existing,
    long rejected,
    long mails,
    long undeliverable,
    @Nullable String rejectedReport,
    @Nullable String error,
    @Nullable String cause) {

  static ImportSummary of(Map<String, AttributeValue> item) {
    return new ImportSummary(
        String.valueOf(text(item, "importId")),
        String.valueOf(text(item, "status")),
        number(item, "rows"),
        number(item, "read"),
        number(item, "created"),
        number(item, "existing"),
        number(item, "rejected"),
        number(item, "mails"),
        number(item, "undeliverable"),
        text(item, "rejectedReport"),
        text(item, "error"),
        text(item, "cause"));
  }

  boolean isRunning() {
    return status.equals("RUNNING");
  }

  boolean isCompleted() {
    return status.equals("COMPLETED");
  }

  /** How many created users no word has come of: their mail is neither sent nor refused. */
  long mailsToCome() {
    return Math.max(0, created - mails - undeliverable);
  }

  ObjectNode json(double seconds) {
    return RuntimeEndpoint.JSON
        .createObjectNode()
        .put("importId", importId)
        .put("status", status)
        .put("rows", rows)
        .put("created", created)
        .put("existing", existing)
        .put("rejected", rejected)
        .put("mails", mails)
        .put("rejectedReport", rejectedReport)
        .put("seconds", Math.round(seconds * 1000) / 1000.0);
  }

  private static @Nullable String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : value.s();
  }

  private static long number(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null || value.n() == null ? 0 : Long.parseLong(value.n());
  }
}
