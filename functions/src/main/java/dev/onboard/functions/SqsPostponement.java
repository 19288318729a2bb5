package dev.onboard.functions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;

/** The queue's own visibility timeout; its client is made when it is first needed. */
final class SqsPostponement implements Postponement {

  /** The most that SQS takes in one call. */
  private static final int ENTRIES = 10;

  /** SQS lets a message stay away for 12 hours from its receipt at most. */
  private static final long LONGEST_SECONDS = Duration.ofHours(11).toSeconds();

  private static final class Client {
    static final SqsClient SQS = Clients.sqs();
  }

  private final String queueUrl;

  SqsPostponement(String queueUrl) {
    this.queueUrl = queueUrl;
  }

  @Override
  public void postpone(Map<String, Duration> delays) {
    List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>(delays.size());
    delays.forEach((receiptHandle, delay) ->
        entries.add(
            ChangeMessageVisibilityBatchRequestEntry.builder()
                .id(Integer.toString(entries.size()))
                .receiptHandle(receiptHandle)
                .visibilityTimeout((int) Math.clamp(delay.toSeconds() + 1, 1, LONGEST_SECONDS))
                .build()));
    for (int from = 0; from < entries.size(); from += ENTRIES) {
      var part = entries.subList(from, Math.min(entries.size(), from + ENTRIES));
      List<BatchResultErrorEntry> failed =
          Client.SQS
              .changeMessageVisibilityBatch(change -> change.queueUrl(queueUrl).entries(part))
              .failed();
      if (!failed.isEmpty()) {
        throw new IllegalStateException(
            failed.size() + " messages could not be postponed: " + failed.getFirst().message());
      }
    }
  }
}
