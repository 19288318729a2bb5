package dev.onboard.local.sqs;

import dev.onboard.local.store.Tx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/** The messages of one batch: each is sent or fails alone, but what a FIFO queue needs all need. */
final class SendBatch {
  private final Map<String, Draft> drafts = new LinkedHashMap<>();
  private final List<BatchResultErrorEntry> failed = new ArrayList<>();

  SendBatch(List<SendMessageBatchRequestEntry> entries) {
    long bytes = 0;
    for (SendMessageBatchRequestEntry entry : entries) {
      try {
        Draft draft = Draft.of(entry);
        bytes += draft.bytes();
        drafts.put(entry.id(), draft);
      } catch (AwsServiceException e) {
        failed.add(Batches.failed(entry.id(), e));
      }
    }
    Batches.checkBytes(bytes);
  }

  SendMessageBatchResponse send(Tx tx, Queue queue, Sending sending, String sender) {
    if (queue.fifo()) {
      drafts.values().forEach(draft -> checkFifo(queue, draft));
    }
    var call = sending.new OneCall(tx, queue, sender);
    var done = new ArrayList<SendMessageBatchResultEntry>(drafts.size());
    drafts.forEach((id, draft) -> {
      try {
        Sending.Sent sent = call.add(draft);
        done.add(
            SendMessageBatchResultEntry.builder()
                .id(id)
                .messageId(sent.messageId())
                .md5OfMessageBody(draft.md5())
                .md5OfMessageAttributes(draft.attributesMd5())
                .md5OfMessageSystemAttributes(draft.systemMd5())
                .sequenceNumber(queue.fifo() ? Sequence.text(sent.sequence()) : null)
                .build());
      } catch (AwsServiceException e) {
        failed.add(Batches.failed(id, e));
      }
    });
    call.insert();
    return SendMessageBatchResponse.builder()
        .successful(done.isEmpty() ? null : done)
        .failed(failed.isEmpty() ? null : failed)
        .build();
  }

  private static void checkFifo(Queue queue, Draft draft) {
    if (draft.deduplicationId() == null && !queue.contentBasedDeduplication()) {
      throw SqsErrors.invalidParameter(
          "The queue should either have ContentBasedDeduplication enabled or"
              + " MessageDeduplicationId provided explicitly");
    }
    if (draft.groupId() == null) {
      throw SqsErrors.invalidParameter("The request must contain the parameter MessageGroupId.");
    }
  }
}
