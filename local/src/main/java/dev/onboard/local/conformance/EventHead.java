package dev.onboard.local.conformance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What an event says of itself before its detail, which few ask for.
 *
 * @param event the whole event
 * @param detailFrom where its detail begins, the length of the event if it has none
 */
record EventHead(String source, String detailType, String event, int detailFrom) {
  private static final JsonFactory FACTORY = new JsonFactory();

  static EventHead of(String event) {
    String source = "";
    String detailType = "";
    try (JsonParser parser = FACTORY.createParser(event)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "source" -> source = parser.getText();
          case "detail-type" -> detailType = parser.getText();
          case "detail" -> {
            // A bus writes it last.
            int from = (int) parser.currentTokenLocation().getCharOffset();
            return new EventHead(source, detailType, event, from);
          }
          default -> parser.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an event on a bus must be JSON", e);
    }
    return new EventHead(source, detailType, event, event.length());
  }

  /** The text of the detail. */
  String detail() {
    return detailFrom == event.length() ? "null" : event.substring(detailFrom, event.length() - 1);
  }
}
