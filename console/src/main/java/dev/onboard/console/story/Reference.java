package dev.onboard.console.story;

import java.util.List;
import java.util.Map;

/**
 * A way to a page of the console.
 *
 * @param text what it is about
 * @param path the parts of the page's path, such as {@code events} and an id
 * @param query the page's parameters
 */
public record Reference(String text, List<String> path, Map<String, String> query) {
  static Reference to(String text, String... path) {
    return new Reference(text, List.of(path), Map.of());
  }

  /** The same with a parameter. */
  Reference with(String name, String value) {
    return new Reference(text, path, Map.of(name, value));
  }
}
