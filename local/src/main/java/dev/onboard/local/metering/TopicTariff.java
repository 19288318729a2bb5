package dev.onboard.local.metering;

import dev.onboard.local.call.Call;
import dev.onboard.local.usage.Chunks;
import dev.onboard.local.usage.Meter;
import dev.onboard.local.usage.Usage;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/**
 * SNS: what is published, by 64 KB. Deliveries to queues and functions are free, and this runtime
 * has no others.
 *
 * @see <a href="https://aws.amazon.com/sns/pricing/">SNS pricing</a>
 */
final class TopicTariff implements Tariff {
  private static final int KB = 64;

  @Override
  public void count(Call call, @Nullable Object response, Meter meter) {
    long bytes;
    String arn;
    switch (call.request()) {
      case PublishRequest r -> {
        bytes = bytes(r.message(), r.messageAttributes());
        arn = r.topicArn() == null ? r.targetArn() : r.topicArn();
      }
      case PublishBatchRequest r -> {
        bytes =
            r.publishBatchRequestEntries().stream()
                .mapToLong(e -> bytes(e.message(), e.messageAttributes()))
                .sum();
        arn = r.topicArn();
      }
      default -> {
        return;
      }
    }
    if (response != null && arn != null) {
      String topic = arn.substring(arn.lastIndexOf(':') + 1);
      meter.add(Usage.TOPIC_REQUESTS, topic, Chunks.of(bytes, KB));
    }
  }

  private static long bytes(
      @Nullable String message, Map<String, MessageAttributeValue> attributes) {
    long bytes = message == null ? 0 : Chunks.bytes(message);
    for (var attribute : attributes.entrySet()) {
      MessageAttributeValue value = attribute.getValue();
      bytes += Chunks.bytes(attribute.getKey());
      bytes += value.dataType() == null ? 0 : value.dataType().length();
      bytes += value.stringValue() == null ? 0 : Chunks.bytes(value.stringValue());
      bytes += value.binaryValue() == null ? 0 : value.binaryValue().asByteArrayUnsafe().length;
    }
    return bytes;
  }
}
