package dev.onboard.local.lambda;

import dev.onboard.local.wire.SdkJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ListTagsResponse;

/** Tags as they stand in the store. */
final class Tags {
  private Tags() {}

  static String write(Map<String, String> tags) {
    return SdkJson.write(ListTagsResponse.builder().tags(tags).build());
  }

  static Map<String, String> with(Map<String, String> tags, Map<String, String> more) {
    var all = new LinkedHashMap<>(tags);
    all.putAll(more);
    return all;
  }

  static Map<String, String> without(Map<String, String> tags, List<String> keys) {
    var left = new LinkedHashMap<>(tags);
    left.keySet().removeAll(keys);
    return left;
  }

  static Map<String, String> read(@Nullable String json) {
    return json == null ? Map.of() : SdkJson.read(ListTagsResponse.class, json).tags();
  }
}
