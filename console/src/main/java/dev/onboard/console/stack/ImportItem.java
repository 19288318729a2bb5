package dev.onboard.console.stack;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An import as its item in the imports table tells of it.
 *
 * @param rows how many rows the file has; 0 until that is known
 * @param mails how many welcome mails were sent for it
 * @param undeliverable how many of its mails SES refused for their address
 * @param error what it failed with, if it did, and why
 */
public record ImportItem(
    String importId,
    String status,
    String bucket,
    String key,
    String version,
    String execution,
    String correlationId,
    Instant startedAt,
    @Nullable Instant endedAt,
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

  /** The import of an id, if there is one. */
  public static Optional<ImportItem> find(DynamoDbClient dynamoDb, Stack stack, String importId) {
    Map<String, AttributeValue> item =
        dynamoDb
            .getItem(g ->
                g.tableName(stack.output("ImportsTableName"))
                    .key(Map.of("importId", AttributeValue.fromS(importId))))
            .item();
    // Batches are items of the same table; they were never started.
    return item.containsKey("startedAt") ? Optional.of(of(item)) : Optional.empty();
  }

  /** The import of an uploaded version of an object, if there is one. */
  public static Optional<ImportItem> ofUpload(
      DynamoDbClient dynamoDb, Stack stack, String key, String version) {
    return dynamoDb
        .query(q ->
            q.tableName(stack.output("ImportsTableName"))
                .indexName("by-upload")
                .keyConditionExpression("#key = :key AND #version = :version")
                .expressionAttributeNames(Map.of("#key", "key", "#version", "version"))
                .expressionAttributeValues(
                    Map.of(
                        ":key", AttributeValue.fromS(key),
                        ":version", AttributeValue.fromS(version))))
        .items()
        .stream()
        .findFirst()
        .flatMap(found -> find(dynamoDb, stack, found.get("importId").s()));
  }

  private static ImportItem of(Map<String, AttributeValue> item) {
    String ended = text(item, "endedAt");
    return new ImportItem(
        or(item, "importId"),
        or(item, "status"),
        or(item, "bucket"),
        or(item, "key"),
        or(item, "version"),
        or(item, "execution"),
        or(item, "correlationId"),
        Instant.parse(or(item, "startedAt")),
        ended == null ? null : Instant.parse(ended),
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

  public boolean isRunning() {
    return status.equals("RUNNING");
  }

  /** How many created users no word has come of: their mail is neither sent nor refused. */
  public long mailsToCome() {
    return Math.max(0, created - mails - undeliverable);
  }

  private static String or(Map<String, AttributeValue> item, String name) {
    String value = text(item, name);
    return value == null ? "" : value;
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
