package dev.onboard.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;

/** The delivery of an event to one target, as the runtime tells of it. */
record DeliveryLines(JsonNode delivery) {
  /** So many attempts are shown of the beginning, and so many of the end. */
  private static final int FIRST = 5;

  private static final int LAST = 3;

  /** Whether the target does not have it and will not get it. */
  boolean isLost() {
    // A copy that is not forwarded a second time is what AWS does, and nothing failed.
    return status().equals("DEAD_LETTERED")
        || status().equals("DROPPED") && !error().startsWith("FORWARDED_ONCE");
  }

  String status() {
    return delivery.path("status").asText();
  }

  String error() {
    return delivery.path("error").asText("");
  }

  String target() {
    return delivery.path("target").asText();
  }

  /** One sentence on where the delivery stands. */
  String sentence() {
    String to = delivery.path("rule").asText() + " -> " + Targets.shortName(target());
    int attempts = delivery.path("attempts").asInt();
    String tries = attempts + (attempts == 1 ? " attempt" : " attempts");
    String text =
        switch (status()) {
          case "NO_TARGET" -> delivery.path("rule").asText() + " matched, but has no target";
          case "DELIVERED" ->
              to + ": delivered" + (attempts > 1 ? " after " + tries : "") + at("changed", " at ");
          case "PENDING" ->
              attempts == 0
                  ? to + ": not attempted yet"
                  : to + ": " + tries + " failed" + at("nextAttempt", ", the next one is at ");
          case "DEAD_LETTERED" ->
              to + ": in the dead-letter queue after " + tries + at("changed", " at ");
          default ->
              to
                  + ": "
                  + status().toLowerCase(Locale.ROOT)
                  + " after "
                  + tries
                  + at("changed", " at ");
        };
    return error().isEmpty() ? text : text + ", " + error();
  }

  void print(PrintWriter out, String indent) {
    out.println(indent + sentence());
    JsonNode history = delivery.path("history");
    for (int i = 0; i < history.size(); i++) {
      JsonNode attempt = history.get(i);
      if (i == FIRST && history.size() > FIRST + LAST) {
        i = history.size() - LAST - 1;
        out.println(indent + "  ...");
        continue;
      }
      out.println(
          indent
              + "  attempt "
              + attempt.path("attempt").asInt(i + 1)
              + " at "
              + attempt.path("time").asText()
              + (attempt.hasNonNull("error") ? ", " + attempt.path("error").asText() : ""));
    }
  }

  private String at(String field, String words) {
    return delivery.hasNonNull(field) ? words + delivery.path(field).asText() : "";
  }
}
