package dev.onboard.console.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.onboard.console.schema.Change.Effect;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pairs of versions, what is told of them, and whom it breaks. */
class ComparisonTest {
  private static final String OPEN =
      """
      {"type": "object", "required": ["id"], "properties": {
        "id": {"type": "string"}, "size": {"type": "integer"}}}\
      """;

  static Stream<Arguments> changes() {
    return Stream.of(
        arguments(
            OPEN.replace("\"size\"", "\"name\": {\"type\": \"string\"}, \"size\""),
            "name was added; it is optional, string",
            Effect.NONE),
        arguments(
            OPEN.replace("[\"id\"]", "[\"id\", \"size\"]"),
            "size is now required",
            Effect.REFUSES_OLDER),
        arguments(
            OPEN.replace("\"required\": [\"id\"],", ""),
            "id may now be left out",
            Effect.REFUSES_NEWER),
        arguments(
            OPEN.replace("integer", "number"),
            "size was of type integer, is of type number",
            Effect.REFUSES_NEWER),
        arguments(
            OPEN.replace("integer", "string"),
            "size was of type integer, is of type string",
            Effect.REFUSES_BOTH),
        arguments(
            OPEN.replace("\"type\": \"integer\"", "\"type\": [\"integer\", \"null\"]"),
            "size was of type integer, is of type integer or null",
            Effect.REFUSES_NEWER),
        arguments(
            OPEN.replace("\"integer\"", "\"integer\", \"minimum\": 1"),
            "size demands now: at least 1",
            Effect.REFUSES_OLDER),
        arguments(
            OPEN.replace("\"integer\"", "\"integer\", \"enum\": [1, 2]"),
            "size is now one of 1, 2",
            Effect.REFUSES_OLDER),
        arguments(
            OPEN.replace("\"integer\"", "\"integer\", \"description\": \"bytes\""),
            "size is described: \"bytes\"",
            Effect.NONE),
        arguments(
            OPEN.replace("\"required\"", "\"additionalProperties\": false, \"required\""),
            " no longer takes other fields",
            Effect.REFUSES_OLDER),
        arguments(
            OPEN.replace(
                "\"required\"", "\"additionalProperties\": {\"type\": \"string\"}, \"required\""),
            " takes other fields only as string",
            Effect.REFUSES_OLDER),
        arguments(
            OPEN.replace("\"integer\"}", "\"integer\", \"oneOf\": [{\"minimum\": 3}]}"),
            "size has other alternatives (oneOf)",
            Effect.UNKNOWN));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void change_isToldWithWhomItBreaks(String newer, String sentence, Effect effect) {
    List<Change> changes = changes(OPEN, newer);
    assertThat(changes).hasSize(1);
    assertThat(changes.getFirst().field() + " " + changes.getFirst().what()).isEqualTo(sentence);
    assertThat(changes.getFirst().effect()).isEqualTo(effect);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void change_theOtherWayRound_breaksTheOtherSide(String newer, String sentence, Effect effect) {
    Effect expected =
        switch (effect) {
          case REFUSES_OLDER -> Effect.REFUSES_NEWER;
          case REFUSES_NEWER -> Effect.REFUSES_OLDER;
          default -> effect;
        };
    assertThat(Comparison.effect(changes(newer, OPEN))).isEqualTo(expected);
  }

  @Test
  void field_ofAClosedObject_cannotComeUnnoticed() {
    String closed = OPEN.replace("\"required\"", "\"additionalProperties\": false, \"required\"");
    String more = closed.replace("\"size\"", "\"name\": {\"type\": \"string\"}, \"size\"");
    assertThat(Comparison.effect(changes(closed, more))).isEqualTo(Effect.REFUSES_NEWER);
    assertThat(Comparison.effect(changes(more, closed))).isEqualTo(Effect.REFUSES_OLDER);
  }

  @Test
  void keyOfAMap_thatIsDescribed_mustBeWhatItWas() {
    String map = "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"string\"}}";
    String described =
        map.replace(
            "{\"type\": \"object\"",
            "{\"type\": \"object\", \"properties\":" + " {\"plan\": {\"type\": \"%s\"}}");
    assertThat(Comparison.effect(changes(map, described.formatted("string"))))
        .isEqualTo(Effect.NONE);
    assertThat(Comparison.effect(changes(map, described.formatted("integer"))))
        .isEqualTo(Effect.REFUSES_NEWER);
  }

  @Test
  void limits_ofEveryKind_areComparedAsWhatTheyBound() {
    assertThat(limit("minLength", "3", "5")).isEqualTo(Effect.REFUSES_OLDER);
    assertThat(limit("maxLength", "3", "5")).isEqualTo(Effect.REFUSES_NEWER);
    assertThat(limit("maximum", "3.0", "3")).isEqualTo(Effect.NONE);
    assertThat(limit("pattern", "\"a\"", "\"b\"")).isEqualTo(Effect.REFUSES_BOTH);
    assertThat(limit("multipleOf", "2", "4")).isEqualTo(Effect.REFUSES_OLDER);
    assertThat(limit("minimum", "3", "3, \"exclusiveMinimum\": true"))
        .isEqualTo(Effect.REFUSES_OLDER);
  }

  @Test
  void severalChanges_breakWhomEachBreaks() {
    String newer =
        OPEN.replace("[\"id\"]", "[\"size\"]")
            .replace("\"string\"", "\"string\", \"title\": \"Id\"");
    List<Change> changes = changes(OPEN, newer);
    assertThat(changes)
        .extracting(c -> c.field() + " " + c.what())
        .containsExactly(
            "id may now be left out", "id has another title: \"Id\"", "size is now required");
    assertThat(Comparison.effect(changes)).isEqualTo(Effect.REFUSES_BOTH);
  }

  @Test
  void definitionsThatContainThemselves_areComparedOnce() {
    String tree =
        """
        {"$ref": "#/definitions/Node", "definitions": {"Node": {"type": "object", "properties": {
          "value": {"type": "%s"}, "next": {"$ref": "#/definitions/Node"}}}}}\
        """;
    assertThat(changes(tree.formatted("string"), tree.formatted("string"))).isEmpty();
    assertThat(changes(tree.formatted("string"), tree.formatted("integer")))
        .extracting(Change::field)
        .containsExactly("value");
  }

  @Test
  void listsAndDeepFields_areNamedByTheirPath() {
    String list =
        """
        {"properties": {"lines": {"type": "array", "items": {"type": "object", "properties": {
          "price": {"type": "%s"}}}}}}\
        """;
    assertThat(changes(list.formatted("number"), list.formatted("integer")))
        .extracting(Change::field, Change::effect)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("lines[].price", Effect.REFUSES_OLDER));
  }

  private static Effect limit(String keyword, String older, String newer) {
    String schema = "{\"properties\": {\"x\": {\"" + keyword + "\": %s}}}";
    return Comparison.effect(changes(schema.formatted(older), schema.formatted(newer)));
  }

  private static List<Change> changes(String older, String newer) {
    return Comparison.of(shape(older), shape(newer));
  }

  private static Shape shape(String schema) {
    return EventSchema.of("shop@Ordered", "JSONSchemaDraft4", schema).shape();
  }
}
