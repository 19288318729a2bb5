package dev.onboard.local.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventPatternTest extends BusTest {
  private static final String EVENT =
      """
      {"id": "1", "source": "shop", "detail-type": "Test", "account": "000000000000",
       "time": "2026-01-01T00:00:00Z", "region": "us-east-1", "resources": [],
       "detail": {"name": "Ada.CSV", "n": 300.0, "ip": "10.0.0.7", "none": null,
                  "list": [{"a": 1, "b": 1}, {"a": 2, "b": 2}]}}\
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"source\":[\"shop\"]} | true",
        "{\"source\":[\"Shop\"]} | false",
        "{\"detail\":{\"name\":[{\"suffix\":{\"equals-ignore-case\":\".csv\"}}]}} | true",
        "{\"detail\":{\"name\":[{\"wildcard\":\"*.csv\"}]}} | false",
        "{\"detail\":{\"n\":[300]}} | true",
        "{\"detail\":{\"n\":[{\"numeric\":[\">\",0,\"<\",300]}]}} | false",
        "{\"detail\":{\"ip\":[{\"cidr\":\"10.0.0.0/24\"}]}} | true",
        "{\"detail\":{\"none\":[null]}} | true",
        "{\"detail\":{\"none\":[{\"exists\":true}]}} | true",
        "{\"detail\":{\"absent\":[{\"exists\":false}]}} | true",
        "{\"detail\":{\"list\":{\"a\":[1],\"b\":[2]}}} | false",
        "{\"detail\":{\"list\":{\"a\":[2],\"b\":[2]}}} | true",
        "{\"detail\":{\"$or\":[{\"n\":[1]},{\"name\":[{\"prefix\":\"Ada\"}]}]}} | true",
        "{\"detail\":{\"name\":[{\"anything-but\":{\"prefix\":\"Ada\"}}]}} | false"
      })
  void testEventPattern_andARule_agree(String pattern, boolean matches) {
    assertThat(events.testEventPattern(r -> r.event(EVENT).eventPattern(pattern)).result())
        .isEqualTo(matches);
    rule("r", pattern, queue("q"));
    put(
        "shop",
        "{\"name\":\"Ada.CSV\",\"n\":300.0,\"ip\":\"10.0.0.7\",\"none\":null,"
            + "\"list\":[{\"a\":1,\"b\":1},{\"a\":2,\"b\":2}]}");
    assertThat(bodies("q")).hasSize(matches ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"source\":\"shop\"} | \"source\" must be an object or an array",
        "[] | Filter is not an object",
        "{} | Empty objects are not allowed",
        "{\"a\":[{\"prefix\":1}]} | prefix match pattern must be a string",
        "{\"a\":[{\"like\":\"x\"}]} | Unrecognized match type like",
        "{\"a\":[{\"wildcard\":\"a**b\"}]} | Consecutive wildcard characters at pos 2",
        "{\"a\":[{\"numeric\":[\">\",0,\">\",1]}]} | Bad numeric range operator: >"
      })
  void patternThatIsNone_isRefusedWithTheReason(String pattern, String reason) {
    for (org.assertj.core.api.ThrowableAssert.ThrowingCallable call :
        List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
            () -> events.testEventPattern(r -> r.event(EVENT).eventPattern(pattern)),
            () -> events.putRule(r -> r.name("r").eventPattern(pattern)))) {
      org.assertj.core.api.Assertions.assertThatThrownBy(call)
          .isInstanceOf(
              software.amazon.awssdk.services.eventbridge.model.InvalidEventPatternException.class)
          .hasMessageStartingWith("Event pattern is not valid. Reason: " + reason + "\n at [");
    }
  }

  @Test
  void tooManyWildcards_areRefused() {
    String pattern = "{\"a\":[{\"wildcard\":\"a*a*a*a*a*a*a*a*a\"}]}";
    assertRefused(
        () -> events.putRule(r -> r.name("r").eventPattern(pattern)),
        "InvalidEventPatternException",
        "Event pattern is not valid. Reason: Rule is too complex - try using fewer wildcard"
            + " characters or fewer repeating character sequences after a wildcard character");
  }

  @Test
  void eventThatIsNone_isRefused() {
    for (String event : List.of("text", "[1]", "{\"source\": \"shop\"}")) {
      assertRefused(
          () ->
              events.testEventPattern(r -> r.event(event).eventPattern("{\"source\":[\"shop\"]}")),
          "ValidationException",
          "Parameter Event is not valid.");
    }
  }
}
