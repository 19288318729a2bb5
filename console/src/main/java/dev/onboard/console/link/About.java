package dev.onboard.console.link;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What tells one event from others of its kind, at a glance. */
final class About {
  /** The fields that people know things by, the best first. */
  private static final List<String> TELLING =
      List.of("destination", "email", "key", "name", "userId", "importId", "id", "status", "state");

  private static final int LONGEST = 100;

  private About() {}

  /** A telling value of a detail, else how it begins. */
  static String of(JsonNode detail) {
    for (String name : TELLING) {
      String value = find(detail, name);
      if (!value.isEmpty()) {
        return shortened(value);
      }
    }
    return detail.isEmpty() ? "" : shortened(detail.toString());
  }

  /** The value of the field of that name that is the least deep; what belongs to it is metadata. */
  private static String find(JsonNode detail, String name) {
    Deque<JsonNode> next = new ArrayDeque<>(List.of(detail));
    while (!next.isEmpty()) {
      JsonNode node = next.removeFirst();
      JsonNode value = node.path(name);
      if (value.isValueNode() && !value.isNull()) {
        return value.asText();
      } else if (value.isArray() && value.path(0).isTextual()) {
        return value.path(0).asText();
      }
      node.properties().stream()
          .filter(p -> p.getValue().isContainerNode() && !p.getKey().equals("metadata"))
          .forEach(p -> next.add(p.getValue()));
    }
    return "";
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
