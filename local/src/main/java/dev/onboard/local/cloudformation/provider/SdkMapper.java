package dev.onboard.local.cloudformation.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Fills SDK requests from properties, member by member by the SDK's own metadata; names are
 * compared without regard to case, which is all in which most templates and APIs differ.
 */
final class SdkMapper {
  private static final Map<Class<?>, Map<String, SdkField<?>>> FIELDS = new ConcurrentHashMap<>();

  private SdkMapper() {}

  /** Sets the members that the values name; each must be one that the request has. */
  static <B extends SdkPojo> B fill(B builder, ObjectNode values) {
    Map<String, SdkField<?>> fields =
        FIELDS.computeIfAbsent(builder.getClass(), c -> byName(builder));
    for (var entry : values.properties()) {
      SdkField<?> field = fields.get(entry.getKey().toLowerCase(Locale.ROOT));
      if (field == null) {
        throw new IllegalStateException(
            builder.getClass().getName() + " has no member for " + entry.getKey());
      }
      field.set(builder, value(entry.getValue(), field));
    }
    return builder;
  }

  private static Map<String, SdkField<?>> byName(SdkPojo builder) {
    var fields = new LinkedHashMap<String, SdkField<?>>();
    builder.sdkFields().forEach(f -> fields.put(f.memberName().toLowerCase(Locale.ROOT), f));
    return fields;
  }

  private static Object value(JsonNode value, SdkField<?> field) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.LIST) {
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      var list = new ArrayList<Object>();
      value.forEach(v -> list.add(value(v, member)));
      return list;
    } else if (type == MarshallingType.MAP) {
      SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
      var map = new LinkedHashMap<String, Object>();
      value.properties().forEach(e -> map.put(e.getKey(), value(e.getValue(), member)));
      return map;
    } else if (type == MarshallingType.SDK_POJO) {
      return ((Buildable) fill(field.constructor().get(), (ObjectNode) value)).build();
    } else if (type == MarshallingType.STRING) {
      return value.isContainerNode() ? value.toString() : value.asText();
    }
    return scalar(value, type);
  }

  private static Object scalar(JsonNode value, MarshallingType<?> type) {
    if (type == MarshallingType.BOOLEAN) {
      return value.asBoolean();
    } else if (type == MarshallingType.INTEGER) {
      return new BigDecimal(value.asText()).intValueExact();
    } else if (type == MarshallingType.LONG) {
      return new BigDecimal(value.asText()).longValueExact();
    } else if (type == MarshallingType.DOUBLE) {
      return Double.valueOf(value.asText());
    } else if (type == MarshallingType.FLOAT) {
      return Float.valueOf(value.asText());
    } else if (type == MarshallingType.INSTANT) {
      return Instant.parse(value.asText());
    } else if (type == MarshallingType.SDK_BYTES) {
      return SdkBytes.fromByteArray(Base64.getDecoder().decode(value.asText()));
    }
    throw new IllegalStateException("no property for " + type.getTargetClass());
  }
}
