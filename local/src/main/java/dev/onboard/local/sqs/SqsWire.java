package dev.onboard.local.sqs;

import dev.onboard.local.wire.QueryDialect;
import java.util.Map;

/**
 * What SQS's model of today calls otherwise than its query protocol, which clients older than
 * November 2023 speak.
 *
 * <p>The exceptions of {@link LocalSqs} carry the code of the JSON protocol; its answers name the
 * code of the query protocol beside it, and answers of the query protocol have nothing else.
 */
public final class SqsWire implements QueryDialect {
  private static final String PREFIX = "AWS.SimpleQueueService.";

  private static final Map<String, String> CODES =
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

  private static final Map<String, Names> NAMES =
      Map.ofEntries(
          Map.entry("Attributes", new Names("Attribute", "Name", "Value")),
          Map.entry("MessageAttributes", new Names("MessageAttribute", "Name", "Value")),
          Map.entry(
              "MessageSystemAttributes", new Names("MessageSystemAttribute", "Name", "Value")),
          Map.entry("Tags", new Names("Tag", "Key", "Value")),
          Map.entry("tags", new Names("Tag", "Key", "Value")),
          Map.entry("TagKeys", Names.ofList("TagKey")),
          Map.entry("AttributeNames", Names.ofList("AttributeName")),
          Map.entry("MessageAttributeNames", Names.ofList("MessageAttributeName")),
          Map.entry("MessageSystemAttributeNames", Names.ofList("MessageSystemAttributeName")),
          Map.entry("StringListValues", Names.ofList("StringListValue")),
          Map.entry("BinaryListValues", Names.ofList("BinaryListValue")),
          Map.entry("AWSAccountIds", Names.ofList("AWSAccountId")),
          Map.entry("Actions", Names.ofList("ActionName")),
          Map.entry("QueueUrls", Names.ofList("QueueUrl")),
          Map.entry("queueUrls", Names.ofList("QueueUrl")),
          Map.entry("Messages", Names.ofList("Message")),
          Map.entry("Failed", Names.ofList("BatchResultErrorEntry")));

  @Override
  public String code(String code) {
    return queryCode(code);
  }

  /** The query protocol's code for a code of the JSON protocol; most are the same. */
  static String queryCode(String jsonCode) {
    return CODES.getOrDefault(jsonCode, jsonCode);
  }

  @Override
  public Names names(String operation, String member) {
    return switch (member) {
      case "Entries" -> Names.ofList(operation + "RequestEntry");
      case "Successful", "Results" -> Names.ofList(operation + "ResultEntry");
      default -> {
        Names names = NAMES.get(member);
        if (names == null) {
          throw new IllegalStateException("no name in the query protocol for " + member);
        }
        yield names;
      }
    };
  }
}
