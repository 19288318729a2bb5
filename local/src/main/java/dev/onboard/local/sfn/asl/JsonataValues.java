package dev.onboard.local.sfn.asl;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON trees as the maps and lists that JSONata works on, and back. */
final class JsonataValues {
  private JsonataValues() {}

  /** The value as JSONata takes it; JSON's null is JSONata's mark for it. */
  static Object from(JsonNode node) {
    Object value = plain(node);
    return value == null ? Jsonata.NULL_VALUE : value;
  }

  private static @Nullable Object plain(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        node.properties().forEach(e -> map.put(e.getKey(), plain(e.getValue())));
        yield map;
      }
      case ARRAY -> {
        var list = new ArrayList<@Nullable Object>(node.size());
        node.forEach(element -> list.add(plain(element)));
        yield list;
      }
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> node.numberValue();
      default -> null;
    };
  }

  /**
   * The tree of a value that JSONata gave.
   *
   * @return {@code null} if the value is none that JSON has, such as a function
   */
  static @Nullable JsonNode tree(@Nullable Object value) {
    if (value == null || value == Jsonata.NULL_VALUE) {
      return Json.NODES.nullNode();
    }
    return switch (value) {
      case String s -> Json.NODES.textNode(s);
      case Boolean b -> Json.NODES.booleanNode(b);
      case Integer n -> Json.NODES.numberNode(n);
      case Long n -> Json.NODES.numberNode(n);
      case BigInteger n -> Json.NODES.numberNode(n);
      case BigDecimal n -> Json.NODES.numberNode(n);
      case Number n -> number(n.doubleValue());
      case Map<?, ?> map -> object(map);
      case List<?> list -> array(list);
      default -> null;
    };
  }

  private static JsonNode number(double n) {
    return n == Math.rint(n) && Math.abs(n) < 1e15
        ? Json.NODES.numberNode((long) n)
        : Json.NODES.numberNode(n);
  }

  private static @Nullable JsonNode object(Map<?, ?> map) {
    ObjectNode object = Json.object();
    for (var entry : map.entrySet()) {
      JsonNode value = tree(entry.getValue());
      if (value == null) {
        return null;
      }
      object.set(String.valueOf(entry.getKey()), value);
    }
    return object;
  }

  private static @Nullable JsonNode array(List<?> list) {
    ArrayNode array = Json.NODES.arrayNode(list.size());
    for (Object element : list) {
      JsonNode value = tree(element);
      if (value == null) {
        return null;
      }
      array.add(value);
    }
    return array;
  }
}
