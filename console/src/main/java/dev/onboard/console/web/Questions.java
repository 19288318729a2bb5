package dev.onboard.console.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** What only the runtime knows, for AWS has no API for it: mails, events, the time. */
@FunctionalInterface
public interface Questions {

  /**
   * Asks.
   *
   * @param question such as {@code mails}, {@code events}, {@code counts} or {@code health}
   * @return JSON objects
   * @throws IllegalArgumentException if a parameter is not what it must be
   */
  List<? extends JsonNode> ask(String question, Map<String, String> parameters);

  /** Asks what has one answer. */
  default JsonNode askOne(String question, Map<String, String> parameters) {
    return ask(question, parameters).getFirst();
  }
}
