package dev.onboard.local.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.model.Tag;

/** The topics. */
final class Topics {
  private static final String DELIVERY_POLICY =
      "{\"http\":{\"defaultHealthyRetryPolicy\":{\"minDelayTarget\":20,\"maxDelayTarget\":20,"
          + "\"numRetries\":3,\"numMaxDelayRetries\":0,\"numNoDelayRetries\":0,"
          + "\"numMinDelayRetries\":0,\"backoffFunction\":\"linear\"},"
          + "\"disableSubscriptionOverrides\":false,\"defaultRequestPolicy\":"
          + "{\"headerContentType\":\"text/plain; charset=UTF-8\"}}}";

  private static final Set<String> SETTABLE =
      Set.of(
          "DisplayName",
          "Policy",
          "KmsMasterKeyId",
          "SignatureVersion",
          "TracingConfig",
          "ContentBasedDeduplication",
          "FifoThroughputScope");

  private final Environment env;

  Topics(Environment env) {
    this.env = env;
  }

  /** A topic as it was read; its attributes are those that were set. */
  record Topic(
      String name, Map<String, String> attributes, Map<String, String> tags, long unsubscribed) {
    boolean fifo() {
      return name.endsWith(".fifo");
    }

    boolean contentBasedDeduplication() {
      return "true".equals(attributes.get("ContentBasedDeduplication"));
    }

    boolean deduplicatesByGroup() {
      return "MessageGroup".equals(attributes.get("FifoThroughputScope"));
    }

    String signatureVersion() {
      return attributes.getOrDefault("SignatureVersion", "1");
    }
  }

  String arn(String name) {
    return env.arn("sns", name);
  }

  void create(Tx tx, String name, Map<String, String> given, List<Tag> tags) {
    boolean fifo = "true".equals(given.get("FifoTopic"));
    checkName(name, fifo);
    var attributes = new LinkedHashMap<>(given);
    attributes.remove("FifoTopic");
    attributes.forEach((n, v) -> check("CreateTopic", n, v, fifo));
    Map<String, String> byKey = Tags.map(tags);
    Optional<Topic> there = find(tx, name);
    if (there.isPresent()) {
      checkSame(there.get(), attributes, byKey);
      return;
    }
    tx.update(
        "INSERT INTO sns_topic(name, attributes, tags) VALUES (?, ?, ?)",
        name,
        Texts.of(attributes),
        Texts.of(byKey));
  }

  private static void checkName(@Nullable String name, boolean fifo) {
    String pattern = fifo ? "[A-Za-z0-9_-]{1,251}\\.fifo" : "[A-Za-z0-9_-]{1,256}";
    if (name == null || !name.matches(pattern)) {
      throw SnsErrors.invalid("Topic Name");
    }
  }

  private static void checkSame(Topic there, Map<String, String> given, Map<String, String> tags) {
    boolean same =
        given.entrySet().stream()
            .allMatch(e -> e.getValue().equals(there.attributes().getOrDefault(e.getKey(), "")));
    if (!same) {
      throw SnsErrors.invalid("Attributes Reason: Topic already exists with different attributes");
    }
    if (!there.tags().entrySet().containsAll(tags.entrySet())) {
      throw SnsErrors.invalid("Tags Reason: Topic already exists with different tags");
    }
  }

  private static void check(String operation, String name, String value, boolean fifo) {
    if (name.endsWith("FeedbackRoleArn")
        || name.endsWith("FeedbackSampleRate")
        || name.equals("DeliveryPolicy")
        || name.equals("ArchivePolicy")
        || name.equals("DataProtectionPolicy")) {
      throw SnsErrors.unsupported(operation, "the attribute " + name);
    }
    if (!SETTABLE.contains(name)
        || (!fifo
            && (name.equals("ContentBasedDeduplication") || name.equals("FifoThroughputScope")))) {
      throw SnsErrors.invalid("AttributeName");
    }
    boolean good =
        switch (name) {
          case "SignatureVersion" -> value.equals("1") || value.equals("2");
          case "ContentBasedDeduplication" -> value.equals("true") || value.equals("false");
          case "FifoThroughputScope" -> value.equals("Topic") || value.equals("MessageGroup");
          case "TracingConfig" -> value.equals("PassThrough") || value.equals("Active");
          case "DisplayName" -> value.length() <= 100;
          case "Policy" -> isObject(value);
          default -> true;
        };
    if (!good) {
      throw SnsErrors.invalid(
          name.equals("Policy") ? "Policy Error: null" : "Attributes Reason: " + name);
    }
  }

  private static boolean isObject(String text) {
    try {
      return Texts.JSON.readTree(text).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  Optional<Topic> find(Tx tx, String name) {
    return tx.first("SELECT * FROM sns_topic WHERE name = ?", Topics::topic, name);
  }

  /** The topic of an ARN; the parameter's name is for the complaint about the ARN. */
  Topic get(Tx tx, String parameter, @Nullable String arn) {
    SnsErrors.checkArn(parameter, arn == null ? "" : arn);
    String prefix = arn("");
    if (!arn.startsWith(prefix)) {
      String[] parts = arn.split(":", 6);
      if (!parts[3].equals(env.region())) {
        throw SnsErrors.invalid(parameter);
      }
      throw SnsErrors.notFound("Topic");
    }
    return find(tx, arn.substring(prefix.length())).orElseThrow(() -> SnsErrors.notFound("Topic"));
  }

  private static Topic topic(Row row) {
    return new Topic(
        row.string("name"),
        Texts.map(row.string("attributes")),
        Texts.map(row.string("tags")),
        row.number("unsubscribed"));
  }

  void set(Tx tx, Topic topic, @Nullable String name, @Nullable String value) {
    if (name == null) {
      throw SnsErrors.invalid("AttributeName");
    }
    var attributes = new LinkedHashMap<>(topic.attributes());
    if (value == null || value.isEmpty()) {
      check("SetTopicAttributes", name, defaultOf(name), topic.fifo());
      attributes.remove(name);
    } else {
      check("SetTopicAttributes", name, value, topic.fifo());
      attributes.put(name, value);
    }
    tx.update(
        "UPDATE sns_topic SET attributes = ? WHERE name = ?", Texts.of(attributes), topic.name());
  }

  private static String defaultOf(String name) {
    return switch (name) {
      case "SignatureVersion" -> "1";
      case "ContentBasedDeduplication" -> "false";
      case "FifoThroughputScope" -> "Topic";
      case "TracingConfig" -> "PassThrough";
      case "Policy" -> "{}";
      default -> "";
    };
  }

  void setTags(Tx tx, Topic topic, Map<String, String> tags) {
    if (tags.size() > Limits.TAGS) {
      throw SnsErrors.invalid("Tags Reason: a topic must not have more than 50 tags");
    }
    tx.update("UPDATE sns_topic SET tags = ? WHERE name = ?", Texts.of(tags), topic.name());
  }

  void delete(Tx tx, String name) {
    tx.update("DELETE FROM sns_topic WHERE name = ?", name);
    tx.update("DELETE FROM sns_subscription WHERE topic = ?", name);
    tx.update("DELETE FROM sns_deduplication WHERE topic = ?", name);
  }

  List<String> names(Tx tx, String after) {
    return tx.list(
        "SELECT name FROM sns_topic WHERE name > ? ORDER BY name LIMIT ?",
        r -> r.string(1),
        after,
        Limits.LISTED + 1);
  }

  /** All that GetTopicAttributes answers. */
  Map<String, String> describe(Tx tx, Topic topic) {
    String arn = arn(topic.name());
    var all = new LinkedHashMap<String, String>();
    all.put("TopicArn", arn);
    all.put("Owner", env.account());
    all.put("DisplayName", "");
    all.put("Policy", defaultPolicy(arn));
    all.put("EffectiveDeliveryPolicy", DELIVERY_POLICY);
    all.put("SubscriptionsConfirmed", count(tx, topic, 0));
    all.put("SubscriptionsPending", count(tx, topic, 1));
    all.put("SubscriptionsDeleted", Long.toString(topic.unsubscribed()));
    if (topic.fifo()) {
      all.put("FifoTopic", "true");
      all.put("ContentBasedDeduplication", "false");
    }
    all.putAll(topic.attributes());
    return all;
  }

  private static String count(Tx tx, Topic topic, int pending) {
    return Long.toString(
        tx.number(
            "SELECT count(*) FROM sns_subscription WHERE topic = ? AND pending = ?",
            topic.name(),
            pending));
  }

  private String defaultPolicy(String arn) {
    return "{\"Version\":\"2008-10-17\",\"Id\":\"__default_policy_ID\",\"Statement\":[{\"Sid\":"
        + "\"__default_statement_ID\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},"
        + "\"Action\":[\"SNS:GetTopicAttributes\",\"SNS:SetTopicAttributes\",\"SNS:AddPermission\","
        + "\"SNS:RemovePermission\",\"SNS:DeleteTopic\",\"SNS:Subscribe\","
        + "\"SNS:ListSubscriptionsByTopic\",\"SNS:Publish\"],\"Resource\":\""
        + arn
        + "\",\"Condition\":{\"StringEquals\":{\"AWS:SourceOwner\":\""
        + env.account()
        + "\"}}}]}";
  }
}
