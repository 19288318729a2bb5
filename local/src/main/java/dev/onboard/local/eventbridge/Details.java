package dev.onboard.local.eventbridge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** JSON texts that are passed on as they are, but for the white space around their tokens. */
final class Details {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Limits.REQUEST_BYTES)
                  .maxNumberLength(10_000)
                  .build())
          .build();

  private Details() {}

  /** The object that a text is, without white space between tokens; null if it is none. */
  static @Nullable String object(String text) {
    return isJson(text, JsonToken.START_OBJECT) ? compact(text) : null;
  }

  /** Whether a text is one JSON value. */
  static boolean isJson(String text) {
    return isJson(text, null);
  }

  private static boolean isJson(String text, @Nullable JsonToken first) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonToken token = parser.nextToken();
      if (token == null || (first != null && token != first)) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static String compact(String json) {
    int blank = blank(json);
    if (blank < 0) {
      return json;
    }
    var text = new StringBuilder(json.length()).append(json, 0, blank);
    boolean quoted = false;
    for (int i = blank; i < json.length(); i++) {
      char c = json.charAt(i);
      if (quoted) {
        text.append(c);
        if (c == '\\') {
          text.append(json.charAt(++i));
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c > ' ') {
        text.append(c);
        quoted = c == '"';
      }
    }
    return text.toString();
  }

  /** Where the first white space between tokens is, or -1. */
  private static int blank(String json) {
    boolean quoted = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted) {
        i += c == '\\' ? 1 : 0;
      } else if (c <= ' ') {
        return i;
      }
    }
    return -1;
  }
}
