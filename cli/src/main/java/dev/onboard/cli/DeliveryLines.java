package dev.onboard.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.trail.Delivery;
import dev.onboard.console.trail.TargetName;
import java.io.PrintWriter;
import java.util.Locale;

/** The delivery of an event to one target, for a terminal. */
record DeliveryLines(Delivery delivery) {
  /** So many attempts are shown of the beginning, and so many of the end. */
  private static final int FIRST = 5;

  private static final int LAST = 3;

  DeliveryLines(JsonNode delivery) {
    this(new Delivery(delivery));
  }

  /** One sentence on where the delivery stands. */
  String sentence() {
    String to = delivery.rule() + " -> " + TargetName.of(delivery.target());
    int attempts = delivery.attempts();
    String tries = attempts + (attempts == 1 ? " attempt" : " attempts");
    String text =
        switch (delivery.status()) {
          case "NO_TARGET" -> delivery.rule() + " matched, but has no target";
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
                  + delivery.status().toLowerCase(Locale.ROOT)
                  + " after "
                  + tries
                  + at("changed", " at ");
        };
    return delivery.error().isEmpty() ? text : text + ", " + delivery.error();
  }

  void print(PrintWriter out, String indent) {
    out.println(indent + sentence());
    JsonNode history = delivery.json().path("history");
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
    return delivery.json().hasNonNull(field) ? words + delivery.json().path(field).asText() : "";
  }
}
