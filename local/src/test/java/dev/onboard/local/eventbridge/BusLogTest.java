package dev.onboard.local.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.Rooms;
import dev.onboard.local.logs.LocalCloudWatchLogs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.IncludeDetail;
import software.amazon.awssdk.services.eventbridge.model.Level;

class BusLogTest extends BusTest {
  private static final String GROUP = "/aws/vendedlogs/events/event-bus/orders";

  private CloudWatchLogsClient logs;

  @Override
  @BeforeEach
  void open() {
    rooms =
        Rooms.open(
            folder,
            env -> {
              var all = new ArrayList<SdkClient>(new Receivers(env).all());
              all.removeIf(CloudWatchLogsClient.class::isInstance);
              all.add(new LocalCloudWatchLogs(env));
              all.add(new LocalEventBridge(env));
              return all;
            });
    events = rooms.client(EventBridgeClient.class);
    logs = rooms.client(CloudWatchLogsClient.class);
  }

  @Test
  void trace_hasEveryStepOfAnEventsWay() {
    bus(Level.TRACE, IncludeDetail.FULL);
    deliver("ERROR_LOGS", "INFO_LOGS", "TRACE_LOGS");
    ruleOn("orders", "r", "{\"source\":[\"shop\"]}", queue("q"));
    String id = putOn("orders", "shop", "{\"a\":1}");

    assertThat(records())
        .extracting(r -> r.path("log_level").asText() + " " + r.path("message_type").asText())
        .containsExactly(
            "TRACE EVENT_RECEIPT",
            "INFO EVENT_INGEST_SUCCESS",
            "TRACE RULE_MATCH_START",
            "INFO RULE_MATCH",
            "INFO INVOCATION_START",
            "TRACE INVOCATION_ATTEMPT_START",
            "TRACE INVOCATION_ATTEMPT_SUCCESS",
            "INFO INVOCATION_SUCCESS");
    JsonNode ingested = records().get(1);
    assertThat(ingested.path("event_id").asText()).isEqualTo(id);
    assertThat(ingested.path("event_bus_name").asText()).isEqualTo("orders");
    assertThat(ingested.path("resource_arn").asText()).isEqualTo(busArn("orders"));
    assertThat(ingested.path("request_id").asText()).isNotEmpty();
    assertThat(ingested.path("details").toString())
        .isEqualTo(
            "{\"caller_account_id\":\"000000000000\",\"source_time_ms\":1767225600000,"
                + "\"source\":\"shop\",\"detail_type\":\"Test\",\"resources\":[],"
                + "\"event_detail\":\"{\\\"a\\\":1}\"}");
    JsonNode matched = records().get(3).path("details");
    JsonNode done = records().get(7);
    assertThat(matched.path("invocation_ids").path(0)).isEqualTo(done.path("invocation_id"));
    assertThat(done.path("details").path("final_invocation_status").asText()).isEqualTo("SUCCESS");
    assertThat(done.path("details").path("target_input").asText()).contains(id);
    assertThat(done.path("details").path("total_attempts").asInt()).isEqualTo(1);
  }

  @Test
  void info_tellsWhatNoRuleTook_withoutDetail() {
    bus(Level.INFO, IncludeDetail.NONE);
    deliver("INFO_LOGS", "TRACE_LOGS");
    putOn("orders", "shop", "{\"a\":1}");
    assertThat(records())
        .extracting(r -> r.path("message_type").asText())
        .containsExactly("EVENT_INGEST_SUCCESS", "NO_STANDARD_RULES_MATCHED");
    assertThat(records().toString()).doesNotContain("event_detail");
  }

  @Test
  void error_hasFailuresAlone_upToTheDeadLetter() {
    bus(Level.ERROR, IncludeDetail.NONE);
    deliver("ERROR_LOGS", "INFO_LOGS");
    ruleOn(
        "orders",
        "r",
        "{\"source\":[\"shop\"]}",
        target("q", queueArn("q"))
            .retryPolicy(p -> p.maximumRetryAttempts(1))
            .deadLetterConfig(d -> d.arn(queueArn("dead")))
            .build());
    rooms.faults.inject(
        "sqs", "SendMessage", 2, c -> c.request().toString().contains("http://q/q"), unavailable());
    putOn("orders", "shop", "{}");
    rooms.clock.advance(Duration.ofMinutes(1));

    assertThat(records())
        .extracting(r -> r.path("message_type").asText())
        .containsExactly(
            "INVOCATION_ATTEMPT_RETRYABLE_FAILURE",
            "INVOCATION_ATTEMPT_RETRYABLE_FAILURE",
            "INVOCATION_FAILURE",
            "INVOCATION_DLQ");
    assertThat(records().getFirst().path("error").toString())
        .isEqualTo(
            "{\"http_status_code\":503,\"error_message\":\"not now\",\"aws_service\":\"sqs\"}");
    assertThat(records().get(1).path("details").path("attempt_type").asText()).isEqualTo("RETRY");
    assertThat(records().getLast().path("details").path("final_invocation_status").asText())
        .isEqualTo("ERROR_FROM_TARGET");
  }

  @Test
  void refusedEntry_isAnIngestFailure() {
    bus(Level.ERROR, IncludeDetail.FULL);
    deliver("ERROR_LOGS");
    events.putEvents(r -> r.entries(entry("orders", "shop", "no json")));
    assertThat(records())
        .singleElement()
        .satisfies(r -> {
          assertThat(r.path("message_type").asText()).isEqualTo("EVENT_INGEST_FAILURE");
          assertThat(r.path("error").path("error_message").asText())
              .isEqualTo("MalformedDetail: Detail is malformed.");
        });
  }

  @Test
  void busThatIsOff_orHasNoDelivery_logsNothing() {
    bus(Level.OFF, IncludeDetail.NONE);
    deliver("INFO_LOGS");
    putOn("orders", "shop", "{}");
    events.updateEventBus(r -> r.name("orders").logConfig(l -> l.level(Level.ERROR)));
    putOn("orders", "shop", "{}");
    assertThat(records()).isEmpty();
    events.updateEventBus(r -> r.name("orders").logConfig(l -> l.level(Level.INFO)));
    putOn("orders", "shop", "{}");
    restart();
    putOn("orders", "shop", "{}");
    assertThat(records()).hasSize(4);
  }

  @Test
  void replayedAndForwardedEvents_areLoggedOnTheirBuses() {
    bus(Level.INFO, IncludeDetail.NONE);
    deliver("INFO_LOGS");
    rule("forward", "{\"source\":[\"shop\"]}", target("b", busArn("orders")).build());
    put("shop", "{}");
    assertThat(records()).extracting(r -> r.path("event_bus_name").asText()).containsOnly("orders");
  }

  @Test
  void recordThatIsTooLong_dropsItsDetailFirst() {
    bus(Level.INFO, IncludeDetail.FULL);
    deliver("INFO_LOGS");
    putOn("orders", "shop", "{\"a\":\"" + "x\\\"".repeat(300_000) + "\"}");
    assertThat(records().getFirst().path("dropped_fields").toString())
        .isEqualTo("[\"event_detail\"]");
  }

  @Test
  void deliveries_areKeptAndRefusedAsOnAws() {
    bus(Level.INFO, IncludeDetail.NONE);
    deliver("INFO_LOGS");
    var delivery = logs.describeDeliveries(r -> {}).deliveries().getFirst();
    assertThat(logs.getDelivery(r -> r.id(delivery.id())).delivery()).isEqualTo(delivery);
    assertThat(delivery.deliveryDestinationTypeAsString()).isEqualTo("CWL");
    assertThat(logs.getDeliverySource(r -> r.name("INFO_LOGS")).deliverySource().service())
        .isEqualTo("events");
    assertRefused(
        () -> logs.getDeliverySource(r -> r.name("none")),
        "ResourceNotFoundException",
        "Requested Delivery Source does not exist in this account.");
    assertRefused(
        () -> logs.getDelivery(r -> r.id("none")),
        "ResourceNotFoundException",
        "Requested Delivery does not exist in this account.");
    assertRefused(
        () -> logs.deleteDeliverySource(r -> r.name("INFO_LOGS")),
        "ConflictException",
        "The Delivery Source INFO_LOGS has deliveries.");
    assertRefused(
        () ->
            logs.putDeliveryDestination(r ->
                r.name("x")
                    .deliveryDestinationConfiguration(
                        c -> c.destinationResourceArn("arn:aws:s3:::b"))),
        "NotSupportedByLocalRuntime",
        "logs:PutDeliveryDestination with a destination that is no log group, arn:aws:s3:::b, is"
            + " not supported: the local runtime does not have it");
    assertRefused(
        () ->
            logs.putDeliverySource(
                r -> r.name("s").resourceArn(busArn("none")).logType("INFO_LOGS")),
        "ResourceNotFoundException",
        "Cannot access provided service.");
    logs.deleteDelivery(r -> r.id(delivery.id()));
    logs.deleteDeliverySource(r -> r.name("INFO_LOGS"));
    logs.deleteDeliveryDestination(r -> r.name("group"));
    assertThat(logs.describeDeliverySources(r -> {}).deliverySources()).isEmpty();
    assertThat(logs.describeDeliveryDestinations(r -> {}).deliveryDestinations()).isEmpty();
  }

  private void bus(Level level, IncludeDetail detail) {
    events.createEventBus(
        r -> r.name("orders").logConfig(l -> l.level(level).includeDetail(detail)));
  }

  private void deliver(String... types) {
    logs.createLogGroup(r -> r.logGroupName(GROUP));
    String destination =
        logs.putDeliveryDestination(r ->
                r.name("group")
                    .deliveryDestinationConfiguration(c ->
                        c.destinationResourceArn(
                            "arn:aws:logs:us-east-1:000000000000:log-group:" + GROUP)))
            .deliveryDestination()
            .arn();
    for (String type : types) {
      logs.putDeliverySource(r -> r.name(type).resourceArn(busArn("orders")).logType(type));
      logs.createDelivery(r -> r.deliverySourceName(type).deliveryDestinationArn(destination));
    }
  }

  private List<JsonNode> records() {
    rooms.clock.advance(Duration.ZERO);
    return logs.filterLogEvents(r -> r.logGroupName(GROUP)).events().stream()
        .map(e -> Input.Values.tree(e.message()))
        .toList();
  }
}
