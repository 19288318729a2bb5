package dev.onboard.local.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.call.Call;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.RequestIds;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions. Those of queues and functions are confirmed at once, as within one AWS
 * account; those of mail addresses stay pending, because nobody receives the mail whose link
 * confirms them.
 */
final class Subscriptions {
  private static final Set<String> AWS_ONLY =
      Set.of("http", "https", "sms", "application", "firehose");
  private static final Set<String> SETTABLE =
      Set.of("RawMessageDelivery", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy");

  private final Environment env;
  private final Topics topics;

  Subscriptions(Environment env, Topics topics) {
    this.env = env;
    this.topics = topics;
  }

  /** A subscription as it was read; its attributes are those that were set. */
  record Subscription(
      long number,
      String id,
      String topic,
      String protocol,
      String endpoint,
      Map<String, String> attributes,
      String principal,
      boolean pending) {
    boolean raw() {
      return "true".equals(attributes.get("RawMessageDelivery"));
    }

    boolean filtersByBody() {
      return "MessageBody".equals(attributes.get("FilterPolicyScope"));
    }

    @Nullable String deadLetters() {
      String policy = attributes.get("RedrivePolicy");
      try {
        return policy == null
            ? null
            : Texts.JSON.readTree(policy).get("deadLetterTargetArn").asText();
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a stored redrive policy must be valid: " + policy, e);
      }
    }
  }

  String arn(Subscription subscription) {
    return topics.arn(subscription.topic()) + ":" + subscription.id();
  }

  Subscription subscribe(
      Tx tx,
      Topics.Topic topic,
      @Nullable String protocol,
      @Nullable String endpoint,
      Map<String, String> given) {
    checkEndpoint(topic, protocol, endpoint == null ? "" : endpoint);
    var place =
        new Place(
            "Attributes Reason: ",
            "Subscribe",
            "MessageBody".equals(given.get("FilterPolicyScope")),
            topic.fifo() && String.valueOf(endpoint).endsWith(".fifo"));
    var attributes = new LinkedHashMap<String, String>();
    given.forEach((name, value) -> put(attributes, place, name, value));
    Optional<Subscription> there =
        tx.first(
            "SELECT * FROM sns_subscription WHERE topic = ? AND protocol = ? AND endpoint = ?",
            Subscriptions::subscription,
            topic.name(),
            protocol,
            endpoint);
    if (there.isPresent()) {
      Map<String, String> all = describe(there.get());
      all.put(
          "FilterPolicyScope", there.get().filtersByBody() ? "MessageBody" : "MessageAttributes");
      if (!all.entrySet().containsAll(attributes.entrySet())) {
        throw SnsErrors.invalid(
            "Attributes Reason: Subscription already exists with different attributes");
      }
      return there.get();
    }
    String id = RequestIds.next();
    tx.update(
        "INSERT INTO sns_subscription(id, topic, protocol, endpoint, attributes, principal,"
            + " pending) VALUES (?, ?, ?, ?, ?, ?, ?)",
        id,
        topic.name(),
        protocol,
        endpoint,
        Texts.of(attributes),
        Call.current().caller().arn(),
        String.valueOf(protocol).startsWith("email"));
    return find(tx, id).orElseThrow();
  }

  private static void checkEndpoint(
      Topics.Topic topic, @Nullable String protocol, String endpoint) {
    switch (protocol) {
      case "sqs" -> {
        if (!endpoint.matches("arn:[^:]+:sqs:[^:]+:[0-9]{12}:[^:]+")) {
          throw SnsErrors.invalid("SQS endpoint ARN");
        }
        if (endpoint.endsWith(".fifo") && !topic.fifo()) {
          throw SnsErrors.invalid(
              "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to"
                  + " standard SNS topics");
        }
      }
      case "lambda" -> {
        if (!endpoint.matches("arn:[^:]+:lambda:[^:]+:[0-9]{12}:function:.+")) {
          throw SnsErrors.invalid("Lambda endpoint ARN");
        }
      }
      case "email", "email-json" -> {
        if (!endpoint.matches("[^@\\s]+@[^@\\s]+")) {
          throw SnsErrors.invalid("Email address");
        }
      }
      case null -> throw SnsErrors.invalid("Protocol");
      default -> {
        if (AWS_ONLY.contains(protocol)) {
          throw SnsErrors.unsupported("Subscribe", "the protocol " + protocol);
        }
        throw SnsErrors.invalid("Amazon SNS does not support this protocol string: " + protocol);
      }
    }
  }

  /**
   * Where an attribute is given: how its errors begin, whether the policy looks at the body, and
   * whether a FIFO queue listens to a FIFO topic.
   */
  private record Place(String errors, String operation, boolean byBody, boolean fifo) {}

  /** Sets an attribute as SNS keeps it; an empty text takes it away. */
  private static void put(Map<String, String> attributes, Place place, String name, String value) {
    if (value.isEmpty() && SETTABLE.contains(name) && !name.equals("RawMessageDelivery")) {
      attributes.remove(name);
      return;
    }
    check(place, name, value);
    attributes.put(
        name, name.equals("RawMessageDelivery") ? value.toLowerCase(Locale.ROOT) : value);
  }

  private static void check(Place place, String name, String value) {
    String where = place.errors();
    switch (name) {
      case "RawMessageDelivery" -> {
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
          throw SnsErrors.invalid(
              where + "RawMessageDelivery: Invalid value [" + value + "]. Must be true or false.");
        }
      }
      case "FilterPolicyScope" -> {
        if (!value.equals("MessageBody") && !value.equals("MessageAttributes")) {
          throw SnsErrors.invalid(
              where
                  + "FilterPolicyScope: Invalid value ["
                  + value
                  + "]. Please use either MessageBody or MessageAttributes");
        }
      }
      case "FilterPolicy" -> {
        try {
          FilterPolicy.check(value, place.byBody());
        } catch (FilterPolicy.BadPolicy e) {
          throw SnsErrors.invalid(where + e.getMessage());
        }
      }
      case "RedrivePolicy" -> checkRedrive(place, value);
      case "DeliveryPolicy", "SubscriptionRoleArn", "ReplayPolicy" ->
          throw SnsErrors.unsupported(place.operation(), "the attribute " + name);
      default -> throw SnsErrors.invalid("AttributeName");
    }
  }

  private static void checkRedrive(Place place, String value) {
    String where = place.errors();
    JsonNode node;
    try {
      node = Texts.JSON.readTree(value);
    } catch (JsonProcessingException e) {
      throw SnsErrors.invalid(where + "RedrivePolicy: failed to parse JSON. " + e.getMessage());
    }
    String arn = node.path("deadLetterTargetArn").asText();
    if (!arn.matches("arn:[^:]+:sqs:[^:]+:[0-9]{12}:[^:]+")) {
      throw SnsErrors.invalid(where + "RedrivePolicy: deadLetterTargetArn is an invalid arn");
    }
    if (place.fifo() && !arn.endsWith(".fifo")) {
      throw SnsErrors.invalid(
          where
              + "RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO"
              + " Topic.");
    }
  }

  void set(Tx tx, Subscription subscription, @Nullable String name, @Nullable String value) {
    Topics.Topic topic = topics.find(tx, subscription.topic()).orElseThrow();
    var place =
        new Place(
            "",
            "SetSubscriptionAttributes",
            subscription.filtersByBody(),
            topic.fifo() && subscription.endpoint().endsWith(".fifo"));
    var attributes = new LinkedHashMap<>(subscription.attributes());
    put(attributes, place, name == null ? "" : name, value == null ? "" : value);
    tx.update(
        "UPDATE sns_subscription SET attributes = ? WHERE id = ?",
        Texts.of(attributes),
        subscription.id());
  }

  Subscription get(Tx tx, @Nullable String arn) {
    return find(tx, id(arn)).orElseThrow(() -> SnsErrors.notFound("Subscription"));
  }

  Optional<Subscription> find(Tx tx, String id) {
    return tx.first("SELECT * FROM sns_subscription WHERE id = ?", Subscriptions::subscription, id);
  }

  private static String id(@Nullable String arn) {
    // An empty one counts as none, unlike an empty ARN of a topic.
    SnsErrors.checkArn("SubscriptionArn", arn == null || arn.isEmpty() ? null : arn);
    String[] parts = arn.split(":");
    if (parts.length < 7) {
      throw SnsErrors.invalid("SubscriptionId");
    }
    return parts[6];
  }

  /** Takes a subscription away; one that is not there is gone already. */
  void unsubscribe(Tx tx, @Nullable String arn) {
    Optional<Subscription> there = find(tx, id(arn));
    if (there.isPresent()) {
      tx.update("DELETE FROM sns_subscription WHERE id = ?", there.get().id());
      tx.update(
          "UPDATE sns_topic SET unsubscribed = unsubscribed + 1 WHERE name = ?",
          there.get().topic());
    }
  }

  List<Subscription> confirmed(Tx tx, String topic) {
    return tx.list(
        "SELECT * FROM sns_subscription WHERE topic = ? AND pending = 0 ORDER BY number",
        Subscriptions::subscription,
        topic);
  }

  List<Subscription> list(Tx tx, @Nullable String topic, String after) {
    return tx.list(
        "SELECT * FROM sns_subscription WHERE (?1 IS NULL OR topic = ?1) AND number > ?2"
            + " ORDER BY number LIMIT ?3",
        Subscriptions::subscription,
        topic,
        after.isEmpty() ? 0L : Long.parseLong(after),
        Limits.LISTED + 1);
  }

  /** All that GetSubscriptionAttributes answers. */
  Map<String, String> describe(Subscription subscription) {
    var all = new LinkedHashMap<String, String>();
    all.put("SubscriptionArn", arn(subscription));
    all.put("TopicArn", topics.arn(subscription.topic()));
    all.put("Protocol", subscription.protocol());
    all.put("Endpoint", subscription.endpoint());
    all.put("Owner", env.account());
    all.put("SubscriptionPrincipal", subscription.principal());
    all.put("PendingConfirmation", Boolean.toString(subscription.pending()));
    all.put("ConfirmationWasAuthenticated", Boolean.toString(!subscription.pending()));
    all.put("RawMessageDelivery", "false");
    all.putAll(subscription.attributes());
    if (all.containsKey("FilterPolicy")) {
      all.putIfAbsent("FilterPolicyScope", "MessageAttributes");
    } else {
      // Kept for a policy to come, and not shown before there is one.
      all.remove("FilterPolicyScope");
    }
    return all;
  }

  private static Subscription subscription(Row row) {
    return new Subscription(
        row.number("number"),
        row.string("id"),
        row.string("topic"),
        row.string("protocol"),
        row.string("endpoint"),
        Texts.map(row.string("attributes")),
        row.string("principal"),
        row.flag("pending"));
  }
}
