package dev.onboard.local.cloudformation.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** {@code AWS::SQS::Queue}; {@code Ref} gives its URL. */
final class SqsQueue extends Provider {
  private static final int NAME_LIMIT = 80;
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("DelaySeconds", "0"),
          Map.entry("MaximumMessageSize", "1048576"),
          Map.entry("MessageRetentionPeriod", "345600"),
          Map.entry("ReceiveMessageWaitTimeSeconds", "0"),
          Map.entry("VisibilityTimeout", "30"),
          Map.entry("SqsManagedSseEnabled", "true"),
          Map.entry("KmsMasterKeyId", ""),
          Map.entry("KmsDataKeyReusePeriodSeconds", "300"),
          Map.entry("RedrivePolicy", ""),
          Map.entry("RedriveAllowPolicy", ""),
          Map.entry("ContentBasedDeduplication", "false"),
          Map.entry("DeduplicationScope", "queue"),
          Map.entry("FifoThroughputLimit", "perQueue"));

  SqsQueue() {
    super(
        "AWS::SQS::Queue",
        """
        QueueName@: String, FifoQueue!: Boolean, DelaySeconds: Integer
        MaximumMessageSize: Integer, MessageRetentionPeriod: Integer
        ReceiveMessageWaitTimeSeconds: Integer, VisibilityTimeout: Integer
        SqsManagedSseEnabled: Boolean, KmsMasterKeyId: String
        KmsDataKeyReusePeriodSeconds: Integer, RedrivePolicy: Json, RedriveAllowPolicy: Json
        ContentBasedDeduplication: Boolean, DeduplicationScope: String
        FifoThroughputLimit: String, Tags: [{ Key*: String, Value*: String }]
        """,
        "Arn",
        "QueueName",
        "QueueUrl");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String name = name(context, now);
    var attributes = attributes(now);
    String url =
        context
            .client(SqsClient.class)
            .createQueue(b -> {
              b.queueName(name).attributesWithStrings(attributes);
              if (now.has("Tags")) {
                b.tags(now.tags());
              }
            })
            .queueUrl();
    return Physical.of(url, "Arn", context.arn("sqs", name), "QueueName", name, "QueueUrl", url);
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    SqsClient sqs = context.client(SqsClient.class);
    Map<String, String> old = attributes(before);
    Map<String, String> current = attributes(now);
    var changed = new LinkedHashMap<>(current);
    changed.entrySet().removeIf(e -> e.getValue().equals(old.get(e.getKey())));
    old.keySet().stream()
        .filter(n -> !current.containsKey(n))
        .forEach(n -> changed.put(n, DEFAULTS.get(n)));
    if (!changed.isEmpty()) {
      sqs.setQueueAttributes(b -> b.queueUrl(physical.id()).attributesWithStrings(changed));
    }
    TagChange.between(before, now)
        .apply(
            keys -> sqs.untagQueue(b -> b.queueUrl(physical.id()).tagKeys(keys)),
            tags -> sqs.tagQueue(b -> b.queueUrl(physical.id()).tags(tags)));
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(SqsClient.class).deleteQueue(b -> b.queueUrl(physical.id()));
  }

  private static String name(Context context, Properties now) {
    String given = now.textOrNull("QueueName");
    if (given == null && now.get("FifoQueue").asBoolean()) {
      return context.name(null, NAME_LIMIT - ".fifo".length()) + ".fifo";
    }
    return context.name(given, NAME_LIMIT);
  }

  private static Map<String, String> attributes(Properties now) {
    var attributes = new LinkedHashMap<String, String>();
    now.without("QueueName", "Tags")
        .node()
        .properties()
        .forEach(e -> attributes.put(e.getKey(), now.text(e.getKey())));
    // The API refuses FifoQueue=false, which is what its absence means.
    attributes.remove(QueueAttributeName.FIFO_QUEUE.toString(), "false");
    return attributes;
  }

  /** The attributes that a property may be, for the test that none is forgotten. */
  static List<String> resettable() {
    return List.copyOf(DEFAULTS.keySet());
  }
}
