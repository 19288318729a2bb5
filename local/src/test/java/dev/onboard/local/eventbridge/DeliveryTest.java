package dev.onboard.local.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.eventbridge.BusTrail.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.model.Target;

class DeliveryTest extends BusTest {
  @Test
  void matchedEvent_reachesEveryKindOfTarget_inTheRightName() {
    rule(
        "all",
        "{\"source\":[\"shop\"]}",
        queue("q"),
        target("log", "arn:aws:logs:us-east-1:000000000000:log-group:/audit").build(),
        target("topic", "arn:aws:sns:us-east-1:000000000000:t").build(),
        target("machine", "arn:aws:states:us-east-1:000000000000:stateMachine:m")
            .roleArn(ROLE)
            .build(),
        target("function", "arn:aws:lambda:us-east-1:000000000000:function:f").build());
    String id = put("shop", "{ \"a\" : [1.10, \"x y\"] }");
    rooms.clock.advance(Duration.ZERO);

    String json =
        "{\"version\":\"0\",\"id\":\""
            + id
            + "\",\"detail-type\":\"Test\",\"source\":\"shop\",\"account\":\"000000000000\","
            + "\"time\":\"2026-01-01T00:00:00Z\",\"region\":\"us-east-1\",\"resources\":[],"
            + "\"detail\":{\"a\":[1.10,\"x y\"]}}";
    for (String receiver : List.of("q", "/audit", "t", "m", "f")) {
      assertThat(bodies(receiver)).as(receiver).containsExactly(json);
    }
    assertThat(received("q").getFirst().caller()).isEqualTo("events.amazonaws.com");
    assertThat(received("m").getFirst().caller())
        .isEqualTo("arn:aws:sts::000000000000:assumed-role/deliver/all");
    assertThat(received("m").getFirst().extra()).startsWith(id + "_").hasSize(73);
    assertThat(received("f").getFirst().extra()).isEqualTo("Event");
    var accepted = trail().find(id).orElseThrow();
    assertThat(accepted.rules()).containsExactly("all");
    assertThat(accepted.json()).isEqualTo(json);
    assertThat(accepted.deliveries())
        .hasSize(5)
        .allSatisfy(d -> {
          assertThat(d.state()).isEqualTo(State.DELIVERED);
          assertThat(d.attempts()).isEqualTo(1);
        });
  }

  @Test
  void fifoQueue_getsTheMessageGroupOfTheTarget() {
    rule(
        "fifo",
        "{\"source\":[\"shop\"]}",
        target("q", queueArn("q.fifo")).sqsParameters(p -> p.messageGroupId("g")).build());
    put("shop", "{}");
    assertThat(received("q.fifo").getFirst().extra()).isEqualTo("g");
  }

  @Test
  void fairQueue_getsTheMessageGroupOfTheTarget() {
    rule(
        "fair",
        "{\"source\":[\"shop\"]}",
        target("q", queueArn("q")).sqsParameters(p -> p.messageGroupId("tenant")).build());
    put("shop", "{}");
    assertThat(received("q").getFirst().extra()).isEqualTo("tenant");
  }

  @Test
  void forwardedEvent_tellsItsIngestionToTheMillisecond() {
    rooms.clock.advance(Duration.ofNanos(123_456_789));
    events.createEventBus(r -> r.name("one"));
    rule("forward", "{\"source\":[\"shop\"]}", target("b", busArn("one")).build());
    ruleOn(
        "one",
        "on",
        "{\"source\":[\"shop\"]}",
        target("q", queueArn("q"))
            .inputTransformer(t -> t.inputTemplate("\"<aws.events.event.ingestion-time>\""))
            .build());
    put("shop", "{}");
    assertThat(bodies("q")).containsExactly("\"2026-01-01T00:00:00.123Z\"");
  }

  @Test
  void manyEntries_arriveInOrder_eachOnce() {
    rule("all", "{\"source\":[\"shop\"]}", queue("q"));
    events.putEvents(r ->
        r.entries(
            java.util.stream.IntStream.range(0, 10)
                .mapToObj(i -> entry("default", "shop", "{\"n\":" + i + "}"))
                .toList()));
    assertThat(bodies("q"))
        .hasSize(10)
        .satisfies(all -> {
          for (int i = 0; i < 10; i++) {
            assertThat(all.get(i)).endsWith("\"detail\":{\"n\":" + i + "}}");
          }
        });
  }

  @Test
  void busTarget_forwardsOnce_underAnIdOfItsOwn() {
    events.createEventBus(r -> r.name("one"));
    events.createEventBus(r -> r.name("two"));
    rule("forward", "{\"source\":[\"shop\"]}", target("b", busArn("one")).build());
    ruleOn("one", "on", "{\"source\":[\"shop\"]}", queue("q"), target("b", busArn("two")).build());
    ruleOn("two", "on", "{\"source\":[\"shop\"]}", queue("never"));
    String id = put("shop", "{\"n\":1}");

    var original = trail().find(id).orElseThrow();
    var copy = trail().forwarded(original).getFirst();
    assertThat(copy.id()).isNotEqualTo(id);
    assertThat(copy.bus()).isEqualTo("one");
    assertThat(copy.forwardedFrom()).isEqualTo(id);
    assertThat(bodies("q")).containsExactly(original.json().replace(id, copy.id()));
    assertThat(bodies("never")).isEmpty();
    assertThat(copy.deliveries())
        .anySatisfy(d -> {
          assertThat(d.target()).isEqualTo("b");
          assertThat(d.state()).isEqualTo(State.DROPPED);
          assertThat(d.errorCode()).isEqualTo("FORWARDED_ONCE");
        });
  }

  @Test
  void failingTarget_isTriedAgain_untilItTakesTheEvent() {
    rule("r", "{\"source\":[\"shop\"]}", queue("q"));
    rooms.faults.inject("sqs", "SendMessage", 3, c -> true, unavailable());
    String id = put("shop", "{}");

    assertThat(bodies("q")).isEmpty();
    assertThat(only(id).state()).isEqualTo(State.PENDING);
    assertThat(only(id).errorCode()).isEqualTo("ERROR_FROM_TARGET");
    rooms.clock.advance(Duration.ofSeconds(8));
    assertThat(bodies("q")).hasSize(1);
    assertThat(only(id).state()).isEqualTo(State.DELIVERED);
    assertThat(only(id).attempts()).isEqualTo(4);
  }

  @Test
  void targetDownForADay_gets185Retries_thenTheEventIsADeadLetter() {
    rule("r", "{\"source\":[\"shop\"]}", withDeadLetters("q").build());
    rooms.faults.inject(
        "sqs",
        "SendMessage",
        1000,
        c -> c.request().toString().contains("http://q/q"),
        unavailable());
    String id = put("shop", "{}");
    rooms.clock.advance(Duration.ofHours(24));

    assertThat(only(id).state()).isEqualTo(State.DEAD_LETTERED);
    assertThat(only(id).attempts()).isEqualTo(186);
    assertThat(bodies("dead")).containsExactly(trail().find(id).orElseThrow().json());
    assertThat(received("dead").getFirst().extra())
        .isEqualTo(
            "{ERROR_CODE=ERROR_FROM_TARGET, ERROR_MESSAGE=not now,"
                + " EXHAUSTED_RETRY_CONDITION=MaximumRetryAttempts, RETRY_ATTEMPTS=185,"
                + " RULE_ARN=arn:aws:events:us-east-1:000000000000:rule/r,"
                + " TARGET_ARN=arn:aws:sqs:us-east-1:000000000000:q}");
  }

  @Test
  void retryPolicy_limitsAttemptsAndAge() {
    rule(
        "attempts",
        "{\"source\":[\"a\"]}",
        withDeadLetters("q").retryPolicy(p -> p.maximumRetryAttempts(2)).build());
    rule(
        "age",
        "{\"source\":[\"b\"]}",
        withDeadLetters("q").retryPolicy(p -> p.maximumEventAgeInSeconds(60)).build());
    rooms.faults.inject(
        "sqs",
        "SendMessage",
        1000,
        c -> c.request().toString().contains("http://q/q"),
        unavailable());
    String attempts = put("a", "{}");
    String age = put("b", "{}");
    rooms.clock.advance(Duration.ofMinutes(2));

    assertThat(only(attempts).attempts()).isEqualTo(3);
    assertThat(only(age).attempts()).isBetween(6, 7);
    assertThat(received("dead"))
        .hasSize(2)
        .anySatisfy(r -> assertThat(r.extra()).contains("=MaximumEventAgeInSeconds, "))
        .anySatisfy(r -> assertThat(r.extra()).contains("=MaximumRetryAttempts, "));
  }

  @Test
  void missingTarget_isADeadLetterAtOnce() {
    rule("r", "{\"source\":[\"shop\"]}", withDeadLetters("missing").build());
    String id = put("shop", "{}");
    assertThat(only(id).state()).isEqualTo(State.DEAD_LETTERED);
    assertThat(received("dead").getFirst().extra())
        .contains("ERROR_CODE=NO_RESOURCE", "RETRY_ATTEMPTS=0")
        .doesNotContain("EXHAUSTED");
  }

  @Test
  void missingTargetWithoutDeadLetterQueue_dropsTheEvent() {
    rule("r", "{\"source\":[\"shop\"]}", queue("missing"));
    String id = put("shop", "{}");
    assertThat(only(id).state()).isEqualTo(State.DROPPED);
    assertThat(only(id).errorMessage()).isEqualTo("The specified queue does not exist.");
  }

  @Test
  void oneFailingTarget_doesNotHoldUpTheOthers_norUndoThem() {
    rule("r", "{\"source\":[\"shop\"]}", queue("q"), queue("missing"), queue("z"));
    String id = put("shop", "{}");
    assertThat(bodies("q")).hasSize(1);
    assertThat(bodies("z")).hasSize(1);
    assertThat(trail().find(id).orElseThrow().deliveries())
        .extracting(BusTrail.Delivery::state)
        .containsExactly(State.DROPPED, State.DELIVERED, State.DELIVERED);
  }

  @Test
  void restart_goesOnWithWhatWasStillToDeliver() {
    rule("r", "{\"source\":[\"shop\"]}", queue("q"));
    rooms.faults.inject("sqs", "SendMessage", 1, c -> true, unavailable());
    String id = put("shop", "{}");
    restart();
    rooms.clock.advance(Duration.ofSeconds(2));
    assertThat(bodies("q")).hasSize(1);
    assertThat(only(id).attempts()).isEqualTo(2);
  }

  @Test
  void removedTarget_ofARetry_dropsIt() {
    rule("r", "{\"source\":[\"shop\"]}", queue("q"));
    rooms.faults.inject("sqs", "SendMessage", 1, c -> true, unavailable());
    String id = put("shop", "{}");
    events.removeTargets(r -> r.rule("r").ids("q"));
    rooms.clock.advance(Duration.ofSeconds(2));
    assertThat(only(id).state()).isEqualTo(State.DROPPED);
  }

  @Test
  void disabledOrChangedRule_takesEffectAtOnce() {
    rule("r", "{\"source\":[\"a\"]}", queue("q"));
    events.disableRule(r -> r.name("r"));
    put("a", "{\"n\":1}");
    events.enableRule(r -> r.name("r"));
    put("a", "{\"n\":2}");
    rule("r", "{\"source\":[\"b\"]}");
    put("a", "{\"n\":3}");
    put("b", "{\"n\":4}");
    restart();
    put("b", "{\"n\":5}");
    assertThat(bodies("q"))
        .extracting(b -> b.replaceAll(".*\"n\":(\\d).*", "$1"))
        .containsExactly("2", "4", "5");
  }

  @Test
  void ruleWithoutTarget_isInTheTrail() {
    rule("r", "{\"source\":[\"a\"]}");
    String id = put("a", "{}");
    assertThat(trail().find(id).orElseThrow().rules()).containsExactly("r");
    assertThat(only(id).state()).isEqualTo(State.NO_TARGET);
  }

  @Test
  void trail_isNewestFirst_andCanBeFollowed() {
    String first = put("a", "{}");
    String second = put("a", "{}");
    var recent = trail().recent(null, null, 10);
    assertThat(recent).extracting(BusTrail.Accepted::id).containsExactly(second, first);
    assertThat(trail().recent("default", recent.getFirst().number(), 10))
        .extracting(BusTrail.Accepted::id)
        .containsExactly(first);
    assertThat(trail().after(recent.getLast().number(), null, 10))
        .extracting(BusTrail.Accepted::id)
        .containsExactly(second);
  }

  private static Target.Builder withDeadLetters(String queue) {
    return target("t", queueArn(queue)).deadLetterConfig(d -> d.arn(queueArn("dead")));
  }
}
