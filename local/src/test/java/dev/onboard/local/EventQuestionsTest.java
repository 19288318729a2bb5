package dev.onboard.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What the runtime tells of events and rules that AWS has no API for. */
class EventQuestionsTest {
  private LocalRuntime runtime;

  @BeforeEach
  void start(@TempDir Path data) throws IOException {
    runtime = LocalRuntime.start(data, 0);
  }

  @AfterEach
  void stop() {
    runtime.close();
  }

  @Test
  void trail_isSieved_newestFirst() {
    String first = publish("shop", "Ordered", "{\"size\": 3}");
    publish("shop", "Paid", "{\"size\": 3}");
    String last = publish("shop.eu", "Ordered", "{\"size\": 4}");
    assertThat(ids(Map.of("detailType", "order"))).containsExactly(last, first);
    assertThat(ids(Map.of("source", "SHOP.EU"))).containsExactly(last);
    assertThat(ids(Map.of("pattern", "{\"detail\": {\"size\": [{\"numeric\": [\"<\", 4]}]}}")))
        .hasSize(2)
        .doesNotContain(last);
    assertThat(ids(Map.of("contains", "\"size\":3", "detailType", "Ordered")))
        .containsExactly(first);
    assertThat(ids(Map.of("bus", "other"))).isEmpty();
    assertThatThrownBy(() -> ids(Map.of("pattern", "{\"detail\": 1}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("pattern must be an event pattern: ");
    assertThatThrownBy(() -> ids(Map.of("outcome", "lost")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("outcome must be unmatched, pending, ");
  }

  @Test
  void trail_isLookedThroughAPieceAtATime() {
    String wanted = publish("rare", "t", "{}");
    for (int i = 0; i < 990; i += 10) {
      publishTen();
    }
    var parameters = new HashMap<>(Map.of("source", "rare", "most", "400"));
    ObjectNode look = trail(parameters);
    assertThat(look.path("events")).isEmpty();
    assertThat(look.path("looked").asInt()).isEqualTo(400);
    assertThat(look.path("complete").asBoolean()).isFalse();
    int pieces = 1;
    while (!look.path("complete").asBoolean() && look.path("events").isEmpty()) {
      parameters.put("before", look.path("reached").asText());
      look = trail(parameters);
      pieces++;
    }
    assertThat(pieces).isEqualTo(3);
    assertThat(look.at("/events/0/id").asText()).isEqualTo(wanted);
  }

  @Test
  void trail_isSievedByWhatBecameOfEvents() {
    String unmatched = publish("nobody", "t", "{}");
    rule("ordered", "{\"source\": [\"shop\"]}", "orders");
    String taken = publish("shop", "t", "{}");
    rule("lost", "{\"source\": [\"lost\"]}", null);
    String dropped = publish("lost", "t", "{}");
    settle();
    assertThat(ids(Map.of("outcome", "unmatched"))).containsExactly(unmatched);
    assertThat(ids(Map.of("outcome", "dropped"))).containsExactly(dropped);
    assertThat(ids(Map.of("outcome", "dead-lettered"))).isEmpty();
    assertThat(ids(Map.of("rule", "ordered"))).containsExactly(taken);
  }

  @Test
  void trail_isSievedByWhatFitsNoSchema() {
    SchemasClient schemas = runtime.client(SchemasClient.class);
    schemas.createRegistry(r -> r.registryName("contracts"));
    schemas.createSchema(s ->
        s.registryName("contracts")
            .schemaName("shop@Ordered")
            .type("JSONSchemaDraft4")
            .content(
                "{\"$schema\": \"http://json-schema.org/draft-04/schema#\", \"type\": \"object\","
                    + " \"required\": [\"size\"]}"));
    publish("shop", "Ordered", "{\"size\": 1}");
    String violating = publish("shop", "Ordered", "{}");
    settle();
    assertThat(ids(Map.of("outcome", "violating"))).containsExactly(violating);
    assertThat(ids(Map.of("outcome", "violating", "source", "other"))).isEmpty();
  }

  @Test
  void event_namesWhoPublishedIt() {
    String mine = publish("shop", "t", "{}");
    assertThat(event(mine).path("publisher").asText())
        .isEqualTo("arn:aws:iam::000000000000:user/administrator");
    S3Client s3 = runtime.client(S3Client.class);
    s3.createBucket(b -> b.bucket("uploads"));
    s3.putBucketNotificationConfiguration(p ->
        p.bucket("uploads").notificationConfiguration(n -> n.eventBridgeConfiguration(e -> {})));
    s3.putObject(p -> p.bucket("uploads").key("a"), RequestBody.empty());
    assertThat(trail(Map.of("source", "aws.s3")).at("/events/0/publisher").asText())
        .isEqualTo("s3.amazonaws.com");
    EventBridgeClient events = runtime.client(EventBridgeClient.class);
    events.putRule(r -> r.name("every").scheduleExpression("rate(1 minute)"));
    events.putTargets(t -> t.rule("every").targets(x -> x.id("q").arn(queue("ticks"))));
    runtime.clock().advance(Duration.ofMinutes(1));
    JsonNode tick = trail(Map.of("source", "aws.events")).at("/events/0");
    assertThat(tick.path("detailType").asText()).isEqualTo("Scheduled Event");
    assertThat(tick.path("publisher").isNull()).isTrue();
  }

  @Test
  void input_isRenderedAsForATarget() {
    String event = "{\"source\": \"shop\", \"detail\": {\"size\": 3, \"who\": \"Ada\"}}";
    String rule = "arn:aws:events:us-east-1:000000000000:rule/ordered";
    Map<String, String> template =
        Map.of(
            "event",
            event,
            "rule",
            rule,
            "template",
            "{\"n\": <size>, \"text\": \"<who> by <aws.events.rule-name>\"}",
            "paths",
            "{\"size\": \"$.detail.size\", \"who\": \"$.detail.who\"}");
    assertThat(input(template).path("text").asText())
        .isEqualTo("{\"n\": 3, \"text\": \"Ada by ordered\"}");
    assertThat(
            input(Map.of("event", event, "rule", rule, "path", "$.detail.who"))
                .path("text")
                .asText())
        .isEqualTo("\"Ada\"");
    assertThat(input(with(template, "template", "{\"n\": <sise>}")).path("error").asText())
        .isEqualTo("InputTemplate for target target contains invalid placeholder sise.");
    assertThat(input(with(template, "template", "{\"n\": <size>")).path("error").asText())
        .isEqualTo("With this event the template makes no JSON, so nothing would be sent.");
    assertThat(input(with(template, "event", "[]")).path("error").asText())
        .isEqualTo("Parameter Event is not valid.");
  }

  @Test
  void schedule_tellsTheNextTimes() {
    EventBridgeClient events = runtime.client(EventBridgeClient.class);
    Instant begin = runtime.clock().now();
    events.putRule(r -> r.name("often").scheduleExpression("rate(5 minutes)"));
    events.putRule(r -> r.name("noon").scheduleExpression("cron(0 12 * * ? *)"));
    events.putRule(r -> r.name("pattern").eventPattern("{\"source\": [\"a\"]}"));
    List<Instant> often = times("often");
    assertThat(often).hasSize(3);
    assertThat(Duration.between(begin, often.getFirst()))
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
    assertThat(Duration.between(often.get(0), often.get(2))).isEqualTo(Duration.ofMinutes(10));
    assertThat(times("noon")).allSatisfy(t -> assertThat(t.toString()).contains("T12:00:00"));
    assertThat(times("pattern")).isEmpty();
    events.disableRule(d -> d.name("often"));
    assertThat(times("often")).isEmpty();
  }

  private List<Instant> times(String rule) {
    return runtime.ask("schedule", Map.of("bus", "default", "rule", rule, "limit", "3")).stream()
        .map(t -> Instant.parse(t.path("at").asText()))
        .toList();
  }

  private static Map<String, String> with(Map<String, String> map, String name, String value) {
    var changed = new HashMap<>(map);
    changed.put(name, value);
    return changed;
  }

  private ObjectNode input(Map<String, String> parameters) {
    return runtime.ask("input", parameters).getFirst();
  }

  private ObjectNode trail(Map<String, String> parameters) {
    return runtime.ask("trail", parameters).getFirst();
  }

  private List<String> ids(Map<String, String> parameters) {
    var ids = new ArrayList<String>();
    trail(parameters).path("events").forEach(e -> ids.add(e.path("id").asText()));
    return ids;
  }

  private ObjectNode event(String id) {
    return runtime.ask("events", Map.of("id", id)).getFirst();
  }

  /** Lets what works behind the buses come to rest. */
  private void settle() {
    runtime.clock().advance(Duration.ofSeconds(1));
  }

  private void rule(String name, String pattern, String queue) {
    EventBridgeClient events = runtime.client(EventBridgeClient.class);
    events.putRule(r -> r.name(name).eventPattern(pattern));
    String arn = queue == null ? "arn:aws:sqs:us-east-1:000000000000:nowhere" : queue(queue);
    events.putTargets(t -> t.rule(name).targets(x -> x.id("q").arn(arn)));
  }

  private String queue(String name) {
    runtime.client(SqsClient.class).createQueue(q -> q.queueName(name));
    return "arn:aws:sqs:us-east-1:000000000000:" + name;
  }

  private void publishTen() {
    var entry = PutEventsRequestEntry.builder().source("s").detailType("t").detail("{}").build();
    runtime
        .client(EventBridgeClient.class)
        .putEvents(p -> p.entries(Collections.nCopies(10, entry)));
  }

  private String publish(String source, String type, String detail) {
    return runtime
        .client(EventBridgeClient.class)
        .putEvents(p -> p.entries(e -> e.source(source).detailType(type).detail(detail)))
        .entries()
        .getFirst()
        .eventId();
  }
}
