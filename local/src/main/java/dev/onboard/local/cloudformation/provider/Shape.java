package dev.onboard.local.cloudformation.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * What the value of a property may be.
 *
 * <p>A value that fits comes back in one canonical form (a number is a number however the template
 * spelt it), so that two values can be compared; what does not fit is added to the problems in
 * AWS's words, with its path.
 */
public sealed interface Shape {

  /** The value in canonical form, or as it is with a problem added. */
  JsonNode normalise(JsonNode value, String path, List<String> problems);

  /** The kinds of a single value. */
  enum Kind {
    STRING("String"),
    INTEGER("Integer"),
    NUMBER("Number"),
    BOOLEAN("Boolean");

    private final String title;

    Kind(String title) {
      this.title = title;
    }
  }

  /** A single value. */
  record Scalar(Kind kind) implements Shape {
    @Override
    public JsonNode normalise(JsonNode value, String path, List<String> problems) {
      if (value.isContainerNode()) {
        return mismatch(value, kind.title, path, problems);
      }
      String text = value.asText();
      if (Unknown.in(text)) {
        return value;
      }
      try {
        return switch (kind) {
          case STRING -> TextNode.valueOf(text);
          case INTEGER -> LongNode.valueOf(new BigDecimal(text).longValueExact());
          case NUMBER -> number(new BigDecimal(text).stripTrailingZeros());
          case BOOLEAN -> bool(text);
        };
      } catch (ArithmeticException | IllegalArgumentException e) {
        return mismatch(value, kind.title, path, problems);
      }
    }

    private static JsonNode number(BigDecimal number) {
      return number.scale() <= 0
          ? LongNode.valueOf(number.longValueExact())
          : DecimalNode.valueOf(number);
    }

    private static BooleanNode bool(String text) {
      return switch (text.toLowerCase(java.util.Locale.ROOT)) {
        case "true" -> BooleanNode.TRUE;
        case "false" -> BooleanNode.FALSE;
        default -> throw new IllegalArgumentException(text);
      };
    }
  }

  /** Any JSON: an object, or the text of one. */
  record Json() implements Shape {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public JsonNode normalise(JsonNode value, String path, List<String> problems) {
      if (!value.isTextual() || Unknown.in(value)) {
        return value.isContainerNode() || value.isTextual()
            ? value
            : mismatch(value, "JSONObject", path, problems);
      }
      try {
        JsonNode parsed = MAPPER.readTree(value.textValue());
        return parsed.isContainerNode() ? parsed : mismatch(value, "JSONObject", path, problems);
      } catch (JsonProcessingException e) {
        return mismatch(value, "JSONObject", path, problems);
      }
    }
  }

  /** A list of values of one shape. */
  record ListOf(Shape member) implements Shape {
    @Override
    public JsonNode normalise(JsonNode value, String path, List<String> problems) {
      if (!value.isArray()) {
        return Unknown.in(value) && value.isTextual()
            ? value
            : mismatch(value, "JSONArray", path, problems);
      }
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < value.size(); i++) {
        list.add(member.normalise(value.get(i), path + "/" + i, problems));
      }
      return list;
    }
  }

  /** Values of one shape under keys of the user's. */
  record MapOf(Shape member) implements Shape {
    @Override
    public JsonNode normalise(JsonNode value, String path, List<String> problems) {
      if (!value.isObject()) {
        return mismatch(value, "JSONObject", path, problems);
      }
      ObjectNode map = JsonNodeFactory.instance.objectNode();
      value
          .properties()
          .forEach(e ->
              map.set(
                  e.getKey(), member.normalise(e.getValue(), path + "/" + e.getKey(), problems)));
      return map;
    }
  }

  /** Named members; others are not permitted. */
  record Structure(Map<String, Member> members) implements Shape {
    @Override
    public ObjectNode normalise(JsonNode value, String path, List<String> problems) {
      ObjectNode structure = JsonNodeFactory.instance.objectNode();
      if (!value.isObject()) {
        mismatch(value, "JSONObject", path, problems);
        return structure;
      }
      for (var entry : value.properties()) {
        Member member = members.get(entry.getKey());
        if (member == null) {
          problems.add(path + ": extraneous key [" + entry.getKey() + "] is not permitted");
        } else {
          structure.set(
              entry.getKey(),
              member.shape().normalise(entry.getValue(), path + "/" + entry.getKey(), problems));
        }
      }
      members.forEach((name, member) -> {
        if (member.required() && !value.has(name)) {
          problems.add(path + ": required key [" + name + "] not found");
        }
      });
      return structure;
    }

    /** The member that names the resource, if the user may name it. */
    public @Nullable String nameMember() {
      return members.entrySet().stream()
          .filter(e -> e.getValue().name())
          .map(Map.Entry::getKey)
          .findFirst()
          .orElse(null);
    }

    /** Whether a change from one value to the other cannot be made in place. */
    public boolean replaces(JsonNode before, JsonNode after) {
      for (var entry : members.entrySet()) {
        JsonNode old = before.path(entry.getKey());
        JsonNode now = after.path(entry.getKey());
        if (old.equals(now)) {
          continue;
        }
        if (entry.getValue().replaces()
            || (entry.getValue().shape() instanceof Structure inner && inner.replaces(old, now))) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * A member of a structure.
   *
   * @param required whether it must be there
   * @param replaces whether a change of it replaces the resource
   * @param name whether it is the resource's own name
   */
  record Member(Shape shape, boolean required, boolean replaces, boolean name) {}

  /**
   * The shape of a class of the SDK's model, for types whose properties are spelt as its members.
   *
   * @param required the members that must be there; the SDK does not know
   */
  record Model(Supplier<? extends SdkPojo> builder, List<String> required) implements Shape {
    Model(Supplier<? extends SdkPojo> builder, String... required) {
      this(builder, List.of(required));
    }

    @Override
    public JsonNode normalise(JsonNode value, String path, List<String> problems) {
      return structure().normalise(value, path, problems);
    }

    private Structure structure() {
      var members = new LinkedHashMap<String, Member>();
      for (SdkField<?> field : builder.get().sdkFields()) {
        String name = field.memberName();
        String property = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        members.put(property, new Member(of(field), required.contains(property), false, false));
      }
      return new Structure(members);
    }

    private static Shape of(SdkField<?> field) {
      MarshallingType<?> type = field.marshallingType();
      if (type == MarshallingType.LIST) {
        return new ListOf(of(field.getTrait(ListTrait.class).memberFieldInfo()));
      } else if (type == MarshallingType.MAP) {
        return new MapOf(of(field.getTrait(MapTrait.class).valueFieldInfo()));
      } else if (type == MarshallingType.SDK_POJO) {
        return new Model(field.constructor());
      } else if (type == MarshallingType.BOOLEAN) {
        return new Scalar(Kind.BOOLEAN);
      } else if (type == MarshallingType.INTEGER || type == MarshallingType.LONG) {
        return new Scalar(Kind.INTEGER);
      } else if (type == MarshallingType.DOUBLE || type == MarshallingType.FLOAT) {
        return new Scalar(Kind.NUMBER);
      }
      return new Scalar(Kind.STRING);
    }
  }

  /** The shape of one type's own. */
  non-sealed interface Custom extends Shape {}

  private static JsonNode mismatch(
      JsonNode value, String expected, String path, List<String> problems) {
    String found =
        switch (value.getNodeType()) {
          case ARRAY -> "JSONArray";
          case OBJECT -> "JSONObject";
          case BOOLEAN -> "Boolean";
          case NUMBER -> "Number";
          default -> "String";
        };
    problems.add(path + ": expected type: " + expected + ", found: " + found);
    return value;
  }
}
