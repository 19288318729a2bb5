package dev.onboard.console.queues;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.web.Json;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * A message that waits in a queue, as the runtime tells of it.
 *
 * @param number its place in the order of the queues
 * @param handle what deletes it, as long as nobody receives it
 * @param visible from when on it can be received
 * @param receives how often it was received
 * @param group of a FIFO queue
 * @param source the ARN of the queue whose dead letter it is, if it is one
 * @param json its body, if that is an object or a list
 */
public record QueuedMessage(
    long number,
    String id,
    String handle,
    Instant sent,
    Instant visible,
    int receives,
    @Nullable Instant firstReceived,
    @Nullable String group,
    @Nullable String source,
    Map<String, Attribute> attributes,
    String body,
    @Nullable JsonNode json) {
  private static final int PREVIEW = 160;

  /**
   * A message attribute.
   *
   * @param type such as {@code String}, {@code Number} or {@code Binary}, with a label or without
   * @param value as text; what is binary in base 64
   */
  public record Attribute(String type, String value) {
    MessageAttributeValue toSend() {
      MessageAttributeValue.Builder sent = MessageAttributeValue.builder().dataType(type);
      return type.startsWith("Binary")
          ? sent.binaryValue(SdkBytes.fromByteArray(Base64.getDecoder().decode(value))).build()
          : sent.stringValue(value).build();
    }
  }

  static QueuedMessage of(JsonNode told) {
    var attributes = new LinkedHashMap<String, Attribute>();
    told.path("attributes")
        .properties()
        .forEach(a ->
            attributes.put(
                a.getKey(),
                new Attribute(
                    told.path("attributeTypes").path(a.getKey()).asText("String"),
                    a.getValue().asText())));
    String body = told.path("body").asText();
    return new QueuedMessage(
        told.path("number").asLong(),
        told.path("messageId").asText(),
        told.path("handle").asText(),
        Instant.parse(told.path("sent").asText()),
        Instant.parse(told.path("visible").asText()),
        told.path("receives").asInt(),
        told.hasNonNull("firstReceived")
            ? Instant.parse(told.path("firstReceived").asText())
            : null,
        told.path("group").textValue(),
        told.path("source").textValue(),
        attributes,
        body,
        json(body));
  }

  private static @Nullable JsonNode json(String body) {
    try {
      JsonNode json = Json.read(body);
      return json.isContainerNode() ? json : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The value of an attribute; null if it has none of that name. */
  @Nullable String attribute(String name) {
    Attribute attribute = attributes.get(name);
    return attribute == null ? null : attribute.value();
  }

  boolean isEvent() {
    return json != null && json.has("detail-type") && json.has("source") && json.has("detail");
  }

  /** What Lambda writes of an invocation for a destination. */
  boolean isLambdaRecord() {
    return json != null && json.has("requestContext") && json.has("requestPayload");
  }

  /** The event that it is, or that it tells of. */
  @Nullable JsonNode event() {
    if (isEvent()) {
      return json;
    }
    JsonNode payload = json != null && isLambdaRecord() ? json.path("requestPayload") : null;
    return payload != null && payload.has("detail-type") ? payload : null;
  }

  /** What stands above its page. */
  public String title() {
    String preview = preview();
    return preview.isEmpty() ? "Message without a body" : preview;
  }

  /** What it is about, in a line. */
  public String preview() {
    JsonNode event = event();
    String line =
        event == null
            ? body.strip().replaceAll("\\s+", " ")
            : event.path("detail-type").asText() + " from " + event.path("source").asText();
    return line.length() <= PREVIEW ? line : line.substring(0, PREVIEW) + "…";
  }
}
