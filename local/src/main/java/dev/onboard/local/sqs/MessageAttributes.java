package dev.onboard.local.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * A message's own attributes: what is allowed, how they are kept, and their digest (SQS developer
 * guide, "Calculating the MD5 message digest for message attributes").
 */
final class MessageAttributes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{Nd}_.-]+");

  private MessageAttributes() {}

  static void check(Map<String, MessageAttributeValue> attributes) {
    if (attributes.isEmpty()) {
      return;
    }
    if (attributes.size() > Limits.MESSAGE_ATTRIBUTES) {
      throw SqsErrors.invalidParameter(
          "Number of message attributes ["
              + attributes.size()
              + "] exceeds the allowed maximum ["
              + Limits.MESSAGE_ATTRIBUTES
              + "].");
    }
    attributes.forEach(MessageAttributes::check);
  }

  private static void check(String name, MessageAttributeValue value) {
    checkName(name);
    String type = value.dataType();
    if (type == null || type.isEmpty()) {
      throw SqsErrors.invalidParameter(
          "The message attribute '" + name + "' must contain a non-empty message attribute type.");
    }
    String kind = type.contains(".") ? type.substring(0, type.indexOf('.')) : type;
    if (type.length() > 256) {
      throw SqsErrors.invalidParameter(
          "Message (user) attribute types must be shorter than 256 Bytes");
    }
    switch (kind) {
      case "String", "Number" -> {
        if (value.stringValue() == null || value.stringValue().isEmpty()) {
          throw SqsErrors.invalidParameter(
              "Message (user) attribute '"
                  + name
                  + "' must contain a non-empty value of type 'String'.");
        }
        if (kind.equals("Number") && !isNumber(value.stringValue())) {
          throw SqsErrors.invalidParameter(
              "Can't cast the value of message (user) attribute '" + name + "' to a number.");
        }
      }
      case "Binary" -> {
        if (value.binaryValue() == null || value.binaryValue().asByteArrayUnsafe().length == 0) {
          throw SqsErrors.invalidParameter(
              "Message (user) attribute '"
                  + name
                  + "' must contain a non-empty value of type 'Binary'.");
        }
      }
      default ->
          throw SqsErrors.invalidParameter(
              "The type of message (user) attribute '"
                  + name
                  + "' is invalid. You must use only the following supported type prefixes: Binary,"
                  + " Number, String.");
    }
  }

  private static void checkName(String name) {
    if (name.length() > 256) {
      throw SqsErrors.invalidParameter(
          "Message (user) attribute names must be shorter than 256 Bytes");
    }
    if (!NAME.matcher(name).matches()) {
      throw SqsErrors.invalidParameter(
          "Message (user) attributes name can only contain upper and lower score characters,"
              + " digits, periods, hyphens and underscores. ");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("aws.")
        || lower.startsWith("amazon.")
        || lower.startsWith(".")
        || lower.endsWith(".")
        || lower.contains("..")) {
      throw SqsErrors.invalidParameter(
          "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings"
              + " are reserved for internal use. Additionally, they cannot start or end with '.'.");
    }
  }

  private static boolean isNumber(String text) {
    try {
      new BigDecimal(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  static int bytes(Map<String, MessageAttributeValue> attributes) {
    int bytes = 0;
    if (attributes.isEmpty()) {
      return bytes;
    }
    for (var entry : attributes.entrySet()) {
      MessageAttributeValue value = entry.getValue();
      bytes += utf8(entry.getKey()).length + utf8(value.dataType()).length;
      bytes += value(value).length;
    }
    return bytes;
  }

  static @Nullable String md5(Map<String, MessageAttributeValue> attributes) {
    if (attributes.isEmpty()) {
      return null;
    }
    MessageDigest digest = md5();
    new TreeMap<>(attributes)
        .forEach((name, value) -> {
          add(digest, utf8(name));
          add(digest, utf8(value.dataType()));
          digest.update((byte) (value.stringValue() != null ? 1 : 2));
          add(digest, value(value));
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  static String md5(byte[] body) {
    return HexFormat.of().formatHex(md5().digest(body));
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static byte[] value(MessageAttributeValue value) {
    return value.stringValue() != null
        ? utf8(value.stringValue())
        : value.binaryValue().asByteArrayUnsafe();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static @Nullable String write(Map<String, MessageAttributeValue> attributes) {
    if (attributes.isEmpty()) {
      return null;
    }
    var object = JSON.createObjectNode();
    attributes.forEach((name, value) -> {
      var node = object.putObject(name).put("type", value.dataType());
      if (value.stringValue() != null) {
        node.put("string", value.stringValue());
      } else {
        node.put("binary", value.binaryValue().asByteArrayUnsafe());
      }
    });
    return object.toString();
  }

  static Map<String, MessageAttributeValue> read(String json) {
    try {
      var attributes = new LinkedHashMap<String, MessageAttributeValue>();
      for (var entry : JSON.readTree(json).properties()) {
        JsonNode node = entry.getValue();
        var value = MessageAttributeValue.builder().dataType(node.get("type").asText());
        if (node.has("string")) {
          value.stringValue(node.get("string").asText());
        } else {
          byte[] bytes = Base64.getDecoder().decode(node.get("binary").asText());
          value.binaryValue(SdkBytes.fromByteArrayUnsafe(bytes));
        }
        attributes.put(entry.getKey(), value.build());
      }
      return attributes;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean wantsAll(Collection<String> names) {
    return names.contains("All") || names.contains(".*") || names.contains("*");
  }

  /** Those asked for: by name, or by a prefix that ends in {@code .*}. */
  static Map<String, MessageAttributeValue> select(
      Map<String, MessageAttributeValue> attributes, Collection<String> names) {
    var selected = new LinkedHashMap<>(attributes);
    selected.keySet().removeIf(key -> names.stream().noneMatch(name -> means(name, key)));
    return selected;
  }

  private static boolean means(String name, String key) {
    return name.endsWith(".*")
        ? key.startsWith(name.substring(0, name.length() - 2))
        : key.equals(name);
  }
}
