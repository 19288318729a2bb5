package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.sfn.asl.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The elements of a JSON array, or the values of a JSON object, in a file. */
final class JsonItems implements ItemSource {
  private final JsonParser parser;
  private final JsonToken end;

  JsonItems(InputStream file) throws IOException {
    this.parser = Json.MAPPER.getFactory().createParser(file);
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_ARRAY) {
      end = JsonToken.END_ARRAY;
    } else if (first == JsonToken.START_OBJECT) {
      end = JsonToken.END_OBJECT;
    } else {
      throw new IOException("The JSON file must hold an array or an object");
    }
  }

  @Override
  public @Nullable JsonNode next() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == end) {
      return null;
    }
    if (token == JsonToken.FIELD_NAME) {
      parser.nextToken();
    }
    return Json.MAPPER
        .reader()
        .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .readTree(parser);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  /** One JSON value a line. */
  static ItemSource lines(InputStream file) {
    var reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8), 1 << 16);
    return new ItemSource() {
      @Override
      public @Nullable JsonNode next() throws IOException {
        String line = reader.readLine();
        while (line != null && line.isBlank()) {
          line = reader.readLine();
        }
        return line == null ? null : Json.parse(line);
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }
    };
  }
}
