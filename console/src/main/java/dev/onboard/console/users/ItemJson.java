package dev.onboard.console.users;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items of DynamoDB as its API writes them: {@code {"email": {"S": "ada@example.com"}}}. */
final class ItemJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ItemJson() {}

  /** An item, its attributes by their names. */
  static ObjectNode of(Map<String, AttributeValue> item) {
    ObjectNode json = NODES.objectNode();
    new TreeMap<>(item).forEach((name, value) -> json.set(name, of(value)));
    return json;
  }

  private static ObjectNode of(AttributeValue value) {
    JsonNode json =
        switch (value.type()) {
          case S -> NODES.textNode(value.s());
          case N -> NODES.textNode(value.n());
          case B -> NODES.textNode(base64(value.b()));
          case BOOL -> NODES.booleanNode(value.bool());
          case NUL -> NODES.booleanNode(value.nul());
          case SS -> texts(value.ss());
          case NS -> texts(value.ns());
          case BS -> texts(value.bs().stream().map(ItemJson::base64).toList());
          case L -> {
            ArrayNode list = NODES.arrayNode();
            value.l().forEach(v -> list.add(of(v)));
            yield list;
          }
          case M -> of(value.m());
          case UNKNOWN_TO_SDK_VERSION ->
              throw new IllegalArgumentException("no such type of attribute is known: " + value);
        };
    String type = value.type() == AttributeValue.Type.NUL ? "NULL" : value.type().name();
    return NODES.objectNode().set(type, json);
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode array = NODES.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArray());
  }
}
