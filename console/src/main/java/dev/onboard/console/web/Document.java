package dev.onboard.console.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A body of any type: a file, a download, a mail's HTML.
 *
 * @param headers its own; they come in place of those that every answer has
 */
public record Document(int status, Map<String, String> headers, byte[] body) implements Payload {
  static Document html(int status, String html) {
    return new Document(
        status,
        Map.of("Content-Type", "text/html; charset=utf-8", "Vary", "Accept, HX-Request"),
        html.getBytes(StandardCharsets.UTF_8));
  }

  public static Document of(String contentType, String text) {
    return new Document(
        200, Map.of("Content-Type", contentType), text.getBytes(StandardCharsets.UTF_8));
  }
}
