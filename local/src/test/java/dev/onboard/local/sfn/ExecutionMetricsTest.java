package dev.onboard.local.sfn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.Rooms;
import dev.onboard.local.cloudwatch.LocalCloudWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StateMachineType;

class ExecutionMetricsTest {
  private static final String WAITS =
      """
      {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 30, "End": true}}}\
      """;
  private static final String FAILS =
      """
      {"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "No"}}}\
      """;

  @TempDir Path folder;
  private Rooms rooms;
  private SfnClient sfn;
  private CloudWatchClient cloudWatch;

  @BeforeEach
  void open() {
    rooms = Rooms.open(folder, env -> List.of(new LocalCloudWatch(env), new LocalSfn(env)));
    sfn = rooms.client(SfnClient.class);
    cloudWatch = rooms.client(CloudWatchClient.class);
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  void redrivenExecutions_areReportedBesideTheirEnds() {
    String fails = machine("redriven", StateMachineType.STANDARD, FAILS);
    String execution = sfn.startExecution(b -> b.stateMachineArn(fails)).executionArn();
    rooms.clock.advance(Duration.ofSeconds(1));
    sfn.redriveExecution(b -> b.executionArn(execution));

    rooms.clock.advance(Duration.ofMinutes(3));

    assertThat(sum(fails, "ExecutionsStarted")).isEqualTo(1);
    assertThat(sum(fails, "ExecutionsFailed")).isEqualTo(2);
    assertThat(sum(fails, "ExecutionsRedriven")).isEqualTo(1);
    assertThat(sum(fails, "RedrivenExecutionsFailed")).isEqualTo(1);
  }

  @Test
  void executionsThatBeginAndEnd_areReportedOnceAMinuteLater() {
    String waits = machine("waits", StateMachineType.STANDARD, WAITS);
    sfn.startExecution(b -> b.stateMachineArn(waits));
    String stopped = sfn.startExecution(b -> b.stateMachineArn(waits)).executionArn();
    sfn.stopExecution(b -> b.executionArn(stopped));

    rooms.clock.advance(Duration.ofMinutes(3));

    assertThat(sum(waits, "ExecutionsStarted")).isEqualTo(2);
    assertThat(sum(waits, "ExecutionsSucceeded")).isEqualTo(1);
    assertThat(sum(waits, "ExecutionsAborted")).isEqualTo(1);
    assertThat(sum(waits, "ExecutionsFailed")).isZero();
  }

  @Test
  void synchronousExecution_isCountedToo() {
    String fails = machine("fails", StateMachineType.EXPRESS, FAILS);
    sfn.startSyncExecution(b -> b.stateMachineArn(fails));

    rooms.clock.advance(Duration.ofMinutes(1));

    assertThat(sum(fails, "ExecutionsStarted")).isEqualTo(1);
    assertThat(sum(fails, "ExecutionsFailed")).isEqualTo(1);
  }

  @Test
  void failedExecution_setsAnAlarmOff() {
    String fails = machine("fails", StateMachineType.STANDARD, FAILS);
    cloudWatch.putMetricAlarm(b ->
        b.alarmName("failed")
            .namespace("AWS/States")
            .metricName("ExecutionsFailed")
            .dimensions(d -> d.name("StateMachineArn").value(fails))
            .statistic(Statistic.SUM)
            .period(60)
            .evaluationPeriods(1)
            .threshold(0.0)
            .comparisonOperator("GreaterThanThreshold")
            .treatMissingData("notBreaching"));
    sfn.startExecution(b -> b.stateMachineArn(fails));

    rooms.clock.advanceUntil(() -> state("failed") == StateValue.ALARM, Duration.ofMinutes(5));

    assertThat(state("failed")).isEqualTo(StateValue.ALARM);
  }

  @Test
  void restartBeforeTheReport_losesNothing() {
    String fails = machine("fails", StateMachineType.STANDARD, FAILS);
    sfn.startExecution(b -> b.stateMachineArn(fails));
    rooms.clock.advance(Duration.ofSeconds(1));
    rooms.close();
    open();

    rooms.clock.advance(Duration.ofMinutes(2));

    assertThat(sum(fails, "ExecutionsStarted")).isEqualTo(1);
    assertThat(sum(fails, "ExecutionsFailed")).isEqualTo(1);
  }

  private StateValue state(String alarm) {
    return cloudWatch
        .describeAlarms(b -> b.alarmNames(alarm))
        .metricAlarms()
        .getFirst()
        .stateValue();
  }

  private String machine(String name, StateMachineType type, String definition) {
    return sfn.createStateMachine(b ->
            b.name(name)
                .type(type)
                .roleArn("arn:aws:iam::000000000000:role/workflow")
                .definition(definition))
        .stateMachineArn();
  }

  private double sum(String machine, String metric) {
    return cloudWatch
        .getMetricStatistics(b ->
            b.namespace("AWS/States")
                .metricName(metric)
                .dimensions(d -> d.name("StateMachineArn").value(machine))
                .startTime(Rooms.START)
                .endTime(Rooms.START.plusSeconds(3600))
                .period(3600)
                .statistics(Statistic.SUM))
        .datapoints()
        .stream()
        .mapToDouble(Datapoint::sum)
        .sum();
  }
}
