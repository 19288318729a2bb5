package dev.onboard.local.sns;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.Tag;

/** Tags of a topic. */
final class Tags {
  private Tags() {}

  static Map<String, String> map(List<Tag> tags) {
    var map = new LinkedHashMap<String, String>();
    for (Tag tag : tags) {
      if (map.put(tag.key(), tag.value()) != null) {
        throw SnsErrors.invalid("Duplicated keys are not allowed.");
      }
    }
    return map;
  }

  static List<Tag> list(Map<String, String> map) {
    return map.entrySet().stream()
        .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
        .toList();
  }
}
