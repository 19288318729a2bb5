package dev.onboard.local.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What may be set on a queue, within which bounds, and what holds where nothing was set. */
final class QueueAttributes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, int[]> NUMBERS =
      Map.of(
          "DelaySeconds", new int[] {0, Limits.DELAY_SECONDS},
          "MaximumMessageSize", new int[] {1024, Limits.MESSAGE_BYTES},
          "MessageRetentionPeriod", new int[] {60, 1_209_600},
          "ReceiveMessageWaitTimeSeconds", new int[] {0, Limits.WAIT_SECONDS},
          "VisibilityTimeout", new int[] {0, Limits.VISIBILITY_SECONDS},
          "KmsDataKeyReusePeriodSeconds", new int[] {60, 86_400});

  private static final Set<String> FLAGS =
      Set.of("FifoQueue", "ContentBasedDeduplication", "SqsManagedSseEnabled");

  private static final Set<String> TEXTS =
      Set.of("Policy", "RedrivePolicy", "RedriveAllowPolicy", "KmsMasterKeyId");

  private static final Map<String, Set<String>> CHOICES =
      Map.of(
          "DeduplicationScope", Set.of("queue", "messageGroup"),
          "FifoThroughputLimit", Set.of("perQueue", "perMessageGroupId"));

  /** Read, never set. */
  static final Set<String> COMPUTED =
      Set.of(
          "QueueArn",
          "CreatedTimestamp",
          "LastModifiedTimestamp",
          "ApproximateNumberOfMessages",
          "ApproximateNumberOfMessagesNotVisible",
          "ApproximateNumberOfMessagesDelayed");

  private QueueAttributes() {}

  static boolean known(String name) {
    return name.equals("All")
        || COMPUTED.contains(name)
        || NUMBERS.containsKey(name)
        || FLAGS.contains(name)
        || TEXTS.contains(name)
        || CHOICES.containsKey(name);
  }

  static Map<String, String> defaults(boolean fifo) {
    var attributes = new LinkedHashMap<String, String>();
    attributes.put("VisibilityTimeout", "30");
    attributes.put("MaximumMessageSize", Integer.toString(Limits.MESSAGE_BYTES));
    attributes.put("MessageRetentionPeriod", "345600");
    attributes.put("DelaySeconds", "0");
    attributes.put("ReceiveMessageWaitTimeSeconds", "0");
    attributes.put("SqsManagedSseEnabled", "true");
    if (fifo) {
      attributes.put("FifoQueue", "true");
      attributes.put("ContentBasedDeduplication", "false");
      attributes.put("DeduplicationScope", "queue");
      attributes.put("FifoThroughputLimit", "perQueue");
    }
    return attributes;
  }

  /** As AWS keeps what is given: flags may be given in any case. */
  static Map<String, String> kept(Map<String, String> given) {
    var attributes = new LinkedHashMap<>(given);
    attributes.replaceAll(
        (name, value) -> FLAGS.contains(name) ? value.toLowerCase(Locale.ROOT) : value);
    return attributes;
  }

  /** Refuses what cannot be set on such a queue. */
  static void check(Map<String, String> given, boolean fifo) {
    given.forEach((name, value) -> check(name, value, fifo));
    if (!given.getOrDefault("KmsMasterKeyId", "").isEmpty()
        && "true".equals(given.get("SqsManagedSseEnabled"))) {
      throw SqsErrors.invalidAttributeName(
          "You can use one type of server-side encryption (SSE) at one time. You can either enable"
              + " KMS SSE or SQS SSE.");
    }
  }

  private static void check(String name, String value, boolean fifo) {
    if (COMPUTED.contains(name) || !known(name) || name.equals("All")) {
      throw SqsErrors.unknownAttribute(name);
    }
    if (!fifo) {
      if (CHOICES.containsKey(name)) {
        throw SqsErrors.invalidAttributeName(
            "You can specify the " + name + " only when FifoQueue is set to true.");
      }
      if (name.equals("FifoQueue") || name.equals("ContentBasedDeduplication")) {
        throw SqsErrors.unknownAttribute(name);
      }
    }
    if (name.equals("FifoQueue") && !value.equals("true")) {
      throw SqsErrors.invalidAttributeValue(
          "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not"
              + " supported.");
    }
    if (!wellFormed(name, value)) {
      throw SqsErrors.invalidAttribute(name);
    }
    if (name.equals("RedrivePolicy")) {
      Redrive.parse(value);
    } else if (name.equals("RedriveAllowPolicy")) {
      Redrive.checkAllowPolicy(value);
    }
  }

  private static boolean wellFormed(String name, String value) {
    int @Nullable [] range = NUMBERS.get(name);
    if (range != null) {
      return value.matches("[0-9]{1,9}")
          && Integer.parseInt(value) >= range[0]
          && Integer.parseInt(value) <= range[1];
    }
    if (FLAGS.contains(name)) {
      return value.equals("true") || value.equals("false");
    }
    if (name.equals("Policy")) {
      return value.isEmpty() || isObject(value);
    }
    return !CHOICES.containsKey(name) || CHOICES.get(name).contains(value);
  }

  private static boolean isObject(String text) {
    try {
      return JSON.readTree(text).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** Sets checked values over those that hold: an empty text takes an attribute away. */
  static Map<String, String> set(Map<String, String> held, Map<String, String> given) {
    var attributes = new LinkedHashMap<>(held);
    given.forEach((name, value) -> {
      if (value.isEmpty() || (name.equals("KmsDataKeyReusePeriodSeconds") && value.equals("300"))) {
        attributes.remove(name);
      } else {
        attributes.put(name, value);
      }
    });
    // The two kinds of encryption exclude each other: the one set last wins.
    if (!given.getOrDefault("KmsMasterKeyId", "").isEmpty()) {
      attributes.put("SqsManagedSseEnabled", "false");
    } else if ("true".equals(given.get("SqsManagedSseEnabled"))) {
      attributes.remove("KmsMasterKeyId");
    }
    return attributes;
  }
}
