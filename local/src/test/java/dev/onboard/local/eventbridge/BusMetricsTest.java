package dev.onboard.local.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.onboard.local.Rooms;
import dev.onboard.local.cloudwatch.LocalCloudWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

class BusMetricsTest extends BusTest {
  private CloudWatchClient cloudWatch;

  @Override
  @BeforeEach
  void open() {
    rooms =
        Rooms.open(
            folder,
            env -> {
              var all = new ArrayList<SdkClient>(new Receivers(env).all());
              all.add(new LocalCloudWatch(env));
              all.add(new LocalEventBridge(env));
              return all;
            });
    events = rooms.client(EventBridgeClient.class);
    cloudWatch = rooms.client(CloudWatchClient.class);
  }

  @Test
  void deliveredEvents_areCountedByRuleBusAndAccount() {
    events.createEventBus(r -> r.name("orders"));
    ruleOn("orders", "a", "{\"source\":[\"shop\"]}", queue("q"), queue("p"));
    ruleOn("orders", "b", "{\"source\":[\"shop\"]}", queue("z"));
    putOn("orders", "shop", "{}");
    putOn("orders", "shop", "{}");
    putOn("orders", "other", "{}");

    assertThat(sum("MatchedEvents", "EventBusName=orders", "RuleName=a")).isEqualTo(2);
    assertThat(sum("MatchedEvents", "EventBusName=orders")).isEqualTo(2);
    assertThat(sum("TriggeredRules", "EventBusName=orders")).isEqualTo(4);
    assertThat(sum("Invocations", "EventBusName=orders", "RuleName=a")).isEqualTo(4);
    assertThat(sum("Invocations")).isEqualTo(6);
    assertThat(sum("InvocationsCreated")).isEqualTo(6);
    assertThat(sum("SuccessfulInvocationAttempts", "EventBusName=orders")).isEqualTo(6);
    assertThat(sum("InvocationAttempts", "EventBusName=orders", "RuleName=b")).isEqualTo(2);
    assertThat(sum("FailedInvocations", "EventBusName=orders", "RuleName=a")).isZero();
    assertThat(
            point("IngestionToInvocationSuccessLatency", "EventBusName=orders", "RuleName=a")
                .sampleCount())
        .isEqualTo(4);
  }

  @Test
  void ruleOfTheDefaultBus_isNamedAlone() {
    rule("r", "{\"source\":[\"shop\"]}", queue("q"));
    put("shop", "{}");
    assertThat(sum("Invocations", "RuleName=r")).isEqualTo(1);
    assertThat(
            cloudWatch
                .listMetrics(m -> m.namespace("AWS/Events").metricName("MatchedEvents"))
                .metrics())
        .hasSize(2);
  }

  @Test
  void failures_areCountedToTheirEnd() {
    rule(
        "r",
        "{\"source\":[\"shop\"]}",
        target("q", queueArn("q"))
            .retryPolicy(p -> p.maximumRetryAttempts(3))
            .deadLetterConfig(d -> d.arn(queueArn("dead")))
            .build());
    rule(
        "lost",
        "{\"source\":[\"lost\"]}",
        target("q", queueArn("missing"))
            .deadLetterConfig(d -> d.arn(queueArn("missing-too")))
            .build());
    rooms.faults.inject(
        "sqs", "SendMessage", 4, c -> c.request().toString().contains("http://q/q"), unavailable());
    String id = put("shop", "{}");
    put("lost", "{}");
    rooms.clock.advance(Duration.ofSeconds(30));

    assertThat(sum("InvocationAttempts", "RuleName=r")).isEqualTo(4);
    assertThat(sum("RetryInvocationAttempts", "RuleName=r")).isEqualTo(3);
    assertThat(sum("Invocations", "RuleName=r")).isEqualTo(1);
    assertThat(sum("FailedInvocations", "RuleName=r")).isEqualTo(1);
    assertThat(sum("InvocationsSentToDlq", "RuleName=r")).isEqualTo(1);
    assertThat(sum("InvocationsFailedToBeSentToDlq", "RuleName=lost")).isEqualTo(1);
    assertThat(only(id).failures())
        .hasSize(4)
        .extracting(BusTrail.Failure::attempt)
        .containsExactly(1, 2, 3, 4);
    assertThat(only(id).failures().get(1).at()).isAfter(only(id).failures().getFirst().at());
    assertThat(only(id).failures().getLast().errorMessage()).isEqualTo("not now");
  }

  @Test
  void eventThatMayNotGoOn_isADeadLetterInvocation() {
    events.createEventBus(r -> r.name("one"));
    rule("forward", "{\"source\":[\"shop\"]}", target("b", busArn("one")).build());
    ruleOn("one", "back", "{\"source\":[\"shop\"]}", target("b", busArn("default")).build());
    put("shop", "{}");
    assertThat(sum("DeadLetterInvocations", "EventBusName=one", "RuleName=back")).isEqualTo(1);
    assertThat(sum("FailedInvocations", "EventBusName=one", "RuleName=back")).isZero();
  }

  @Test
  void calls_areCountedWithTheirEntries() {
    events.putEvents(
        r -> r.entries(entry("default", "shop", "{}"), entry("default", "shop", "no json")));
    catchThrowable(() -> events.putEvents(r -> r.entries(List.of())));
    assertThat(sum("PutEventsApproximateCallCount")).isEqualTo(2);
    assertThat(sum("PutEventsApproximateSuccessCount")).isEqualTo(1);
    assertThat(sum("PutEventsApproximateFailedCount")).isEqualTo(1);
    assertThat(sum("PutEventsEntriesCount")).isEqualTo(2);
    assertThat(sum("PutEventsFailedEntriesCount")).isEqualTo(1);
    assertThat(sum("PutEventsRequestSize")).isEqualTo(2 * 8 + 2 + 7);
  }

  @Test
  void orderlyEnd_losesNoCount() {
    rule("r", "{\"source\":[\"shop\"]}", queue("q"));
    put("shop", "{}");
    restart();
    assertThat(sum("Invocations", "RuleName=r")).isEqualTo(1);
  }

  @Test
  void alarm_onARulesFailures_goesOff() {
    rule("r", "{\"source\":[\"shop\"]}", queue("missing"));
    cloudWatch.putMetricAlarm(a ->
        a.alarmName("failed")
            .namespace("AWS/Events")
            .metricName("FailedInvocations")
            .dimensions(Dimension.builder().name("RuleName").value("r").build())
            .statistic(Statistic.SUM)
            .period(60)
            .evaluationPeriods(1)
            .threshold(0.0)
            .treatMissingData("notBreaching")
            .comparisonOperator("GreaterThanThreshold"));
    put("shop", "{}");
    rooms.clock.advance(Duration.ofMinutes(1));
    assertThat(cloudWatch.describeAlarms(a -> a.alarmNames("failed")).metricAlarms().getFirst())
        .satisfies(a -> assertThat(a.stateValueAsString()).isEqualTo("ALARM"));
  }

  private double sum(String metric, String... dimensions) {
    rooms.clock.advance(Duration.ofSeconds(2));
    return points(metric, dimensions).stream().mapToDouble(Datapoint::sum).sum();
  }

  private Datapoint point(String metric, String... dimensions) {
    return points(metric, dimensions).getFirst();
  }

  private List<Datapoint> points(String metric, String... dimensions) {
    return cloudWatch
        .getMetricStatistics(m ->
            m.namespace("AWS/Events")
                .metricName(metric)
                .dimensions(
                    Arrays.stream(dimensions)
                        .map(d -> d.split("="))
                        .map(d -> Dimension.builder().name(d[0]).value(d[1]).build())
                        .toList())
                .statistics(Statistic.SUM, Statistic.SAMPLE_COUNT)
                .period(60)
                .startTime(Rooms.START.minusSeconds(60))
                .endTime(rooms.clock.now().plusSeconds(60)))
        .datapoints();
  }
}
