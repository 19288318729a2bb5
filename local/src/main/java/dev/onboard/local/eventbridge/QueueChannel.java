package dev.onboard.local.eventbridge;

import dev.onboard.local.eventbridge.Channel.Address;
import dev.onboard.local.eventbridge.Channel.Invocation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** Queues of SQS, standard ones and FIFO. */
final class QueueChannel implements Channel {
  private static final int BATCH = 10;
  // Far below what a batch may hold, whichever limit the queue has.
  private static final int BATCH_BYTES = 200_000;

  private final Channels channels;
  private final ConcurrentHashMap<String, String> urls = new ConcurrentHashMap<>();

  QueueChannel(Channels channels) {
    this.channels = channels;
  }

  @Override
  public boolean cheap() {
    return true;
  }

  @Override
  public List<Outcome> deliver(Address address, List<Invocation> invocations) {
    var outcomes = new ArrayList<Outcome>(invocations.size());
    int from = 0;
    while (from < invocations.size()) {
      int to = from + 1;
      int bytes = size(invocations.get(from));
      while (to < invocations.size()
          && to - from < BATCH
          && (bytes += size(invocations.get(to))) <= BATCH_BYTES) {
        to++;
      }
      List<Invocation> batch = invocations.subList(from, to);
      outcomes.addAll(batch.size() == 1 ? one(address, batch.getFirst()) : batch(address, batch));
      from = to;
    }
    return outcomes;
  }

  /** Sends a dead letter, in the name of EventBridge. */
  Outcome sendDeadLetter(String queueArn, String body, Map<String, String> attributes) {
    var values = new HashMap<String, MessageAttributeValue>();
    attributes.forEach((name, value) ->
        values.put(
            name, MessageAttributeValue.builder().dataType("String").stringValue(value).build()));
    SqsClient sqs = channels.client(SqsClient.class, Channels.SERVICE);
    return remembering(
        queueArn,
        channels.attempt(() ->
            sqs.sendMessage(
                r -> r.queueUrl(url(sqs, queueArn)).messageBody(body).messageAttributes(values))));
  }

  private List<Outcome> one(Address address, Invocation invocation) {
    SqsClient sqs = sqs(address);
    String arn = address.target().arn();
    return List.of(
        remembering(
            arn,
            channels.attempt(() ->
                sqs.sendMessage(r ->
                    r.queueUrl(url(sqs, arn))
                        .messageBody(invocation.payload())
                        .messageGroupId(group(address))))));
  }

  private List<Outcome> batch(Address address, List<Invocation> batch) {
    SqsClient sqs = sqs(address);
    String arn = address.target().arn();
    var entries = new ArrayList<SendMessageBatchRequestEntry>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(i))
              .messageBody(batch.get(i).payload())
              .messageGroupId(group(address))
              .build());
    }
    var outcomes = new Outcome[batch.size()];
    Outcome whole =
        channels.attempt(() -> {
          SendMessageBatchResponse sent =
              sqs.sendMessageBatch(r -> r.queueUrl(url(sqs, arn)).entries(entries));
          Arrays.fill(outcomes, Outcome.DELIVERED);
          sent.failed()
              .forEach(f ->
                  outcomes[Integer.parseInt(f.id())] =
                      Failures.of(f.senderFault() ? 400 : 500, f.code(), f.message()));
          return Outcome.DELIVERED;
        });
    if (remembering(arn, whole) != Outcome.DELIVERED) {
      Arrays.fill(outcomes, whole);
    }
    return Arrays.asList(outcomes);
  }

  /** Forgets a queue's URL when the queue may have gone. */
  private Outcome remembering(String arn, Outcome outcome) {
    if (outcome != Outcome.DELIVERED) {
      urls.remove(arn);
    }
    return outcome;
  }

  private String url(SqsClient sqs, String arn) {
    String known = urls.get(arn);
    if (known != null) {
      return known;
    }
    String[] parts = arn.split(":", 6);
    String url =
        sqs.getQueueUrl(r -> r.queueName(parts[5]).queueOwnerAWSAccountId(parts[4])).queueUrl();
    urls.put(arn, url);
    return url;
  }

  private SqsClient sqs(Address address) {
    return channels.client(SqsClient.class, address);
  }

  private static @Nullable String group(Address address) {
    var parameters = address.target().sqsParameters();
    return parameters == null ? null : parameters.messageGroupId();
  }

  private static int size(Invocation invocation) {
    String payload = invocation.payload();
    return payload.length() > BATCH_BYTES
        ? payload.length()
        : payload.getBytes(StandardCharsets.UTF_8).length;
  }
}
