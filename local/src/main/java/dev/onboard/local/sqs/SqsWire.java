package dev.onboard.local.sqs;

import java.util.Map;

/**
 * How SQS's errors are called in its two protocols. The exceptions of {@link LocalSqs} carry the
 * code of the JSON protocol; its answers name the code of the query protocol beside it, in the
 * header {@value #HEADER}, and answers of the query protocol have nothing else.
 */
public final class SqsWire {
  /** Sent with every error of the JSON protocol: {@code <query code>;Sender}. */
  public static final String HEADER = "x-amzn-query-error";

  private static final String PREFIX = "AWS.SimpleQueueService.";

  private static final Map<String, String> QUERY_CODES =
      Map.ofEntries(
          Map.entry("QueueDoesNotExist", PREFIX + "NonExistentQueue"),
          Map.entry("QueueNameExists", "QueueAlreadyExists"),
          Map.entry("InvalidParameterValueException", "InvalidParameterValue"),
          Map.entry("MissingRequiredParameterException", "MissingParameter"),
          Map.entry("BatchEntryIdsNotDistinct", PREFIX + "BatchEntryIdsNotDistinct"),
          Map.entry("BatchRequestTooLong", PREFIX + "BatchRequestTooLong"),
          Map.entry("EmptyBatchRequest", PREFIX + "EmptyBatchRequest"),
          Map.entry("InvalidBatchEntryId", PREFIX + "InvalidBatchEntryId"),
          Map.entry("TooManyEntriesInBatchRequest", PREFIX + "TooManyEntriesInBatchRequest"),
          Map.entry("MessageNotInflight", PREFIX + "MessageNotInflight"),
          Map.entry("PurgeQueueInProgress", PREFIX + "PurgeQueueInProgress"),
          Map.entry("QueueDeletedRecently", PREFIX + "QueueDeletedRecently"),
          Map.entry("UnsupportedOperation", PREFIX + "UnsupportedOperation"));

  private SqsWire() {}

  /** The query protocol's code for a code of the JSON protocol; most are the same. */
  public static String queryCode(String jsonCode) {
    return QUERY_CODES.getOrDefault(jsonCode, jsonCode);
  }

  /**
   * The value of {@link #HEADER}.
   *
   * @param status the HTTP status of the answer, which says whose fault it is
   */
  public static String header(String jsonCode, int status) {
    return queryCode(jsonCode) + (status < 500 ? ";Sender" : ";Receiver");
  }
}
