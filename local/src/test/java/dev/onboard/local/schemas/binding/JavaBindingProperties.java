package dev.onboard.local.schemas.binding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** For any schema the records compile, and an event comes out as it went in. */
class JavaBindingProperties {
  private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .setNodeFactory(NODES);

  @Property(tries = 25, shrinking = ShrinkingMode.OFF)
  void event_comesOutAsItWentIn_withoutWhatTheSchemaDoesNotKnow(
      @ForAll("objects") Tuple2<ObjectNode, JsonNode> schemaAndEvent) throws Exception {
    ObjectNode schema = schemaAndEvent.get1();
    schema.put("title", "Thing");
    ObjectNode event = schemaAndEvent.get2().deepCopy();
    Compiled binding = Compiled.of(JavaBinding.of("acme.shop@Thing-v1", schema.toString()));
    event.put("unknown to the schema", 1);
    JsonNode written = JSON.readTree(binding.write(binding.read("Thing", event.toString())));
    assertThat(exact(written)).isEqualTo(exact(schemaAndEvent.get2()));
  }

  /** Numbers by their value alone. */
  private static JsonNode exact(JsonNode node) throws Exception {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = NODES.objectNode();
      for (var field : object.properties()) {
        copy.set(field.getKey(), exact(field.getValue()));
      }
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = NODES.arrayNode();
      for (JsonNode element : array) {
        copy.add(exact(element));
      }
      return copy;
    }
    return node.isNumber()
        ? NODES.textNode(node.decimalValue().stripTrailingZeros().toPlainString())
        : node;
  }

  @Provide
  Arbitrary<Tuple2<ObjectNode, JsonNode>> objects() {
    return object(values(3));
  }

  private Arbitrary<Tuple2<ObjectNode, JsonNode>> values(int depth) {
    Arbitrary<Tuple2<ObjectNode, JsonNode>> scalars =
        Arbitraries.oneOf(
            Arbitraries.strings()
                .ofMaxLength(5)
                .map(s -> Tuple.of(type("string"), NODES.textNode(s))),
            Arbitraries.longs().map(n -> Tuple.of(type("integer"), NODES.numberNode(n))),
            Arbitraries.bigDecimals()
                .between(new BigDecimal("-1e9"), new BigDecimal("1e9"))
                .ofScale(4)
                .map(n -> Tuple.of(type("number"), NODES.numberNode(n))),
            Arbitraries.of(true, false).map(b -> Tuple.of(type("boolean"), NODES.booleanNode(b))),
            Arbitraries.of(true, false)
                .map(b ->
                    Tuple.of(NODES.objectNode(), b ? NODES.textNode("x") : NODES.numberNode(7))));
    if (depth == 0) {
      return scalars;
    }
    Arbitrary<Tuple2<ObjectNode, JsonNode>> inner = values(depth - 1);
    return Arbitraries.frequencyOf(
        Tuple.of(4, scalars),
        Tuple.of(1, object(inner)),
        Tuple.of(
            1,
            inner.map(t -> {
              ObjectNode schema = type("array");
              schema.set("items", t.get1());
              return Tuple.of(schema, (JsonNode) NODES.arrayNode().add(t.get2()).add(t.get2()));
            })));
  }

  private Arbitrary<Tuple2<ObjectNode, JsonNode>> object(
      Arbitrary<Tuple2<ObjectNode, JsonNode>> inner) {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of(
                "a",
                "A",
                "class",
                "record",
                "toString",
                "getClass",
                "hashCode",
                "x-y",
                "x_y",
                "1st",
                "_",
                "\u00e9t\u00e9",
                "\"\\u000a\n",
                "List",
                "String",
                "T",
                "JsonProperty"),
            Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(4));
    return Arbitraries.maps(names, Field.optional(inner))
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(fields -> {
          ObjectNode schema = type("object");
          ObjectNode value = NODES.objectNode();
          fields.forEach((name, field) -> {
            schema.withObjectProperty("properties").set(name, field.schema());
            if (field.present()) {
              value.set(name, field.value());
            }
          });
          return Tuple.of(schema, value);
        });
  }

  private static ObjectNode type(String type) {
    return NODES.objectNode().put("type", type);
  }

  /** A field of which the event may have no value. */
  private record Field(ObjectNode schema, JsonNode value, boolean present) {
    static Arbitrary<Field> optional(Arbitrary<Tuple2<ObjectNode, JsonNode>> inner) {
      return inner.flatMap(
          t -> Arbitraries.of(true, true, false).map(p -> new Field(t.get1(), t.get2(), p)));
    }
  }
}
