package dev.onboard.local.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.call.AwsErrors;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.ValidationException;

/** A message to be published, checked as far as it can be without its topic. */
record Publication(
    String message,
    @Nullable JsonNode byProtocol,
    @Nullable String subject,
    Map<String, MessageAttributeValue> attributes,
    @Nullable String groupId,
    @Nullable String deduplicationId) {

  static Publication of(PublishRequest request) {
    return of(
        request.message(),
        request.messageStructure(),
        request.subject(),
        request.messageAttributes(),
        "messageAttributes.",
        request.messageGroupId(),
        request.messageDeduplicationId());
  }

  static Publication of(PublishBatchRequestEntry entry, int index) {
    return of(
        entry.message(),
        entry.messageStructure(),
        entry.subject(),
        entry.messageAttributes(),
        "publishBatchRequestEntries." + index + ".member.messageAttributes.",
        entry.messageGroupId(),
        entry.messageDeduplicationId());
  }

  private static Publication of(
      @Nullable String message,
      @Nullable String structure,
      @Nullable String subject,
      Map<String, MessageAttributeValue> attributes,
      String path,
      @Nullable String groupId,
      @Nullable String deduplicationId) {
    if (message == null || message.isEmpty()) {
      throw SnsErrors.invalid("Empty message");
    }
    if (subject != null
        && (subject.isEmpty()
            || subject.length() > Limits.SUBJECT
            || subject.chars().anyMatch(c -> c < 0x20))) {
      throw SnsErrors.invalid("Subject");
    }
    attributes.forEach((name, value) -> check(path, name, value));
    JsonNode byProtocol = null;
    if (structure != null) {
      if (!structure.equals("json")) {
        throw SnsErrors.invalid("MessageStructure");
      }
      byProtocol = byProtocol(message);
    }
    return new Publication(message, byProtocol, subject, attributes, groupId, deduplicationId);
  }

  private static JsonNode byProtocol(String message) {
    JsonNode node;
    try {
      node = Texts.JSON.readTree(message);
    } catch (JsonProcessingException e) {
      throw SnsErrors.invalid("Message Structure - JSON message body failed to parse");
    }
    if (!node.path("default").isTextual()) {
      throw SnsErrors.invalid("Message Structure - No default entry in JSON message body");
    }
    return node;
  }

  private static void check(String path, String name, MessageAttributeValue value) {
    if (value.dataType() == null) {
      throw AwsErrors.error(
          ValidationException.builder(),
          400,
          "ValidationError",
          "1 validation error detected: Value null at '"
              + path
              + name
              + ".member.dataType' failed to satisfy constraint: Member must not be null");
    }
    checkName(name);
    String type = value.dataType();
    int dot = type.indexOf('.');
    // A label may follow the kind, and after the dot there must be one.
    String kind = dot > 0 && dot < type.length() - 1 ? type.substring(0, dot) : type;
    String field =
        switch (kind) {
          case "String", "Number" -> "String";
          case "Binary" -> "Binary";
          default ->
              throw SnsErrors.invalidValue(
                  "The message attribute '"
                      + name
                      + "' has an invalid message attribute type, the set of supported type"
                      + " prefixes is Binary, Number, and String.");
        };
    boolean wrongField =
        field.equals("String") ? value.binaryValue() != null : value.stringValue() != null;
    if (wrongField) {
      throw SnsErrors.invalidValue(
          "The message attribute '"
              + name
              + "' with type '"
              + type
              + "' must use field '"
              + field
              + "'.");
    }
    boolean empty =
        field.equals("String")
            ? value.stringValue() == null || value.stringValue().isEmpty()
            : value.binaryValue() == null || value.binaryValue().asByteArrayUnsafe().length == 0;
    if (empty) {
      throw SnsErrors.invalidValue(
          "The message attribute '"
              + name
              + "' must contain non-empty message attribute value for message attribute type '"
              + type
              + "'.");
    }
    if (kind.equals("Number")) {
      checkNumber(name, value.stringValue());
    }
  }

  private static void checkNumber(String name, String value) {
    try {
      new BigDecimal(value);
    } catch (NumberFormatException e) {
      throw SnsErrors.invalidValue(
          "Could not cast message attribute '" + name + "' value to number.");
    }
  }

  private static void checkName(String name) {
    if (name.length() > 256) {
      throw SnsErrors.invalidValue("Length of message attribute name must be less than 256 bytes.");
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean good = c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
      if (!good) {
        throw SnsErrors.invalidValue(
            String.format(
                "Invalid non-alphanumeric character '#x%X' was found in the message attribute name."
                    + " Can only include alphanumeric characters, hyphens, underscores, or dots.",
                (int) c));
      }
    }
    if (name.startsWith(".")) {
      throw SnsErrors.invalidValue(
          "Invalid message attribute name starting with character '.' was found.");
    }
    if (name.endsWith(".")) {
      throw SnsErrors.invalidValue(
          "Invalid message attribute name ending with character '.' was found.");
    }
    if (name.contains("..")) {
      throw SnsErrors.invalidValue("Message attribute name can not have successive '.' character.");
    }
  }

  /** Refuses what fits no topic of that kind. */
  void checkFor(Topics.Topic topic) {
    if (!topic.fifo()) {
      if (deduplicationId != null) {
        throw SnsErrors.invalid(
            "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter"
                + " that is not valid for this topic type");
      }
      return;
    }
    if (groupId == null) {
      throw SnsErrors.invalid("The MessageGroupId parameter is required for FIFO topics");
    }
    if (deduplicationId == null && !topic.contentBasedDeduplication()) {
      throw SnsErrors.invalid(
          "The topic should either have ContentBasedDeduplication enabled or"
              + " MessageDeduplicationId provided explicitly");
    }
  }

  /** What subscribers of that protocol get. */
  String messageFor(String protocol) {
    if (byProtocol == null) {
      return message;
    }
    JsonNode own = byProtocol.path(protocol);
    return own.isTextual() ? own.asText() : byProtocol.get("default").asText();
  }

  String deduplication() {
    if (deduplicationId != null) {
      return deduplicationId;
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(message.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  int bytes() {
    int bytes = bytes(message);
    for (var entry : attributes.entrySet()) {
      MessageAttributeValue value = entry.getValue();
      bytes += bytes(entry.getKey()) + bytes(value.dataType());
      bytes +=
          value.stringValue() == null
              ? value.binaryValue().asByteArrayUnsafe().length
              : bytes(value.stringValue());
    }
    return bytes;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
