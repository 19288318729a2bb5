package dev.onboard.console.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.web.Json;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, for people. What a function throws arrives as JSON, of which they want the
 * sentence.
 *
 * @param error its name
 * @param message why
 * @param more the rest of the cause, such as where in the code it happened
 */
public record Fault(String error, String message, @Nullable String more) {
  private static final int BRIEF = 300;

  static Fault of(@Nullable String error, @Nullable String cause) {
    String name = error == null || error.isEmpty() ? "An error without a name" : error;
    JsonNode json = json(cause);
    if (!json.path("errorMessage").isTextual()) {
      return new Fault(name, cause == null ? "" : cause, null);
    }
    var lines = new ArrayList<String>();
    json.path("stackTrace")
        .forEach(line -> lines.add(line.isTextual() ? line.asText() : line.toString()));
    return new Fault(
        name,
        json.path("errorMessage").asText(),
        lines.isEmpty() ? null : String.join("\n", lines));
  }

  static @Nullable Fault of(Attempt.@Nullable Failure failure) {
    return failure == null || failure.error() == null && failure.cause() == null
        ? null
        : of(failure.error(), failure.cause());
  }

  /** The same for a list, with no more of the message than a few lines. */
  Fault brief() {
    if (message.length() <= BRIEF) {
      return new Fault(error, message, null);
    }
    // Not between the two halves of a character.
    int end = message.offsetByCodePoints(BRIEF, -1);
    return new Fault(error, message.substring(0, end) + "…", null);
  }

  private static JsonNode json(@Nullable String cause) {
    try {
      return Json.read(cause == null || !cause.startsWith("{") ? "null" : cause);
    } catch (IllegalArgumentException e) {
      // A cause may begin as JSON does and be none, cut off by a limit for one.
      return Json.read("null");
    }
  }
}
