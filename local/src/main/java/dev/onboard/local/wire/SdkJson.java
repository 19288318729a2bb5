package dev.onboard.local.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.DefaultValueTrait;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * SDK model objects as JSON, driven by the SDK's own field metadata.
 *
 * <p>Used twice: on the wire, where only the members of the payload are in the JSON, and by rooms
 * that keep model objects in the store, where every member is.
 */
public final class SdkJson {
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(256 << 20).build())
          .build();

  private SdkJson() {}

  /** The whole object, as {@link #read} takes it. */
  public static String write(SdkPojo pojo) {
    var text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      object(json, pojo, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * The object that was {@link #write written}.
   *
   * @param type a class of the SDK's model, such as {@code Rule.class}
   */
  public static <T extends SdkPojo> T read(Class<T> type, String json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      return type.cast(object(parser, Pojos.builder(type)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another class of the model with the same members, such as a response made of what it tells. */
  public static <T extends SdkPojo> T as(Class<T> type, SdkPojo pojo) {
    return read(type, write(pojo));
  }

  /** The payload members alone, as the wire has them. */
  static byte[] payload(SdkPojo pojo) {
    var bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      object(json, pojo, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Sets the members of a builder that a JSON object names; an empty input sets none. */
  static void readInto(SdkPojo builder, InputStream body) throws IOException {
    try (JsonParser parser = FACTORY.createParser(body)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return;
      }
      expect(parser, JsonToken.START_OBJECT, "an object");
      fields(parser, builder);
      if (parser.nextToken() != null) {
        throw new IOException("there is something after the JSON object");
      }
    }
  }

  /** The members of an error, which is an object of the model where its class says so. */
  static void members(JsonGenerator json, Object error, Predicate<String> which)
      throws IOException {
    if (error instanceof SdkPojo pojo) {
      for (SdkField<?> field : pojo.sdkFields()) {
        Object value = field.getValueOrDefault(pojo);
        if (value != null
            && !(value instanceof SdkAutoConstructList)
            && !(value instanceof SdkAutoConstructMap)
            && which.test(field.locationName())) {
          json.writeFieldName(field.locationName());
          value(json, field, value, true);
        }
      }
    }
  }

  static void object(JsonGenerator json, SdkPojo pojo, boolean payloadOnly) throws IOException {
    json.writeStartObject();
    for (SdkField<?> field : pojo.sdkFields()) {
      if (payloadOnly && field.location() != MarshallLocation.PAYLOAD) {
        continue;
      }
      Object value = payloadOnly ? field.getValueOrDefault(pojo) : value(field, pojo);
      if (value == null
          || value instanceof SdkAutoConstructList
          || value instanceof SdkAutoConstructMap) {
        continue;
      }
      json.writeFieldName(field.locationName());
      value(json, field, value, payloadOnly);
    }
    json.writeEndObject();
  }

  /** What was set; the SDK makes up a token where one is to be given and is not. */
  private static @Nullable Object value(SdkField<?> field, SdkPojo pojo) {
    if (field.containsTrait(DefaultValueTrait.class) && pojo instanceof SdkRequest request) {
      return request.getValueForField(field.memberName(), Object.class).orElse(null);
    }
    return field.getValueOrDefault(pojo);
  }

  private static void value(
      JsonGenerator json, SdkField<?> field, @Nullable Object value, boolean payloadOnly)
      throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case String s -> json.writeString(s);
      case Boolean b -> json.writeBoolean(b);
      case Integer n -> json.writeNumber(n);
      case Long n -> json.writeNumber(n);
      case Short n -> json.writeNumber(n);
      case Double n -> json.writeNumber(n);
      case Float n -> json.writeNumber(n);
      case BigDecimal n -> json.writeNumber(n);
      case Instant t -> Timestamps.json(json, field, t);
      case SdkBytes b ->
          json.writeString(Base64.getEncoder().encodeToString(b.asByteArrayUnsafe()));
      case List<?> list -> {
        SdkField<?> member = Pojos.member(field);
        json.writeStartArray();
        for (Object element : list) {
          value(json, member, element, payloadOnly);
        }
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
        json.writeStartObject();
        for (var entry : map.entrySet()) {
          json.writeFieldName(entry.getKey().toString());
          value(json, member, entry.getValue(), payloadOnly);
        }
        json.writeEndObject();
      }
      case SdkPojo pojo -> object(json, pojo, payloadOnly);
      case Document document -> Documents.write(json, document);
      default -> throw new IllegalStateException("no JSON for " + value.getClass());
    }
  }

  static Object object(JsonParser parser, SdkPojo builder) throws IOException {
    expect(parser, JsonToken.START_OBJECT, "an object");
    fields(parser, builder);
    return ((Buildable) builder).build();
  }

  private static void fields(JsonParser parser, SdkPojo builder) throws IOException {
    Map<String, SdkField<?>> byName = Pojos.fields(builder);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      SdkField<?> field = byName.get(parser.currentName());
      parser.nextToken();
      if (field == null) {
        parser.skipChildren();
      } else {
        Object value = value(parser, field);
        if (value != null) {
          field.set(builder, value);
        }
      }
    }
  }

  private static @Nullable Object value(JsonParser parser, SdkField<?> field) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.LIST) {
      expect(parser, JsonToken.START_ARRAY, "a list");
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      var list = new ArrayList<@Nullable Object>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        list.add(value(parser, member));
      }
      return list;
    } else if (type == MarshallingType.MAP) {
      expect(parser, JsonToken.START_OBJECT, "a map");
      SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
      var map = new LinkedHashMap<String, @Nullable Object>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        parser.nextToken();
        map.put(key, value(parser, member));
      }
      return map;
    } else if (type == MarshallingType.SDK_POJO) {
      return object(parser, field.constructor().get());
    } else if (type == MarshallingType.DOCUMENT) {
      return Documents.read(parser);
    }
    return scalar(parser, field);
  }

  private static Object scalar(JsonParser parser, SdkField<?> field) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null || !token.isScalarValue()) {
      throw new IOException(field.locationName() + " must not be a structure");
    }
    if (field.marshallingType() == MarshallingType.BOOLEAN && !token.isBoolean()) {
      throw new IOException(field.locationName() + " must be true or false");
    }
    if (field.marshallingType() == MarshallingType.STRING && token != JsonToken.VALUE_STRING) {
      throw new IOException(field.locationName() + " must be a string");
    }
    return Scalars.parse(field, parser.getText(), token.isNumeric());
  }

  private static void expect(JsonParser parser, JsonToken token, String what) throws IOException {
    if (parser.currentToken() != token) {
      String name = parser.currentName();
      throw new IOException((name == null ? "the body" : name) + " must be " + what);
    }
  }
}
