package dev.onboard.local.sfn.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.Timestamps;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/** SDK model objects as the JSON of tasks: members by their names with a capital first letter. */
final class SdkTree {
  private static final Map<Class<?>, Map<String, SdkField<?>>> FIELDS = new ConcurrentHashMap<>();

  private SdkTree() {}

  /** The members of a class of the model. */
  static Map<String, SdkField<?>> fields(SdkPojo pojo) {
    return FIELDS.computeIfAbsent(
        pojo.getClass(),
        c -> {
          var fields = new LinkedHashMap<String, SdkField<?>>();
          pojo.sdkFields().forEach(f -> fields.put(name(f), f));
          return fields;
        });
  }

  private static String name(SdkField<?> field) {
    String name = field.memberName();
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /**
   * Sets the members of a builder.
   *
   * @throws IllegalArgumentException naming a member that got a value of another type
   */
  static void read(SdkPojo builder, JsonNode object) {
    Map<String, SdkField<?>> fields = fields(builder);
    for (var entry : object.properties()) {
      SdkField<?> field = fields.get(entry.getKey());
      if (field != null && !entry.getValue().isNull()) {
        field.set(builder, value(field, entry.getKey(), entry.getValue()));
      }
    }
  }

  private static @Nullable Object value(SdkField<?> field, String name, JsonNode node) {
    if (node.isNull()) {
      return null;
    }
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.LIST) {
      expect(node.isArray(), name, "LIST");
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      var list = new ArrayList<@Nullable Object>(node.size());
      node.forEach(element -> list.add(value(member, name, element)));
      return list;
    } else if (type == MarshallingType.MAP) {
      expect(node.isObject(), name, "MAP");
      SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
      var map = new LinkedHashMap<String, @Nullable Object>();
      node.properties().forEach(e -> map.put(e.getKey(), value(member, e.getKey(), e.getValue())));
      return map;
    } else if (type == MarshallingType.SDK_POJO) {
      expect(node.isObject(), name, "STRUCTURE");
      SdkPojo builder = field.constructor().get();
      read(builder, node);
      return ((Buildable) builder).build();
    }
    return scalar(type, name, node);
  }

  private static Object scalar(MarshallingType<?> type, String name, JsonNode node) {
    if (type == MarshallingType.STRING) {
      // Step Functions turns structures into JSON text where a string is wanted.
      expect(node.isTextual() || node.isContainerNode(), name, "STRING");
      return node.isTextual() ? node.textValue() : Json.text(node);
    } else if (type == MarshallingType.BOOLEAN) {
      expect(node.isBoolean(), name, "BOOLEAN");
      return node.booleanValue();
    } else if (type == MarshallingType.INSTANT) {
      Instant time = node.isTextual() ? Timestamps.parse(node.textValue()) : null;
      expect(time != null || node.isNumber(), name, "TIMESTAMP");
      return time != null ? time : Instant.ofEpochMilli((long) (node.doubleValue() * 1000));
    } else if (type == MarshallingType.SDK_BYTES) {
      expect(node.isTextual(), name, "BLOB");
      return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(node.textValue()));
    }
    expect(node.isNumber(), name, "NUMBER");
    if (type == MarshallingType.INTEGER) {
      return node.intValue();
    } else if (type == MarshallingType.LONG) {
      return node.longValue();
    } else if (type == MarshallingType.DOUBLE) {
      return node.doubleValue();
    } else if (type == MarshallingType.FLOAT) {
      return node.floatValue();
    } else if (type == MarshallingType.SHORT) {
      return node.shortValue();
    } else if (type == MarshallingType.BIG_DECIMAL) {
      return node.decimalValue();
    }
    throw new IllegalArgumentException("The value for the field '" + name + "' is not supported");
  }

  private static void expect(boolean condition, String name, String type) {
    if (!condition) {
      throw new IllegalArgumentException(
          "The value for the field '" + name + "' must be a " + type);
    }
  }

  /** The tree of an object: the members that are set. */
  static ObjectNode write(SdkPojo pojo) {
    ObjectNode object = Json.object();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value != null
          && !(value instanceof SdkAutoConstructList)
          && !(value instanceof SdkAutoConstructMap)) {
        object.set(name(field), tree(value));
      }
    }
    return object;
  }

  private static JsonNode tree(@Nullable Object value) {
    return switch (value) {
      case null -> Json.NODES.nullNode();
      case String s -> Json.NODES.textNode(s);
      case Boolean b -> Json.NODES.booleanNode(b);
      case Integer n -> Json.NODES.numberNode(n);
      case Long n -> Json.NODES.numberNode(n);
      case Short n -> Json.NODES.numberNode(n);
      case Double n -> Json.NODES.numberNode(n);
      case Float n -> Json.NODES.numberNode(n);
      case BigDecimal n -> Json.NODES.numberNode(n);
      case Instant t -> Json.NODES.textNode(Timestamps.format(t));
      case SdkBytes b ->
          Json.NODES.textNode(Base64.getEncoder().encodeToString(b.asByteArrayUnsafe()));
      case List<?> list -> {
        ArrayNode array = Json.array();
        list.forEach(element -> array.add(tree(element)));
        yield array;
      }
      case Map<?, ?> map -> {
        ObjectNode object = Json.object();
        map.forEach((k, v) -> object.set(String.valueOf(k), tree(v)));
        yield object;
      }
      case SdkPojo pojo -> write(pojo);
      default -> throw new IllegalStateException("no JSON for " + value.getClass());
    };
  }
}
