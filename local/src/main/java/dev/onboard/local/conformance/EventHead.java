package dev.onboard.local.conformance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What an event says of itself, and the text of its detail.
 *
 * @param detail the detail as it stands in the event
 */
record EventHead(String source, String detailType, String detail) {
  private static final JsonFactory FACTORY = new JsonFactory();

  static EventHead of(String event) {
    String source = "";
    String detailType = "";
    String detail = "null";
    try (JsonParser parser = FACTORY.createParser(event)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "source" -> source = parser.getText();
          case "detail-type" -> detailType = parser.getText();
          case "detail" -> {
            int from = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            detail = event.substring(from, (int) parser.currentLocation().getCharOffset());
          }
          default -> parser.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an event on a bus must be JSON", e);
    }
    return new EventHead(source, detailType, detail);
  }
}
