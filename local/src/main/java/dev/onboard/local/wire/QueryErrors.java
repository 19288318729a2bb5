package dev.onboard.local.wire;

import dev.onboard.local.call.AwsErrors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The code that an error had before its service moved from the Query protocol to JSON; clients of
 * such services (SQS, CloudWatch) still show it.
 */
final class QueryErrors {
  private QueryErrors() {}

  /** The value of {@code x-amzn-query-error}, or null where the codes did not change. */
  static @Nullable String of(AwsServiceException error) {
    if (!error.getClass().getPackageName().startsWith("software.amazon.awssdk.services.sqs")) {
      return null;
    }
    String code = AwsErrors.code(error);
    String old =
        switch (code) {
          case "QueueDoesNotExist" -> "AWS.SimpleQueueService.NonExistentQueue";
          case "QueueDeletedRecently" -> "AWS.SimpleQueueService.QueueDeletedRecently";
          case "QueueNameExists" -> "QueueAlreadyExists";
          case "MessageNotInflight" -> "AWS.SimpleQueueService.MessageNotInflight";
          case "BatchEntryIdsNotDistinct" ->
              "AWS.SimpleQueueService.BatchEntryIdsNotDistinct";
          case "BatchRequestTooLong" -> "AWS.SimpleQueueService.BatchRequestTooLong";
          case "EmptyBatchRequest" -> "AWS.SimpleQueueService.EmptyBatchRequest";
          case "InvalidBatchEntryId" -> "AWS.SimpleQueueService.InvalidBatchEntryId";
          case "TooManyEntriesInBatchRequest" ->
              "AWS.SimpleQueueService.TooManyEntriesInBatchRequest";
          case "PurgeQueueInProgress" -> "AWS.SimpleQueueService.PurgeQueueInProgress";
          case "UnsupportedOperation" -> "AWS.SimpleQueueService.UnsupportedOperation";
          default -> code;
        };
    return old + ";" + (error.statusCode() >= 500 ? "Receiver" : "Sender");
  }
}
