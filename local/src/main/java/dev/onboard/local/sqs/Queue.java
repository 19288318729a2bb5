package dev.onboard.local.sqs;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A queue as it was read.
 *
 * @param id its number, which messages name; a queue made again under the same name has another
 * @param attributes what was set, defaults included; no counters
 */
record Queue(
    long id,
    String name,
    String arn,
    Map<String, String> attributes,
    Map<String, String> tags,
    Instant created,
    Instant modified,
    boolean fifo,
    boolean contentBasedDeduplication,
    boolean deduplicatesByGroup,
    Duration visibility,
    Duration delay,
    Duration retention,
    Duration waitTime,
    int maxBytes,
    @Nullable Redrive redrive) {

  static Queue of(
      long id,
      String name,
      String arn,
      Map<String, String> attributes,
      Map<String, String> tags,
      Instant created,
      Instant modified) {
    return new Queue(
        id,
        name,
        arn,
        Map.copyOf(attributes),
        Map.copyOf(tags),
        created,
        modified,
        "true".equals(attributes.get("FifoQueue")),
        "true".equals(attributes.get("ContentBasedDeduplication")),
        "messageGroup".equals(attributes.get("DeduplicationScope")),
        seconds(attributes, "VisibilityTimeout"),
        seconds(attributes, "DelaySeconds"),
        seconds(attributes, "MessageRetentionPeriod"),
        seconds(attributes, "ReceiveMessageWaitTimeSeconds"),
        Integer.parseInt(attributes.get("MaximumMessageSize")),
        Redrive.parse(attributes.get("RedrivePolicy")));
  }

  private static Duration seconds(Map<String, String> attributes, String name) {
    return Duration.ofSeconds(Long.parseLong(attributes.get(name)));
  }
}
