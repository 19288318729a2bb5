package dev.onboard.local.eventbridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The text of a record of a bus's log, cut down to what one log event holds. */
final class LogLine {
  /** Just below the megabyte that CloudWatch Logs takes at one time. */
  static final int MOST_BYTES = 1_000_000;

  /** What is left out first of a record that is too long. */
  private static final List<String> DROPPED =
      List.of("event_detail", "target_input", "target_properties", "target_response_body");

  private LogLine() {}

  /** The record; what was left out of it is named in {@code dropped_fields}. */
  static String text(ObjectNode line) {
    String text = line.toString();
    for (String field : DROPPED) {
      if (!isTooLong(text)) {
        break;
      }
      if (((ObjectNode) line.get("details")).remove(field) != null) {
        line.withArray("dropped_fields").add(field);
        text = line.toString();
      }
    }
    return text;
  }

  private static boolean isTooLong(String text) {
    return text.length() > MOST_BYTES / 3
        && text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES;
  }
}
