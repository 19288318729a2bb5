package dev.onboard.local.metering;

import dev.onboard.local.call.Call;
import dev.onboard.local.call.Principal;
import dev.onboard.local.usage.Chunks;
import dev.onboard.local.usage.Meter;
import dev.onboard.local.usage.Usage;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * SQS: every action is a request, and so is every further 64 KB that it carries; of a queue that
 * does not exist too.
 *
 * <p>What a service delivers is counted message by message, as AWS says nothing of batches there;
 * that the runtime delivers in batches, and looks queues up, is its own affair.
 *
 * @see <a href="https://aws.amazon.com/sqs/pricing/">SQS pricing</a>
 */
final class QueueTariff implements Tariff {
  private static final int KB = 64;

  @Override
  public void count(Call call, @Nullable Object response, Meter meter) {
    String queue = queue(call);
    Usage usage = queue.endsWith(".fifo") ? Usage.FIFO_QUEUE_REQUESTS : Usage.QUEUE_REQUESTS;
    meter.add(
        usage,
        queue,
        call.caller() instanceof Principal.Service
            ? delivered(call)
            : Chunks.ofAll(measure -> bytes(call, response, measure), KB));
  }

  private static long delivered(Call call) {
    return switch (call.request()) {
      case SendMessageBatchRequest r ->
          r.entries().stream()
              .mapToLong(e ->
                  Chunks.ofAll(
                      measure -> bytes(e.messageBody(), e.messageAttributes(), measure), KB))
              .sum();
      case GetQueueUrlRequest _ -> 0;
      default -> Chunks.ofAll(measure -> bytes(call, null, measure), KB);
    };
  }

  private static String queue(Call call) {
    String url = call.request().getValueForField("QueueUrl", String.class).orElse(null);
    return url == null
        ? call.request().getValueForField("QueueName", String.class).orElse("")
        : url.substring(url.lastIndexOf('/') + 1);
  }

  private static long bytes(Call call, @Nullable Object response, ToLongFunction<String> measure) {
    return switch (call.request()) {
      case SendMessageRequest r -> bytes(r.messageBody(), r.messageAttributes(), measure);
      case SendMessageBatchRequest r ->
          r.entries().stream()
              .mapToLong(e -> bytes(e.messageBody(), e.messageAttributes(), measure))
              .sum();
      default ->
          response instanceof ReceiveMessageResponse received && received.hasMessages()
              ? received.messages().stream()
                  .mapToLong(m -> bytes(m.body(), m.messageAttributes(), measure))
                  .sum()
              : 0;
    };
  }

  private static long bytes(
      @Nullable String body,
      Map<String, MessageAttributeValue> attributes,
      ToLongFunction<String> measure) {
    long bytes = body == null ? 0 : measure.applyAsLong(body);
    for (var attribute : attributes.entrySet()) {
      MessageAttributeValue value = attribute.getValue();
      bytes += measure.applyAsLong(attribute.getKey());
      bytes += value.dataType() == null ? 0 : value.dataType().length();
      bytes += value.stringValue() == null ? 0 : measure.applyAsLong(value.stringValue());
      bytes += value.binaryValue() == null ? 0 : value.binaryValue().asByteArrayUnsafe().length;
    }
    return bytes;
  }
}
