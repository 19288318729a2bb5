package dev.onboard.local.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onboard.local.Rooms;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.sns.LocalSns;
import dev.onboard.local.sqs.LocalSqs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class CloudWatchTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Rooms rooms;
  private CloudWatchClient cloudWatch;
  private SqsClient sqs;

  @BeforeEach
  void open() {
    open(Rooms.START);
  }

  private void open(Instant at) {
    rooms =
        Rooms.open(
            folder,
            at,
            env -> List.of(new LocalCloudWatch(env), new LocalSqs(env), new LocalSns(env)));
    cloudWatch = rooms.client(CloudWatchClient.class);
    sqs = rooms.client(SqsClient.class);
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  void statistics_sumUpAPeriod() {
    put("m", 1);
    put("m", 5);
    rooms.clock.advance(Duration.ofMinutes(1));
    put("m", 9);
    List<Datapoint> points =
        cloudWatch
            .getMetricStatistics(b ->
                b.namespace("App")
                    .metricName("m")
                    .startTime(Rooms.START)
                    .endTime(Rooms.START.plusSeconds(120))
                    .period(120)
                    .statistics(
                        Statistic.SUM,
                        Statistic.AVERAGE,
                        Statistic.MINIMUM,
                        Statistic.MAXIMUM,
                        Statistic.SAMPLE_COUNT))
            .datapoints();
    assertThat(points)
        .extracting(p ->
            List.of(p.sum(), p.average(), p.minimum(), p.maximum(), p.sampleCount())
                + " "
                + p.timestamp())
        .containsExactly("[15.0, 5.0, 1.0, 9.0, 3.0] 2026-01-01T00:00:00Z");
    assertThat(cloudWatch.listMetrics(b -> b.namespace("App")).metrics()).hasSize(1);
  }

  @Test
  void metricData_addsAndSubtractsByIds_andRefusesOtherMath() {
    put("a", 5);
    put("b", 2);
    var results =
        cloudWatch
            .getMetricData(q ->
                q.startTime(Rooms.START)
                    .endTime(Rooms.START.plusSeconds(60))
                    .metricDataQueries(
                        query("a"),
                        query("b"),
                        MetricDataQuery.builder().id("c").expression("a - b").build()))
            .metricDataResults();
    assertThat(results)
        .extracting(r -> r.id() + r.values())
        .containsExactly("a[5.0]", "b[2.0]", "c[3.0]");
    assertError(
        () ->
            cloudWatch.getMetricData(q ->
                q.startTime(Rooms.START)
                    .endTime(Rooms.START.plusSeconds(60))
                    .metricDataQueries(
                        MetricDataQuery.builder().id("c").expression("ANOMALY(a)").build())),
        "NotSupportedByLocalRuntime",
        "monitoring:GetMetricData with the expression ANOMALY(a) is not supported: the local"
            + " runtime does not have it");
  }

  @Test
  void deadLetters_raiseTheAlarm_andTellTheTopic() {
    String topic = topicInto("told");
    String dead = queue("dead");
    alarm(
        "Dead letters",
        b ->
            b.namespace("AWS/SQS")
                .metricName("ApproximateNumberOfMessagesVisible")
                .dimensions(d -> d.name("QueueName").value("dead"))
                .statistic(Statistic.MAXIMUM)
                .treatMissingData("notBreaching")
                .alarmActions(topic)
                .okActions(topic));
    rooms.clock.advance(Duration.ofMinutes(2));
    assertThat(state("Dead letters")).isEqualTo("OK");
    sqs.sendMessage(b -> b.queueUrl(dead).messageBody("x"));
    rooms.clock.advance(Duration.ofMinutes(2));
    assertThat(state("Dead letters")).isEqualTo("ALARM");
    List<JsonNode> told = told();
    assertThat(told)
        .extracting(m -> m.path("NewStateValue").asText())
        .containsExactly("OK", "ALARM");
    JsonNode message = told.get(1);
    assertThat(message.path("OldStateValue").asText()).isEqualTo("OK");
    assertThat(message.path("Region").asText()).isEqualTo("US East (N. Virginia)");
    assertThat(message.at("/Trigger/MetricName").asText())
        .isEqualTo("ApproximateNumberOfMessagesVisible");
    assertThat(message.at("/Trigger/Dimensions/0/value").asText()).isEqualTo("dead");
    rooms.clock.advance(Duration.ofMinutes(10));
    assertThat(told()).as("an alarm tells changes only").isEmpty();
    sqs.purgeQueue(b -> b.queueUrl(dead));
    rooms.clock.advance(Duration.ofMinutes(2));
    assertThat(state("Dead letters")).isEqualTo("OK");
  }

  @Test
  void oldMessages_areReportedByAge() {
    String queue = queue("waiting");
    sqs.sendMessage(b -> b.queueUrl(queue).messageBody("x"));
    rooms.clock.advance(Duration.ofMinutes(10));
    assertThat(
            cloudWatch
                .getMetricStatistics(b ->
                    b.namespace("AWS/SQS")
                        .metricName("ApproximateAgeOfOldestMessage")
                        .dimensions(d -> d.name("QueueName").value("waiting"))
                        .startTime(Rooms.START)
                        .endTime(rooms.clock.now().plusSeconds(60))
                        .period(60)
                        .statistics(Statistic.MAXIMUM))
                .datapoints())
        .extracting(Datapoint::maximum)
        .contains(60.0, 600.0);
  }

  @Test
  void alarm_keepsItsStateOverARestart_andGoesOn() {
    String topic = topicInto("told");
    alarm("A", b -> metric(b).alarmActions(topic).treatMissingData("missing"));
    put("m", 10);
    rooms.clock.advance(Duration.ofMinutes(1));
    assertThat(state("A")).isEqualTo("ALARM");
    Instant now = rooms.clock.now();
    rooms.close();
    open(now);
    assertThat(state("A")).isEqualTo("ALARM");
    rooms.clock.advance(Duration.ofMinutes(2));
    assertThat(state("A")).isEqualTo("INSUFFICIENT_DATA");
    assertThat(told()).hasSize(1);
  }

  @Test
  void alarmNeedsSomeOfItsPeriods() {
    alarm(
        "A",
        b -> metric(b).evaluationPeriods(3).datapointsToAlarm(2).treatMissingData("notBreaching"));
    put("m", 10);
    rooms.clock.advance(Duration.ofMinutes(1));
    assertThat(state("A")).isEqualTo("OK");
    put("m", 10);
    rooms.clock.advance(Duration.ofMinutes(1));
    assertThat(state("A")).isEqualTo("ALARM");
  }

  @Test
  void stateSetByHand_acts_unlessActionsAreOff() {
    String topic = topicInto("told");
    alarm("A", b -> metric(b).alarmActions(topic).okActions(topic));
    cloudWatch.setAlarmState(b -> b.alarmName("A").stateValue("ALARM").stateReason("testing"));
    assertThat(told())
        .extracting(m -> m.path("NewStateReason").asText())
        .containsExactly("testing");
    cloudWatch.disableAlarmActions(b -> b.alarmNames("A"));
    cloudWatch.setAlarmState(b -> b.alarmName("A").stateValue("OK").stateReason("testing"));
    assertThat(told()).isEmpty();
    assertError(
        () -> cloudWatch.setAlarmState(b -> b.alarmName("A").stateValue("BAD").stateReason("x")),
        "ValidationError",
        "1 validation error detected: Value 'BAD' at 'stateValue' failed to satisfy constraint:"
            + " Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]");
    cloudWatch.deleteAlarms(b -> b.alarmNames("A"));
    assertThat(cloudWatch.describeAlarms().metricAlarms()).isEmpty();
  }

  @Test
  void badRequests_areRefused() {
    assertError(
        () ->
            cloudWatch.putMetricData(
                b -> b.namespace("App").metricData(d -> d.metricName("m").value(1.0).values(1.0))),
        "InvalidParameterCombination",
        "The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually"
            + " exclusive and you have specified both.");
    assertError(
        () ->
            cloudWatch.putMetricData(b ->
                b.namespace("App").metricData(d -> d.metricName("m").values(1.0, 2.0).counts(1.0))),
        "InvalidParameterValue",
        "The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the"
            + " same size.");
    assertError(
        () ->
            cloudWatch.getMetricStatistics(b ->
                b.namespace("App")
                    .metricName("m")
                    .startTime(Rooms.START)
                    .endTime(Rooms.START.plus(Duration.ofDays(60)))
                    .period(60)
                    .statistics(Statistic.SUM)),
        "InvalidParameterCombination",
        "You have requested up to 86400 datapoints, which exceeds the limit of 1440. You may reduce"
            + " the datapoints requested by increasing Period, or decreasing the time range.");
    assertError(
        () -> alarm("A", b -> metric(b).alarmActions("arn:aws:lambda:x")),
        "NotSupportedByLocalRuntime",
        "monitoring:PutMetricAlarm with the action arn:aws:lambda:x is not supported: the local"
            + " runtime does not have it");
    assertError(
        () -> cloudWatch.putDashboard(b -> b.dashboardName("a b").dashboardBody("{}")),
        "InvalidParameterValue",
        "The value for field DashboardName contains invalid characters. It can only contain"
            + " alphanumerics, dash (-) and underscore (_).\n");
  }

  @Test
  void dashboards_areKept() {
    cloudWatch.putDashboard(b -> b.dashboardName("d").dashboardBody("{\"widgets\":[]}"));
    assertThat(cloudWatch.getDashboard(b -> b.dashboardName("d")).dashboardBody())
        .isEqualTo("{\"widgets\":[]}");
    assertThat(cloudWatch.listDashboards(b -> b.dashboardNamePrefix("d")).dashboardEntries())
        .extracting(e -> e.dashboardArn())
        .containsExactly("arn:aws:cloudwatch::000000000000:dashboard/d");
    cloudWatch.deleteDashboards(b -> b.dashboardNames("d"));
    assertThat(cloudWatch.listDashboards(b -> {}).dashboardEntries()).isEmpty();
  }

  private void put(String name, double value) {
    cloudWatch.putMetricData(b ->
        b.namespace("App")
            .metricData(d -> d.metricName(name).value(value).unit(StandardUnit.NONE)));
  }

  private static MetricDataQuery query(String name) {
    return MetricDataQuery.builder()
        .id(name)
        .metricStat(s -> s.metric(m -> m.namespace("App").metricName(name)).stat("Sum").period(60))
        .build();
  }

  private void alarm(String name, Consumer<PutMetricAlarmRequest.Builder> more) {
    cloudWatch.putMetricAlarm(b -> {
      b.alarmName(name)
          .period(60)
          .evaluationPeriods(1)
          .threshold(0.0)
          .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD);
      more.accept(b);
    });
  }

  private static PutMetricAlarmRequest.Builder metric(PutMetricAlarmRequest.Builder alarm) {
    return alarm.namespace("App").metricName("m").statistic(Statistic.SUM);
  }

  private String state(String alarm) {
    return cloudWatch
        .describeAlarms(b -> b.alarmNames(alarm))
        .metricAlarms()
        .getFirst()
        .stateValueAsString();
  }

  private String queue(String name) {
    return sqs.createQueue(b -> b.queueName(name)).queueUrl();
  }

  private String topicInto(String queue) {
    queue(queue);
    SnsClient sns = rooms.client(SnsClient.class);
    String topic = sns.createTopic(b -> b.name("operators")).topicArn();
    sns.subscribe(b ->
        b.topicArn(topic)
            .protocol("sqs")
            .endpoint("arn:aws:sqs:us-east-1:000000000000:" + queue)
            .attributes(java.util.Map.of("RawMessageDelivery", "true")));
    return topic;
  }

  /** What the topic has passed on since it was last asked. */
  private List<JsonNode> told() {
    String url = "http://x/000000000000/told";
    List<Message> messages =
        sqs.receiveMessage(b -> b.queueUrl(url).maxNumberOfMessages(10)).messages();
    messages.forEach(m -> sqs.deleteMessage(b -> b.queueUrl(url).receiptHandle(m.receiptHandle())));
    return messages.stream().map(m -> json(m.body())).toList();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertError(ThrowingCallable call, String code, String message) {
    AwsServiceException e = catchThrowableOfType(AwsServiceException.class, call);
    assertThat(e).as("the error").isNotNull();
    assertThat(AwsErrors.code(e) + ": " + AwsErrors.message(e)).isEqualTo(code + ": " + message);
  }
}
