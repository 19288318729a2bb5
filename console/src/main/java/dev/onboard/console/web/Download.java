package dev.onboard.console.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * A body that is written as it is read, however large it is: a file to be kept.
 *
 * @param headers its own; they come in place of those that every answer has
 */
public record Download(Map<String, String> headers, Body body) implements Payload {

  /** What writes it. */
  @FunctionalInterface
  public interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /** A file that the browser keeps instead of showing it. */
  public static Download file(String contentType, String name, Body body) {
    return new Download(
        Map.of(
            "Content-Type",
            contentType,
            "Content-Disposition",
            "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._ -]", "_") + '"'),
        body);
  }
}
