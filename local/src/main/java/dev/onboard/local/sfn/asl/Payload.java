package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.usage.Chunks;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value on its way from state to state: as the text that it arrived in, as a tree, or both.
 *
 * <p>Step Functions hands on the very text of what a state does not change, so a payload keeps it.
 */
public final class Payload {
  public static final Payload EMPTY = ofText("{}");

  private volatile @Nullable String text;
  private volatile @Nullable JsonNode node;

  private Payload(@Nullable String text, @Nullable JsonNode node) {
    this.text = text;
    this.node = node;
  }

  public static Payload of(JsonNode node) {
    return new Payload(null, node);
  }

  /**
   * A payload of a text that is known to be JSON.
   *
   * @param text a JSON text
   */
  public static Payload ofText(String text) {
    return new Payload(text, null);
  }

  /** A payload of which both forms are at hand. */
  public static Payload of(JsonNode node, String text) {
    return new Payload(text, node);
  }

  public String text() {
    String known = text;
    if (known == null) {
      known = Json.text(Objects.requireNonNull(node));
      text = known;
    }
    return known;
  }

  public JsonNode node() {
    JsonNode known = node;
    if (known == null) {
      known = Json.read(Objects.requireNonNull(text));
      node = known;
    }
    return known;
  }

  /** Whether the text is longer than a number of bytes in UTF-8. */
  public boolean exceeds(int bytes) {
    JsonNode tree = node;
    // Most payloads are far from any limit, which a look at the tree shows without writing it out.
    if (text == null && tree != null && atMost(tree) <= bytes) {
      return false;
    }
    String chars = text();
    if (chars.length() > bytes) {
      return true;
    }
    return chars.length() * 3L > bytes && Chunks.bytes(chars) > bytes;
  }

  /** A number of bytes that the text of a tree never exceeds. */
  private static long atMost(JsonNode tree) {
    return switch (tree.getNodeType()) {
      case STRING -> 2 + 6L * tree.textValue().length();
      case OBJECT -> {
        long sum = 2;
        for (var member : tree.properties()) {
          sum += 4 + 6L * member.getKey().length() + atMost(member.getValue());
        }
        yield sum;
      }
      case ARRAY -> {
        long sum = 2;
        for (JsonNode element : tree) {
          sum += 1 + atMost(element);
        }
        yield sum;
      }
      case NUMBER -> tree.isInt() || tree.isLong() || tree.isDouble() ? 26 : tree.asText().length();
      default -> 5;
    };
  }

  @Override
  public String toString() {
    return text();
  }
}
