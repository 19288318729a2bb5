package dev.onboard.local.sqs;

import dev.onboard.local.call.AwsErrors;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.InvalidMessageContentsException;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * A message to be sent, checked as far as it can be without its queue, so that digests are computed
 * before the store is held.
 *
 * @param bytes what counts against the queue's maximum: body and attributes
 */
record Draft(
    String body,
    String md5,
    int bytes,
    @Nullable String attributes,
    @Nullable String attributesMd5,
    @Nullable String trace,
    @Nullable String systemMd5,
    @Nullable Integer delaySeconds,
    @Nullable String groupId,
    @Nullable String deduplicationId) {
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9\\p{Punct}]{1,128}");

  static Draft of(SendMessageRequest request) {
    return of(
        request.messageBody(),
        request.messageAttributes(),
        request.messageSystemAttributes(),
        request.delaySeconds(),
        request.messageGroupId(),
        request.messageDeduplicationId());
  }

  static Draft of(SendMessageBatchRequestEntry entry) {
    return of(
        entry.messageBody(),
        entry.messageAttributes(),
        entry.messageSystemAttributes(),
        entry.delaySeconds(),
        entry.messageGroupId(),
        entry.messageDeduplicationId());
  }

  private static Draft of(
      @Nullable String body,
      Map<String, MessageAttributeValue> attributes,
      Map<MessageSystemAttributeNameForSends, MessageSystemAttributeValue> system,
      @Nullable Integer delay,
      @Nullable String groupId,
      @Nullable String deduplicationId) {
    if (body == null || body.isEmpty()) {
      throw SqsErrors.missingParameter("MessageBody");
    }
    checkContents(body);
    MessageAttributes.check(attributes);
    if (delay != null && (delay < 0 || delay > Limits.DELAY_SECONDS)) {
      throw SqsErrors.invalidParameter(
          "DelaySeconds", delay, "DelaySeconds must be >= 0 and <= 900.");
    }
    checkId("MessageGroupId", groupId);
    checkId("MessageDeduplicationId", deduplicationId);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String trace = trace(system);
    return new Draft(
        body,
        MessageAttributes.md5(bytes),
        bytes.length + MessageAttributes.bytes(attributes),
        MessageAttributes.write(attributes),
        MessageAttributes.md5(attributes),
        trace,
        trace == null ? null : traceMd5(trace),
        delay,
        groupId,
        deduplicationId);
  }

  private static void checkContents(String body) {
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      boolean good =
          c >= 0x20 && c < Character.MIN_SURROGATE
              || c == 0x9
              || c == 0xA
              || c == 0xD
              || c > Character.MAX_SURROGATE && c <= 0xFFFD;
      if (!good && i + 1 < body.length() && Character.isSurrogatePair(c, body.charAt(i + 1))) {
        i++;
      } else if (!good) {
        throw AwsErrors.error(
            InvalidMessageContentsException.builder(),
            400,
            "InvalidMessageContents",
            "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to"
                + " #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");
      }
    }
  }

  private static void checkId(String parameter, @Nullable String id) {
    if (id != null && !ID.matcher(id).matches()) {
      throw SqsErrors.invalidParameter(
          parameter,
          id,
          parameter
              + " can only include alphanumeric and punctuation characters. 1 to 128 in length.");
    }
  }

  private static @Nullable String trace(
      Map<MessageSystemAttributeNameForSends, MessageSystemAttributeValue> system) {
    String trace = null;
    for (var entry : system.entrySet()) {
      MessageSystemAttributeValue value = entry.getValue();
      if (entry.getKey() != MessageSystemAttributeNameForSends.AWS_TRACE_HEADER
          || !"String".equals(value.dataType())
          || value.stringValue() == null) {
        throw SqsErrors.invalidParameter(
            "Message system attribute names must be AWSTraceHeader, with a value of type String.");
      }
      trace = value.stringValue();
    }
    return trace;
  }

  private static @Nullable String traceMd5(String trace) {
    return MessageAttributes.md5(
        Map.of(
            "AWSTraceHeader",
            MessageAttributeValue.builder().dataType("String").stringValue(trace).build()));
  }

  /** The deduplication id that a queue with content-based deduplication gives the message. */
  String contentId() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
