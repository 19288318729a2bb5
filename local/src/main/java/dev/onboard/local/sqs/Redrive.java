package dev.onboard.local.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/**
 * A queue's redrive policy: where a message goes that was received too often.
 *
 * @param targetArn the dead-letter queue
 * @param maxReceiveCount how often a message is received before it goes there
 */
record Redrive(String targetArn, int maxReceiveCount) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static @Nullable Redrive parse(@Nullable String policy) {
    if (policy == null || policy.isEmpty()) {
      return null;
    }
    JsonNode node = object(policy, "RedrivePolicy");
    if (!node.hasNonNull("deadLetterTargetArn")) {
      throw missing("deadLetterTargetArn", policy);
    }
    if (!node.hasNonNull("maxReceiveCount")) {
      throw missing("maxReceiveCount", policy);
    }
    String count = node.get("maxReceiveCount").asText();
    if (!count.matches("[0-9]{1,4}")
        || Integer.parseInt(count) < 1
        || Integer.parseInt(count) > Limits.RECEIVE_COUNT) {
      throw SqsErrors.invalidParameter(
          "RedrivePolicy",
          policy,
          "Invalid value for maxReceiveCount: "
              + count
              + ", valid values are from 1 to 1000 both inclusive.");
    }
    return new Redrive(node.get("deadLetterTargetArn").asText(), Integer.parseInt(count));
  }

  /** Whether a queue with this {@code RedriveAllowPolicy} may be the target of that source. */
  static boolean allowed(@Nullable String allowPolicy, String sourceArn) {
    if (allowPolicy == null || allowPolicy.isEmpty()) {
      return true;
    }
    JsonNode node = object(allowPolicy, "RedriveAllowPolicy");
    return switch (node.path("redrivePermission").asText()) {
      case "denyAll" -> false;
      case "byQueue" -> {
        for (JsonNode arn : node.path("sourceQueueArns")) {
          if (arn.asText().equals(sourceArn)) {
            yield true;
          }
        }
        yield false;
      }
      default -> true;
    };
  }

  /** Refuses what AWS refuses as a {@code RedriveAllowPolicy}. */
  static void checkAllowPolicy(String policy) {
    if (policy.isEmpty()) {
      return;
    }
    JsonNode node = object(policy, "RedriveAllowPolicy");
    String permission = node.path("redrivePermission").asText();
    JsonNode sources = node.path("sourceQueueArns");
    boolean good =
        switch (permission) {
          case "allowAll", "denyAll" -> sources.isMissingNode();
          case "byQueue" -> sources.isArray() && !sources.isEmpty() && sources.size() <= 10;
          default -> false;
        };
    if (!good) {
      throw SqsErrors.invalidParameter(
          "RedriveAllowPolicy",
          policy,
          "redrivePermission must be allowAll, denyAll, or byQueue with 1 to 10 sourceQueueArns.");
    }
  }

  private static JsonNode object(String text, String name) {
    try {
      JsonNode node = JSON.readTree(text);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw SqsErrors.invalidParameter(name, text, "Redrive policy is not a valid JSON map.");
    }
    throw SqsErrors.invalidParameter(name, text, "Redrive policy is not a valid JSON map.");
  }

  private static RuntimeException missing(String field, String policy) {
    return SqsErrors.invalidParameter(
        "RedrivePolicy",
        policy,
        "Redrive policy does not contain mandatory attribute: " + field + ".");
  }
}
