package dev.onboard.local.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.eventbridge.BusTrail.State;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputTest extends BusTest {
  private static final String DETAIL =
      "{\"user\":{\"id\":\"u-1\",\"tags\":[\"A\",\"B\"]},\"note\":\"say \\\"hi\\\"\",\"ok\":true,"
          + "\"n\":1.50}";
  private static final Map<String, String> PATHS =
      Map.of(
          "id", "$.detail.user.id",
          "user", "$.detail.user",
          "tags", "$.detail.user.tags",
          "first", "$.detail.user.tags[0]",
          "note", "$.detail.note",
          "ok", "$.detail.ok",
          "type", "$.detail-type",
          "absent", "$.detail.absent");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"User <id> of <type>\" | \"User u-1 of Test\"",
        "\"User <user>, tags <tags>, absent <absent>, <ok>\" | \"User {id:u-1,tags:[A,B]}, tags"
            + " [A,B], absent , true\"",
        "{\"id\": <id>,  \"first\": <first>} | {\"id\": \"u-1\",  \"first\": \"A\"}",
        "{\"path\": \"users/<id>/<id>\", \"all\": <user>} | {\"path\": \"users/u-1/u-1\", \"all\":"
            + " {\"id\":\"u-1\",\"tags\":[\"A\",\"B\"]}}",
        "{\"list\": [<id>, \"more\"], \"absent\": <absent>, \"ok\": <ok>} | {\"list\": [\"u-1\","
            + " \"more\"], \"absent\": \"\", \"ok\": true}",
        "{\"note\": \"<note>!\"} | {\"note\": \"say \\\"hi\\\"!\"}",
        "{\"fixed\": 1} | {\"fixed\": 1}",
        "{\"rule\": \"<aws.events.rule-name>\", \"arn\": <aws.events.rule-arn>} | {\"rule\": \"r\","
            + " \"arn\": \"arn:aws:events:us-east-1:000000000000:rule/r\"}"
      })
  void inputTransformer_rendersLikeAws(String template, String expected) {
    transform(template);
    put("shop", DETAIL);
    assertThat(bodies("q")).containsExactly(expected);
  }

  @Test
  void predefinedVariables_areTheEventItself() {
    transform("{\"e\": <aws.events.event>, \"j\": <aws.events.event.json>}");
    String id = put("shop", "{}");
    assertThat(bodies("q"))
        .containsExactly(
            "{\"e\": {\"id\":\"%s\",\"account\":\"000000000000\",\"detailType\":\"Test\",\"time\":\"2026-01-01T00:00:00Z\",\"source\":\"shop\",\"region\":\"us-east-1\",\"resources\":[],\"version\":\"0\"}, \"j\": %s}"
                .formatted(id, trail().find(id).orElseThrow().json()));
  }

  @Test
  void objectWithinQuotesOfAnObject_isNoJson_andNotDelivered() {
    transform("{\"user\": \"<user>\"}");
    String id = put("shop", DETAIL);
    assertThat(bodies("q")).isEmpty();
    assertThat(only(id).state()).isEqualTo(State.DROPPED);
    assertThat(only(id).errorCode()).isEqualTo("INVALID_JSON");
  }

  @Test
  void inputAndInputPath_replaceTheEvent() {
    rule(
        "r",
        "{\"source\":[\"shop\"]}",
        target("a", queueArn("a")).input("{\"fixed\": true}").build(),
        target("b", queueArn("b")).inputPath("$.detail.user").build(),
        target("c", queueArn("c")).inputPath("$.detail.user.id").build(),
        target("d", queueArn("d")).inputPath("$.detail.absent").build());
    put("shop", DETAIL);
    assertThat(List.of(bodies("a"), bodies("b"), bodies("c"), bodies("d")))
        .isEqualTo(
            List.of(
                List.of("{\"fixed\": true}"),
                List.of("{\"id\":\"u-1\",\"tags\":[\"A\",\"B\"]}"),
                List.of("\"u-1\""),
                List.of("{}")));
  }

  @Test
  void putTargets_refusesWhatCannotBeRendered() {
    rule("r", "{\"source\":[\"shop\"]}");
    var both = target("t", queueArn("q")).input("{}").inputPath("$.detail").build();
    assertRefused(
        () -> events.putTargets(r -> r.rule("r").targets(both)),
        "ValidationException",
        "Only one of Input, InputPath, or InputTransformer must be provided for target t.");
    var undefined =
        target("t", queueArn("q")).inputTransformer(t -> t.inputTemplate("\"<nothing>\"")).build();
    assertRefused(
        () -> events.putTargets(r -> r.rule("r").targets(undefined)),
        "ValidationException",
        "InputTemplate for target t contains invalid placeholder nothing.");
    var noJson = target("t", queueArn("q")).input("{").build();
    assertRefused(
        () -> events.putTargets(r -> r.rule("r").targets(noJson)),
        "ValidationException",
        "JSON syntax error in input for target t.");
    var open = target("t", queueArn("q")).inputPath("$.detail[").build();
    assertRefused(
        () -> events.putTargets(p -> p.rule("r").targets(open)),
        "ValidationException",
        "Parameter InputPath for target t is not valid.");
  }

  private void transform(String template) {
    rule(
        "r",
        "{\"source\":[\"shop\"]}",
        target("t", queueArn("q"))
            .inputTransformer(t -> t.inputPathsMap(PATHS).inputTemplate(template))
            .build());
  }
}
