package dev.onboard.local.sqs;

import dev.onboard.local.call.AwsErrors;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.BatchRequestTooLongException;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.EmptyBatchRequestException;
import software.amazon.awssdk.services.sqs.model.InvalidBatchEntryIdException;
import software.amazon.awssdk.services.sqs.model.TooManyEntriesInBatchRequestException;

/** What every batch must fulfil, and how an entry fails alone. */
final class Batches {
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]{1,80}");

  private Batches() {}

  static void check(List<String> ids, String entryType) {
    if (ids.isEmpty()) {
      throw AwsErrors.error(
          EmptyBatchRequestException.builder(),
          400,
          "EmptyBatchRequest",
          "There should be at least one " + entryType + " in the request.");
    }
    if (ids.size() > Limits.BATCH_ENTRIES) {
      throw AwsErrors.error(
          TooManyEntriesInBatchRequestException.builder(),
          400,
          "TooManyEntriesInBatchRequest",
          "Maximum number of entries per request are "
              + Limits.BATCH_ENTRIES
              + ". You have sent "
              + ids.size()
              + ".");
    }
    var seen = new HashSet<String>();
    for (String id : ids) {
      if (id == null || !ID.matcher(id).matches()) {
        throw AwsErrors.error(
            InvalidBatchEntryIdException.builder(),
            400,
            "InvalidBatchEntryId",
            "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It"
                + " can be at most 80 letters long.");
      }
      if (!seen.add(id)) {
        throw AwsErrors.error(
            BatchEntryIdsNotDistinctException.builder(),
            400,
            "BatchEntryIdsNotDistinct",
            "Id " + id + " repeated.");
      }
    }
  }

  static void checkBytes(long bytes) {
    if (bytes > Limits.MESSAGE_BYTES) {
      throw AwsErrors.error(
          BatchRequestTooLongException.builder(),
          400,
          "BatchRequestTooLong",
          "Batch requests cannot be longer than "
              + Limits.MESSAGE_BYTES
              + " bytes. You have sent "
              + bytes
              + " bytes.");
    }
  }

  static BatchResultErrorEntry failed(String id, AwsServiceException e) {
    return BatchResultErrorEntry.builder()
        .id(id)
        .senderFault(e.statusCode() < 500)
        .code(SqsWire.queryCode(AwsErrors.code(e)))
        .message(
            AwsErrors.message(e)
                .replace(
                    "parameters are invalid. Reason", "parameters cannot be validated. Reason"))
        .build();
  }
}
