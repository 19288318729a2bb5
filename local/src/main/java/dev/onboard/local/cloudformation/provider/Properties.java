package dev.onboard.local.cloudformation.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** The properties of a resource, or of a part of one, in canonical form; never changed in place. */
public final class Properties {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  static final Properties NONE = new Properties(JsonNodeFactory.instance.objectNode());

  private final ObjectNode node;

  public Properties(ObjectNode node) {
    this.node = node;
  }

  boolean has(String name) {
    return node.has(name);
  }

  boolean isEmpty() {
    return node.isEmpty();
  }

  JsonNode get(String name) {
    return node.path(name);
  }

  String text(String name) {
    String text = textOrNull(name);
    if (text == null) {
      throw new IllegalStateException("property " + name + " must be there");
    }
    return text;
  }

  /** A single value as text, JSON as its compact text. */
  @Nullable String textOrNull(String name) {
    JsonNode value = node.get(name);
    return value == null ? null : value.isContainerNode() ? value.toString() : value.asText();
  }

  String text(String name, String otherwise) {
    String text = textOrNull(name);
    return text == null ? otherwise : text;
  }

  List<String> texts(String name) {
    var texts = new ArrayList<String>();
    node.path(name).forEach(v -> texts.add(v.asText()));
    return texts;
  }

  /** The structure under a name, empty if there is none. */
  Properties in(String name) {
    return node.path(name) instanceof ObjectNode inner ? new Properties(inner) : NONE;
  }

  /** The structures of the list under a name. */
  List<Properties> each(String name) {
    var list = new ArrayList<Properties>();
    node.path(name).forEach(v -> list.add(new Properties((ObjectNode) v)));
    return list;
  }

  /** The tags under {@code Tags}. */
  Map<String, String> tags() {
    var tags = new LinkedHashMap<String, String>();
    each("Tags").forEach(t -> tags.put(t.text("Key"), t.text("Value", "")));
    return tags;
  }

  Properties only(String... names) {
    ObjectNode some = JsonNodeFactory.instance.objectNode();
    List<String> wanted = Arrays.asList(names);
    node.properties().stream()
        .filter(e -> wanted.contains(e.getKey()))
        .forEach(e -> some.set(e.getKey(), e.getValue()));
    return new Properties(some);
  }

  Properties without(String... names) {
    ObjectNode some = JsonNodeFactory.instance.objectNode();
    some.setAll(node);
    some.remove(Arrays.asList(names));
    return new Properties(some);
  }

  Properties with(String name, @Nullable String value) {
    return value == null ? this : with(name, TextNode.valueOf(value));
  }

  Properties with(String name, JsonNode value) {
    ObjectNode more = JsonNodeFactory.instance.objectNode();
    more.setAll(node);
    more.set(name, value);
    return new Properties(more);
  }

  Properties renamed(String from, String to) {
    JsonNode value = node.get(from);
    return value == null ? this : without(from).with(to, value);
  }

  /** Puts what is meant by the absence of a property where it was and is no longer. */
  Properties resetting(Properties before, String defaults) {
    Properties result = this;
    for (var entry : json(defaults).node.properties()) {
      if (before.has(entry.getKey()) && !has(entry.getKey())) {
        result = result.with(entry.getKey(), entry.getValue());
      }
    }
    return result;
  }

  /** Whether any of these properties differs. */
  boolean differsFrom(Properties other, String... names) {
    return Arrays.stream(names).anyMatch(n -> !get(n).equals(other.get(n)));
  }

  /** Fills an SDK request. */
  <B extends SdkPojo> B into(B builder) {
    return SdkMapper.fill(builder, node);
  }

  static Properties json(String text) {
    try {
      return new Properties((ObjectNode) MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  ObjectNode node() {
    return node;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Properties p && node.equals(p.node);
  }

  @Override
  public int hashCode() {
    return node.hashCode();
  }

  @Override
  public String toString() {
    return node.toString();
  }
}
