package dev.onboard.console.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON as it is read and shown. */
public final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** A text with what follows it, or what is no text but has a meaning. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(\"(?:[^\"\\\\]|\\\\.)*+\")(\\s*:)?|\\b(?:true|false|null)\\b|-?\\d[\\d.eE+-]*");

  private Json() {}

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if it is no JSON
   */
  public static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  /** Laid out for people. */
  public static String pretty(JsonNode json) {
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A piece of JSON.
   *
   * @param kind {@code key}, {@code text}, {@code value}, or empty for what is between
   */
  public record Token(String kind, String text) {}

  /** The pieces of JSON that is laid out for people, to be coloured. */
  public static List<Token> tokens(JsonNode json) {
    String text = pretty(json);
    var tokens = new ArrayList<Token>();
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.find()) {
      tokens.add(new Token("", text.substring(end, matcher.start())));
      if (matcher.group(1) == null) {
        tokens.add(new Token("value", matcher.group()));
        end = matcher.end();
      } else {
        tokens.add(new Token(matcher.group(2) == null ? "text" : "key", matcher.group(1)));
        end = matcher.end(1);
      }
    }
    tokens.add(new Token("", text.substring(end)));
    return tokens;
  }
}
