package dev.onboard.local.sfn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onboard.local.sfn.asl.Json;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.StateMachineType;

class LocalSfnTest {
  @TempDir Path folder;
  private final FunctionTwin functions = new FunctionTwin();
  private Workflows workflows;

  @BeforeEach
  void open() {
    workflows = new Workflows(folder, functions);
  }

  @AfterEach
  void close() {
    workflows.close();
  }

  @Test
  void passAndSucceed_historyIsThatOfStepFunctions() {
    String machine =
        workflows.create(
            "hello",
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Result": {"x": 1}, "ResultPath": "$.a", "Next": "B"},
              "B": {"Type": "Succeed"}}}
            """);
    var end = workflows.run(machine, "{\"in\": true}");
    assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(end.output()).isEqualTo("{\"in\":true,\"a\":{\"x\":1}}");
    assertThat(workflows.events(end.executionArn()))
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 PassStateEntered",
            "3<-2 PassStateExited",
            "4<-3 SucceedStateEntered",
            "5<-4 SucceedStateExited",
            "6<-5 ExecutionSucceeded");
  }

  @Test
  void function_failsTwiceThenWorks_isRetriedWithBackoff() {
    int[] calls = {0};
    functions.with(
        "work",
        in -> {
          if (++calls[0] < 3) {
            throw new IllegalStateException("not yet");
          }
          return Json.object().put("n", in.path("n").intValue() + 1);
        });
    String machine =
        workflows.create(
            "retry",
            """
            {"QueryLanguage": "JSONata", "StartAt": "Work", "States": {"Work": {
              "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
              "Arguments": {"FunctionName": "work", "Payload": {"n": "{% $states.input.n %}"}},
              "Output": "{% $states.result.Payload.n %}",
              "Retry": [{"ErrorEquals": ["IllegalStateException"], "IntervalSeconds": 10,
                "BackoffRate": 3}],
              "End": true}}}
            """);
    var before = workflows.rooms.clock.now();
    var end = workflows.run(machine, "{\"n\": 41}");
    assertThat(end.output()).isEqualTo("42");
    assertThat(workflows.rooms.clock.now()).isEqualTo(before.plusSeconds(40));
    assertThat(workflows.events(end.executionArn()))
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 TaskStateEntered",
            "3<-2 TaskScheduled",
            "4<-3 TaskStarted",
            "5<-4 TaskFailed",
            "6<-5 TaskScheduled",
            "7<-6 TaskStarted",
            "8<-7 TaskFailed",
            "9<-8 TaskScheduled",
            "10<-9 TaskStarted",
            "11<-10 TaskSucceeded",
            "12<-11 TaskStateExited",
            "13<-12 ExecutionSucceeded");
  }

  @Test
  void inlineMapAndParallel_giveResultsInOrder() {
    String machine =
        workflows.create(
            "fan",
            """
            {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
              {"StartAt": "M", "States": {"M": {"Type": "Map", "ItemsPath": "$.xs",
                "MaxConcurrency": 1, "End": true,
                "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass",
                  "Parameters": {"v.$": "$", "i.$": "$$.Map.Item.Index"}, "End": true}}}}}},
              {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 5, "End": true}}}]}}}
            """);
    var end = workflows.run(machine, "{\"xs\": [7, 8]}");
    assertThat(end.output()).isEqualTo("[[{\"v\":7,\"i\":0},{\"v\":8,\"i\":1}],{\"xs\": [7, 8]}]");
  }

  @Test
  void sameNameAndInput_isTheSameExecutionWhileItRuns() {
    String machine =
        workflows.create(
            "wait",
            """
            {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 60, "End": true}}}
            """);
    var first =
        workflows.sfn.startExecution(b -> b.stateMachineArn(machine).name("one").input("{}"));
    var again =
        workflows.sfn.startExecution(b -> b.stateMachineArn(machine).name("one").input("{}"));
    assertThat(again).isEqualTo(first);
    assertThatThrownBy(() ->
            workflows.sfn.startExecution(
                b -> b.stateMachineArn(machine).name("one").input("{\"a\":1}")))
        .isInstanceOf(ExecutionAlreadyExistsException.class);
    workflows.end(first.executionArn());
    assertThatThrownBy(() ->
            workflows.sfn.startExecution(b -> b.stateMachineArn(machine).name("one").input("{}")))
        .hasMessageContaining("Execution Already Exists: '" + first.executionArn() + "'");
  }

  @Test
  void expressExecution_isRunAtOnce() {
    String machine =
        workflows.create(
            "quick",
            StateMachineType.EXPRESS,
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass",
              "Output": "{% $states.input.a + 1 %}", "End": true}}}
            """);
    var end = workflows.sfn.startSyncExecution(b -> b.stateMachineArn(machine).input("{\"a\":1}"));
    assertThat(end.output()).isEqualTo("2");
    assertThat(end.statusAsString()).isEqualTo("SUCCEEDED");
  }

  @Test
  void definitionThatIsWrong_isRefusedWithAllThatIsWrong() {
    assertThatThrownBy(() -> workflows.create("bad", "{\"StartAt\": \"A\"}"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining(
            "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are"
                + " required: [States] at /'");
  }

  @Test
  void stopExecution_abortsWhatWaits() {
    String machine =
        workflows.create(
            "long",
            """
            {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 600, "End": true}}}
            """);
    String execution = workflows.start(machine, "{}");
    workflows.rooms.clock.advance(Duration.ofSeconds(1));
    workflows.sfn.stopExecution(b -> b.executionArn(execution).error("E").cause("because"));
    var end = workflows.describe(execution);
    assertThat(end.status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(workflows.events(execution))
        .containsExactly("1<-0 ExecutionStarted", "2<-0 WaitStateEntered", "3<-0 ExecutionAborted");
  }

  @Test
  void activity_isWorkedOnByWhoAsks() {
    String activity = workflows.sfn.createActivity(b -> b.name("by-hand")).activityArn();
    String machine =
        workflows.create(
            "manual",
            """
            {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "%s",
              "TimeoutSeconds": 100, "End": true}}}
            """
                .formatted(activity));
    String execution = workflows.start(machine, "{\"a\": 1}");
    var task = workflows.sfn.getActivityTask(b -> b.activityArn(activity).workerName("me"));
    assertThat(task.input()).isEqualTo("{\"a\": 1}");
    workflows.sfn.sendTaskSuccess(b -> b.taskToken(task.taskToken()).output("2"));
    assertThat(workflows.end(execution).output()).isEqualTo("2");
    assertThat(workflows.events(execution))
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 TaskStateEntered",
            "3<-2 ActivityScheduled",
            "4<-3 ActivityStarted",
            "5<-4 ActivitySucceeded",
            "6<-5 TaskStateExited",
            "7<-6 ExecutionSucceeded");
    assertThatThrownBy(
            () -> workflows.sfn.sendTaskSuccess(b -> b.taskToken(task.taskToken()).output("3")))
        .hasMessageContaining("Task Timed Out: 'Provided task does not exist anymore'");
  }

  @Test
  void callThatWaits_holdsUpNobody() {
    String activity = workflows.sfn.createActivity(b -> b.name("slow")).activityArn();
    String machine =
        workflows.create(
            "asks",
            """
            {"StartAt": "A", "States": {"A": {"Type": "Task",
              "Resource": "arn:aws:states:::aws-sdk:sfn:getActivityTask",
              "Parameters": {"ActivityArn": "%s"}, "End": true}}}
            """
                .formatted(activity));
    String execution = workflows.start(machine, "{}");
    workflows.rooms.clock.advance(Duration.ofSeconds(30));
    assertThat(workflows.isOver(execution)).isFalse();
    workflows.create(
        "meanwhile", "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}");
    assertThat(workflows.end(execution).output()).isEqualTo("{}");
  }

  /**
   * A race: a branch that is stopped in the moment in which its own branch ends. Hence so often.
   */
  @Test
  void branchThatIsStoppedWhileItsOwnEnds_holdsUpNothing() {
    functions.with(
        "work",
        in -> {
          if (in.asText().equals("bad")) {
            throw new IllegalStateException("bad");
          }
          return in;
        });
    String machine =
        workflows.create(
            "nested",
            """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {
              "StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
                {"StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
                  "Resource": "arn:aws:lambda:us-east-1:000000000000:function:work"}}},
                {"StartAt": "N", "States": {"N": {"Type": "Pass", "End": true}}}]}}}}}}
            """);
    for (int i = 0; i < 300; i++) {
      assertThat(workflows.run(machine, "[\"good\", \"bad\"]").status())
          .isEqualTo(ExecutionStatus.FAILED);
    }
  }
}
