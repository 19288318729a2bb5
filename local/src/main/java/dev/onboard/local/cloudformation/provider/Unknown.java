package dev.onboard.local.cloudformation.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Values that nobody knows before a resource has been created, as they stand in planned text. */
public final class Unknown {
  private static final char OPEN = '\uE000';
  private static final char CLOSE = '\uE001';

  private Unknown() {}

  /** The value that a reference such as {@code Bucket.Arn} will have. */
  public static TextNode of(String reference) {
    return TextNode.valueOf(OPEN + reference + CLOSE);
  }

  public static boolean in(String text) {
    return text.indexOf(OPEN) >= 0;
  }

  /** Whether any text within a value is not known yet. */
  public static boolean in(JsonNode value) {
    if (value.isTextual()) {
      return in(value.textValue());
    }
    for (JsonNode child : value) {
      if (in(child)) {
        return true;
      }
    }
    return false;
  }
}
