package dev.onboard.local.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/**
 * What was published, as one subscription is to get it.
 *
 * <p>Nothing is signed here; where AWS has a signature, it says so. What comes from a FIFO topic
 * has none on AWS either.
 */
record Notification(
    String messageId,
    String topicArn,
    String message,
    @Nullable String subject,
    Map<String, MessageAttributeValue> attributes,
    @Nullable String groupId,
    @Nullable String deduplicationId,
    @Nullable String sequence,
    String signatureVersion,
    Instant at) {
  static final String UNSIGNED = "not-signed-by-the-local-runtime";

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Whether it comes from a FIFO topic, which alone numbers what is published. */
  boolean fromFifo() {
    return sequence != null;
  }

  private String certificate() {
    return "https://sns." + topicArn.split(":")[3] + ".amazonaws.com/" + UNSIGNED + ".pem";
  }

  private String unsubscribe(String subscriptionArn) {
    return "https://sns."
        + topicArn.split(":")[3]
        + ".amazonaws.com/?Action=Unsubscribe&SubscriptionArn="
        + subscriptionArn;
  }

  /** The envelope in which a queue gets it, laid out as AWS does. */
  String envelope(String subscriptionArn) {
    var fields = new ArrayList<String>();
    field(fields, "Type", "Notification");
    field(fields, "MessageId", messageId);
    field(fields, "SequenceNumber", sequence);
    field(fields, "TopicArn", topicArn);
    field(fields, "Subject", subject);
    field(fields, "Message", message);
    field(fields, "Timestamp", MILLIS.format(at));
    if (!fromFifo()) {
      field(fields, "SignatureVersion", signatureVersion);
      field(fields, "Signature", UNSIGNED);
      field(fields, "SigningCertURL", certificate());
    }
    field(fields, "UnsubscribeURL", unsubscribe(subscriptionArn));
    if (!attributes.isEmpty()) {
      List<String> all =
          attributes.entrySet().stream()
              .map(e -> "    " + quoted(e.getKey()) + " : " + attribute(e.getValue()))
              .toList();
      fields.add("  \"MessageAttributes\" : {\n" + String.join(",\n", all) + "\n  }");
    }
    return "{\n" + String.join(",\n", fields) + "\n}";
  }

  private static void field(List<String> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.add("  \"" + name + "\" : " + quoted(value));
    }
  }

  private static String quoted(String text) {
    try {
      return Texts.JSON.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode attribute(MessageAttributeValue value) {
    return Texts.JSON.createObjectNode().put("Type", value.dataType()).put("Value", text(value));
  }

  private static String text(MessageAttributeValue value) {
    return value.stringValue() != null
        ? value.stringValue()
        : Base64.getEncoder().encodeToString(value.binaryValue().asByteArrayUnsafe());
  }

  /** The event with which a function is invoked. */
  String functionEvent(String subscriptionArn) {
    ObjectNode event = Texts.JSON.createObjectNode();
    ObjectNode record = event.putArray("Records").addObject();
    record.put("EventSource", "aws:sns");
    record.put("EventVersion", "1.0");
    record.put("EventSubscriptionArn", subscriptionArn);
    ObjectNode sns = record.putObject("Sns");
    sns.put("Type", "Notification");
    sns.put("MessageId", messageId);
    sns.put("TopicArn", topicArn);
    sns.put("Subject", subject);
    sns.put("Message", message);
    sns.put("Timestamp", MILLIS.format(at));
    sns.put("SignatureVersion", signatureVersion);
    sns.put("Signature", UNSIGNED);
    sns.put("SigningCertUrl", certificate());
    sns.put("UnsubscribeUrl", unsubscribe(subscriptionArn));
    ObjectNode all = sns.putObject("MessageAttributes");
    attributes.forEach((name, value) -> all.set(name, attribute(value)));
    return event.toString();
  }

  /** The whole of it as text, to be kept until it is delivered. */
  String write() {
    ObjectNode node =
        Texts.JSON
            .createObjectNode()
            .put("messageId", messageId)
            .put("topicArn", topicArn)
            .put("message", message)
            .put("subject", subject)
            .put("groupId", groupId)
            .put("deduplicationId", deduplicationId)
            .put("sequence", sequence)
            .put("signatureVersion", signatureVersion)
            .put("at", at.toEpochMilli());
    ObjectNode all = node.putObject("attributes");
    attributes.forEach((name, value) -> all.set(name, attribute(value)));
    return node.toString();
  }

  static Notification read(String text) {
    try {
      JsonNode node = Texts.JSON.readTree(text);
      var attributes = new LinkedHashMap<String, MessageAttributeValue>();
      for (var entry : node.get("attributes").properties()) {
        String type = entry.getValue().get("Type").asText();
        String value = entry.getValue().get("Value").asText();
        var attribute = MessageAttributeValue.builder().dataType(type);
        if (type.startsWith("Binary")) {
          attribute.binaryValue(SdkBytes.fromByteArray(Base64.getDecoder().decode(value)));
        } else {
          attribute.stringValue(value);
        }
        attributes.put(entry.getKey(), attribute.build());
      }
      return new Notification(
          node.get("messageId").asText(),
          node.get("topicArn").asText(),
          node.get("message").asText(),
          orNull(node.get("subject")),
          attributes,
          orNull(node.get("groupId")),
          orNull(node.get("deduplicationId")),
          orNull(node.get("sequence")),
          node.get("signatureVersion").asText(),
          Instant.ofEpochMilli(node.get("at").asLong()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String orNull(JsonNode node) {
    return node.isNull() ? null : node.asText();
  }
}
