package dev.onboard.local.wire;

import dev.onboard.local.call.AwsErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * AWS Query: a form whose keys are paths into the request, answered with XML.
 *
 * @param dialect the service's own names, if its model has others by now
 */
record QueryProtocol(Map<String, List<String>> form, @Nullable QueryDialect dialect)
    implements Protocol {

  /** Reads the form that the body is. */
  static QueryProtocol of(HttpCall call, @Nullable QueryDialect dialect) throws IOException {
    var form = new LinkedHashMap<>(call.query());
    form.putAll(
        HttpCall.parseQuery(new String(call.body().readAllBytes(), StandardCharsets.UTF_8)));
    return new QueryProtocol(form, dialect);
  }

  @Nullable String action() {
    List<String> values = form.get("Action");
    return values == null ? null : values.getFirst();
  }

  @Override
  public void read(Operation operation, HttpCall call, SdkPojo builder) throws IOException {
    var tree = new Node();
    for (var entry : form.entrySet()) {
      tree.at(entry.getKey().split("\\.")).text = entry.getValue().getFirst();
    }
    fill(builder, tree, new Layout(dialect, operation.name()));
  }

  private static void fill(SdkPojo builder, Node node, Layout layout) throws IOException {
    for (SdkField<?> field : builder.sdkFields()) {
      Node child = node.children.get(layout.name(field));
      if (child != null) {
        Object value = value(field, child, layout);
        if (value != null) {
          field.set(builder, value);
        }
      }
    }
  }

  private static @Nullable Object value(SdkField<?> field, Node node, Layout layout)
      throws IOException {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.SDK_POJO) {
      SdkPojo builder = field.constructor().get();
      fill(builder, node, layout);
      return ((Buildable) builder).build();
    } else if (type == MarshallingType.LIST) {
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      var list = new ArrayList<@Nullable Object>();
      for (Node element : node.elements(layout.isFlat(field) ? null : layout.element(field))) {
        list.add(value(member, element, layout));
      }
      return list;
    } else if (type == MarshallingType.MAP) {
      SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
      var map = new LinkedHashMap<String, @Nullable Object>();
      for (Node entry : node.elements(layout.isFlat(field) ? null : layout.element(field))) {
        Node key = entry.children.get(layout.key(field));
        Node value = entry.children.get(layout.value(field));
        if (key == null || key.text == null || value == null) {
          throw new IOException(layout.name(field) + " must have a key and a value an entry");
        }
        map.put(key.text, value(member, value, layout));
      }
      return map;
    }
    return node.text == null ? null : Scalars.parse(field, node.text, false);
  }

  @Override
  public void answer(Operation operation, SdkPojo response, String requestId, Outgoing out)
      throws IOException {
    String name = operation.name();
    var xml = new Xml.Writer(new Layout(dialect, name));
    xml.open(name + "Response");
    xml.open(name + "Result");
    xml.members(response);
    xml.close(name + "Result");
    xml.open("ResponseMetadata").element("RequestId", requestId).close("ResponseMetadata");
    xml.close(name + "Response");
    out.send(200, headers(requestId), xml.bytes());
  }

  @Override
  public void fail(
      AwsServiceException error, @Nullable SdkRequest request, String requestId, Outgoing out)
      throws IOException {
    var xml = new Xml.Writer();
    xml.open("ErrorResponse").open("Error");
    xml.element("Type", error.statusCode() >= 500 ? "Receiver" : "Sender");
    String code = AwsErrors.code(error);
    xml.element("Code", dialect == null ? code : dialect.code(code));
    xml.element("Message", AwsErrors.message(error));
    xml.close("Error").element("RequestId", requestId).close("ErrorResponse");
    out.send(error.statusCode(), headers(requestId), xml.bytes());
  }

  private static Map<String, String> headers(String requestId) {
    return Map.of("Content-Type", "text/xml", "x-amzn-RequestId", requestId);
  }

  /** The form's keys as a tree. */
  private static final class Node {
    private final Map<String, Node> children = new TreeMap<>();
    private @Nullable String text;

    Node at(String[] path) {
      Node node = this;
      for (String step : path) {
        node = node.children.computeIfAbsent(step, s -> new Node());
      }
      return node;
    }

    /** The numbered children, in order; botocore and the SDKs differ in the name between. */
    List<Node> elements(@Nullable String name) {
      Node holder = name == null ? this : children.getOrDefault(name, this);
      if (holder == this && name != null && children.containsKey("member")) {
        holder = children.get("member");
      }
      var byNumber = new TreeMap<Integer, Node>();
      holder.children.forEach((key, node) -> {
        if (key.chars().allMatch(Character::isDigit)) {
          byNumber.put(Integer.valueOf(key), node);
        }
      });
      return List.copyOf(byNumber.values());
    }
  }
}
