package dev.onboard.local.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import software.amazon.awssdk.core.document.Document;

/** Members whose type is any JSON. */
final class Documents {
  private Documents() {}

  static void write(JsonGenerator json, Document document) throws IOException {
    if (document.isNull()) {
      json.writeNull();
    } else if (document.isBoolean()) {
      json.writeBoolean(document.asBoolean());
    } else if (document.isNumber()) {
      json.writeNumber(document.asNumber().bigDecimalValue());
    } else if (document.isString()) {
      json.writeString(document.asString());
    } else if (document.isList()) {
      json.writeStartArray();
      for (Document element : document.asList()) {
        write(json, element);
      }
      json.writeEndArray();
    } else {
      json.writeStartObject();
      for (var entry : document.asMap().entrySet()) {
        json.writeFieldName(entry.getKey());
        write(json, entry.getValue());
      }
      json.writeEndObject();
    }
  }

  static Document read(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> Document.fromNull();
      case VALUE_TRUE -> Document.fromBoolean(true);
      case VALUE_FALSE -> Document.fromBoolean(false);
      case VALUE_STRING -> Document.fromString(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Document.fromNumber(parser.getDecimalValue());
      case START_ARRAY -> {
        var list = new ArrayList<Document>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(read(parser));
        }
        yield Document.fromList(list);
      }
      case START_OBJECT -> {
        var map = new LinkedHashMap<String, Document>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String key = parser.currentName();
          parser.nextToken();
          map.put(key, read(parser));
        }
        yield Document.fromMap(map);
      }
      default -> throw new IOException("no JSON value at " + parser.currentLocation());
    };
  }
}
