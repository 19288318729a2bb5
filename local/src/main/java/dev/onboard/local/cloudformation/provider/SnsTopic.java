package dev.onboard.local.cloudformation.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.Tag;

/** {@code AWS::SNS::Topic}; {@code Ref} gives its ARN. */
final class SnsTopic extends Provider {
  private static final int NAME_LIMIT = 256;
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "DisplayName", "",
          "KmsMasterKeyId", "",
          "ContentBasedDeduplication", "false",
          "SignatureVersion", "1",
          "TracingConfig", "PassThrough");

  SnsTopic() {
    super(
        "AWS::SNS::Topic",
        """
        TopicName@: String, FifoTopic!: Boolean, DisplayName: String, KmsMasterKeyId: String
        ContentBasedDeduplication: Boolean, SignatureVersion: String, TracingConfig: String
        Subscription: [{ Endpoint*: String, Protocol*: String }]
        Tags: [{ Key*: String, Value*: String }]
        """,
        "TopicArn",
        "TopicName");
  }

  @Override
  public Physical create(Context context, Properties now) {
    boolean fifo = now.get("FifoTopic").asBoolean();
    String given = now.textOrNull("TopicName");
    String name =
        given == null && fifo
            ? context.name(null, NAME_LIMIT - ".fifo".length()) + ".fifo"
            : context.name(given, NAME_LIMIT);
    SnsClient sns = context.client(SnsClient.class);
    var attributes = attributes(now);
    if (fifo) {
      attributes.put("FifoTopic", "true");
    }
    String arn =
        sns.createTopic(
                b -> {
                  b.name(name).attributes(attributes);
                  if (now.has("Tags")) {
                    b.tags(tags(now.tags()));
                  }
                })
            .topicArn();
    now.each("Subscription").forEach(s -> subscribe(sns, arn, s));
    return Physical.of(arn, "TopicArn", arn, "TopicName", name);
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    SnsClient sns = context.client(SnsClient.class);
    String arn = physical.id();
    Map<String, String> old = attributes(before);
    Map<String, String> current = attributes(now);
    DEFAULTS.forEach((name, otherwise) -> {
      String value = current.getOrDefault(name, otherwise);
      if (!value.equals(old.getOrDefault(name, otherwise))) {
        sns.setTopicAttributes(b -> b.topicArn(arn).attributeName(name).attributeValue(value));
      }
    });
    // As on AWS, subscriptions that a template drops from the list stay with the topic.
    List<Properties> known = before.each("Subscription");
    now.each("Subscription").stream()
        .filter(s -> !known.contains(s))
        .forEach(s -> subscribe(sns, arn, s));
    TagChange.between(before, now)
        .apply(
            keys -> sns.untagResource(b -> b.resourceArn(arn).tagKeys(keys)),
            tags -> sns.tagResource(b -> b.resourceArn(arn).tags(tags(tags))));
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(SnsClient.class).deleteTopic(b -> b.topicArn(physical.id()));
  }

  private static void subscribe(SnsClient sns, String arn, Properties subscription) {
    sns.subscribe(b ->
        b.topicArn(arn)
            .protocol(subscription.text("Protocol"))
            .endpoint(subscription.text("Endpoint")));
  }

  private static Map<String, String> attributes(Properties now) {
    var attributes = new LinkedHashMap<String, String>();
    for (String name : DEFAULTS.keySet()) {
      if (now.has(name)) {
        attributes.put(name, now.text(name));
      }
    }
    return attributes;
  }

  private static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(t -> Tag.builder().key(t.getKey()).value(t.getValue()).build())
        .toList();
  }
}
