package dev.onboard.local.cloudformation.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What makes one set of tags of another.
 *
 * @param set the tags that are new or have a new value
 * @param removed the keys that are gone
 */
record TagChange(Map<String, String> set, List<String> removed) {

  static TagChange between(Properties before, Properties now) {
    Map<String, String> old = before.tags();
    Map<String, String> current = now.tags();
    var set = new LinkedHashMap<>(current);
    set.entrySet().removeIf(e -> e.getValue().equals(old.get(e.getKey())));
    return new TagChange(set, old.keySet().stream().filter(k -> !current.containsKey(k)).toList());
  }

  /** Makes the calls that are needed, if any. */
  void apply(Consumer<List<String>> untag, Consumer<Map<String, String>> tag) {
    if (!removed.isEmpty()) {
      untag.accept(removed);
    }
    if (!set.isEmpty()) {
      tag.accept(set);
    }
  }
}
