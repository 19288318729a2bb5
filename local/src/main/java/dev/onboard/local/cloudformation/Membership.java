package dev.onboard.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Whether values are the same, or among others; single values are compared as text. */
final class Membership {
  private Membership() {}

  static boolean same(@Nullable JsonNode one, @Nullable JsonNode other) {
    return one != null
        && other != null
        && (one.isValueNode() && other.isValueNode()
            ? one.asText().equals(other.asText())
            : one.equals(other));
  }

  static boolean has(@Nullable JsonNode all, @Nullable JsonNode wanted) {
    if (all != null) {
      for (JsonNode each : all) {
        if (same(each, wanted)) {
          return true;
        }
      }
    }
    return false;
  }

  static boolean eachIs(JsonNode all, @Nullable JsonNode wanted) {
    for (JsonNode each : all) {
      if (!same(each, wanted)) {
        return false;
      }
    }
    return true;
  }

  static boolean eachIn(JsonNode all, @Nullable JsonNode allowed) {
    for (JsonNode each : all) {
      if (!has(allowed, each)) {
        return false;
      }
    }
    return true;
  }
}
