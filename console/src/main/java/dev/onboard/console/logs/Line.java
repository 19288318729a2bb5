package dev.onboard.console.logs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.stack.LogLine;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Json;
import dev.onboard.console.web.Link;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A line of a log.
 *
 * @param id of its row
 * @param source what wrote it, with its log
 * @param badge its level, if it has one that is worth a look
 * @param text what it says, in a line
 * @param isPlatform whether Lambda wrote it and not the function
 * @param links to what it belongs to
 * @param json the whole of it, if it is JSON
 * @param message the whole of it
 */
public record Line(
    String id,
    Instant at,
    Link source,
    @Nullable Badge badge,
    String text,
    boolean isPlatform,
    List<Link> links,
    @Nullable JsonNode json,
    String message) {
  private static final int MOST = 300;

  /** What Lambda's and the functions' lines say, in a line for people. */
  static String text(LogLine line, String message) {
    JsonNode json = line.json();
    JsonNode record = line.record();
    String detailType = json.path("detail-type").asText();
    if (!detailType.isEmpty()) {
      return detailType + " from " + json.path("source").asText();
    }
    return switch (line.platform()) {
      case "" -> json.has("message") ? line.text() : first(message);
      case "platform.start" -> "invocation begins";
      case "platform.report" ->
          "invocation ends: "
              + record.path("status").asText()
              + " in "
              + String.format(Locale.ROOT, "%.1f ms", record.at("/metrics/durationMs").asDouble())
              + (record.has("errorType") ? ", " + record.path("errorType").asText() : "");
      default -> line.platform() + " " + first(record.toString());
    };
  }

  private static String first(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= MOST ? line : line.substring(0, MOST) + "…";
  }

  static @Nullable Badge badge(LogLine line) {
    boolean hasFailed =
        line.platform().equals("platform.report")
            && !line.record().path("status").asText().equals("success");
    if (hasFailed) {
      return new Badge("failed", "bad");
    }
    return switch (line.json().path("level").asText("")) {
      case "ERROR", "FATAL" -> new Badge("error", "bad");
      case "WARN" -> new Badge("warning", "wait");
      default -> null;
    };
  }

  static @Nullable JsonNode json(String message) {
    try {
      JsonNode json = Json.read(message);
      return json.isContainerNode() ? json : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
