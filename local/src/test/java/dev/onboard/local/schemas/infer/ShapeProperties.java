package dev.onboard.local.schemas.infer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.onboard.local.schemas.Draft4;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/** What is told from events holds for each of them, and comes to rest. */
class ShapeProperties {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Property(tries = 300)
  void everyEventFits_whatWasToldFromAll(
      @ForAll @Size(min = 1, max = 5) List<@From("details") JsonNode> details) {
    List<JsonNode> events = details.stream().map(ShapeProperties::event).toList();
    Shape shape = events.stream().map(Shape::of).reduce(Shape::with).orElseThrow();
    assertThat(events).allMatch(shape::fits);
  }

  @Property(tries = 300)
  void document_isReadAgainAndStaysTheSame(
      @ForAll @Size(min = 1, max = 5) List<@From("details") JsonNode> details) {
    Shape shape = details.stream().map(d -> Shape.of(event(d))).reduce(Shape::with).orElseThrow();
    String document = InferredSchema.ofEvents(shape, "a", "b");
    Shape read = InferredSchema.read(document);
    for (JsonNode detail : details) {
      String again = InferredSchema.ofEvents(read.with(Shape.of(event(detail))), "a", "b");
      assertThat(again).isEqualTo(document);
    }
  }

  @Property(tries = 100)
  void everyEvent_isValidUnderTheExportedSchema(
      @ForAll @Size(min = 1, max = 4) List<@From("details") JsonNode> details) throws Exception {
    List<JsonNode> events = details.stream().map(ShapeProperties::event).toList();
    Shape shape = events.stream().map(Shape::of).reduce(Shape::with).orElseThrow();
    String draft4 = Draft4.of(InferredSchema.ofEvents(shape, "a", "b"));
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
            .getSchema(draft4, InputFormat.JSON);
    for (JsonNode event : events) {
      assertThat(schema.validate(new ObjectMapper().writeValueAsString(event), InputFormat.JSON))
          .as(draft4)
          .isEmpty();
    }
  }

  private static JsonNode event(JsonNode detail) {
    ObjectNode event = NODES.objectNode().put("source", "a").put("detail-type", "b");
    event.set("detail", detail);
    return event;
  }

  @Provide
  Arbitrary<JsonNode> details() {
    return object(values(3));
  }

  private static Arbitrary<JsonNode> values(int depth) {
    Arbitrary<JsonNode> scalars =
        Arbitraries.of(
            NODES.textNode("a"),
            NODES.textNode("2026-01-01T00:00:00Z"),
            NODES.numberNode(1),
            NODES.numberNode(1.5),
            NODES.booleanNode(true),
            NODES.nullNode());
    if (depth == 0) {
      return scalars;
    }
    Arbitrary<JsonNode> inner = values(depth - 1);
    return Arbitraries.frequencyOf(
        Tuple.of(4, scalars),
        Tuple.of(1, object(inner)),
        Tuple.of(1, inner.list().ofMaxSize(3).map(l -> NODES.arrayNode().addAll(l))));
  }

  private static Arbitrary<JsonNode> object(Arbitrary<JsonNode> inner) {
    return Arbitraries.maps(Arbitraries.of("a", "b", "B", "b-c"), inner)
        .ofMaxSize(4)
        .map(fields -> NODES.objectNode().setAll(fields));
  }
}
