package dev.onboard.local.sfn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.Rooms;
import dev.onboard.local.sfn.asl.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * RedriveExecution, as recordings of AWS have it: which event follows which, what is kept and what
 * is done again.
 */
class RedriveTest extends RedriveFixture {

  @Test
  void failedTask_isScheduledAgainWithoutBeingEntered() {
    String machine =
        workflows.create(
            "sequence",
            """
            {"StartAt": "Before", "States": {
              "Before": {"Type": "Pass", "Next": "Work"},
              "Work": %s,
              "After": {"Type": "Pass", "Parameters": {"r.$": "$$.Execution.RedriveCount",
                "t.$": "$$.Execution.RedriveTime", "s.$": "$$.Execution.StartTime"},
                "End": true}}}
            """
                .formatted(task("\"Next\": \"After\"")));
    broken.add("a");
    var failed = workflows.run(machine, "\"a\"");
    String execution = failed.executionArn();
    assertThat(failed.redriveStatusAsString()).isEqualTo("REDRIVABLE");
    assertThat(failed.redriveStatusReason()).isNull();
    assertThat(failed.redriveCount()).isZero();
    assertThat(failed.redriveDate()).isNull();

    broken.clear();
    Instant redriven = redrive(execution);
    assertThat(redriven).isEqualTo(Rooms.START.plusSeconds(1));
    var end = workflows.end(execution);
    assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(end.error()).isNull();
    assertThat(end.startDate()).isEqualTo(failed.startDate());
    assertThat(end.redriveCount()).isEqualTo(1);
    assertThat(end.redriveDate()).isEqualTo(redriven);
    assertThat(end.redriveStatusAsString()).isEqualTo("NOT_REDRIVABLE");
    assertThat(end.redriveStatusReason())
        .isEqualTo("Execution is SUCCEEDED and cannot be redriven");
    assertThat(Workflows.tree(end.output()))
        .isEqualTo(
            Workflows.tree(
                """
                {"r": 1, "t": "2026-01-01T00:00:01.000Z", "s": "2026-01-01T00:00:00.000Z"}
                """));
    assertThat(workflows.events(execution))
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 PassStateEntered",
            "3<-2 PassStateExited",
            "4<-3 TaskStateEntered",
            "5<-4 LambdaFunctionScheduled",
            "6<-5 LambdaFunctionStarted",
            "7<-6 LambdaFunctionFailed",
            "8<-7 ExecutionFailed",
            "9<-8 ExecutionRedriven",
            "10<-4 LambdaFunctionScheduled",
            "11<-10 LambdaFunctionStarted",
            "12<-11 LambdaFunctionSucceeded",
            "13<-12 TaskStateExited",
            "14<-13 PassStateEntered",
            "15<-14 PassStateExited",
            "16<-15 ExecutionSucceeded");
    assertThat(workflows.history(execution).get(8).executionRedrivenEventDetails().redriveCount())
        .isEqualTo(1);
  }

  @Test
  void retries_areCountedFromTheBeginning() {
    String machine =
        workflows.create(
            "retries",
            """
            {"StartAt": "Work", "States": {"Work": %s}}
            """
                .formatted(
                    task(
                        """
                        "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 1}],
                        "End": true
                        """)));
    broken.add("a");
    String execution = workflows.run(machine, "\"a\"").executionArn();
    redrive(execution);
    workflows.end(execution);
    assertThat(workflows.history(execution))
        .extracting(HistoryEvent::typeAsString)
        .filteredOn(t -> t.equals("LambdaFunctionScheduled"))
        .hasSize(4);
    assertThat(workflows.describe(execution).redriveStatusAsString()).isEqualTo("REDRIVABLE");
    assertThat(workflows.describe(execution).redriveCount()).isEqualTo(1);
  }

  @Test
  void variables_areThoseOfTheStatesBefore() {
    String machine =
        workflows.create(
            "variables",
            """
            {"QueryLanguage": "JSONata", "StartAt": "Set", "States": {
              "Set": {"Type": "Pass", "Assign": {"kept": "{% $states.input & '!' %}"},
                "Next": "Work"},
              "Work": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                "Arguments": {"FunctionName": "f", "Payload": "a"},
                "Output": "{% $kept %}", "End": true}}}
            """);
    broken.add("a");
    String execution = workflows.run(machine, "\"x\"").executionArn();
    broken.clear();
    redrive(execution);
    assertThat(workflows.end(execution).output()).isEqualTo("\"x!\"");
  }

  @Test
  void definition_isTheOneItStartedWith() {
    String definition =
        """
        {"StartAt": "Work", "States": {"Work": %s,
          "End": {"Type": "Pass", "Result": "%s", "End": true}}}
        """;
    String work = task("\"Next\": \"End\"");
    String machine = workflows.create("pinned", definition.formatted(work, "old"));
    broken.add("a");
    String execution = workflows.run(machine, "\"a\"").executionArn();
    broken.clear();
    workflows.sfn.updateStateMachine(
        b -> b.stateMachineArn(machine).definition(definition.formatted(work, "new")));
    redrive(execution);
    assertThat(workflows.end(execution).output()).isEqualTo("\"old\"");
  }

  @Test
  void failState_failsOnceMore() {
    String machine =
        workflows.create(
            "fail",
            """
            {"StartAt": "Choose", "States": {
              "Choose": {"Type": "Choice", "Choices": [{"Variable": "$", "IsString": true,
                "Next": "No"}]},
              "No": {"Type": "Fail", "Error": "E", "Cause": "c"}}}
            """);
    String execution = workflows.run(machine, "\"a\"").executionArn();
    redrive(execution);
    var end = workflows.end(execution);
    assertThat(end.error()).isEqualTo("E");
    assertThat(eventsAfter(execution, 5))
        .containsExactly("6<-5 ExecutionRedriven", "7<-6 ExecutionFailed");
  }

  @Test
  void abortedAndTimedOut_startTheirTimesAnew() {
    String machine =
        workflows.create(
            "timed",
            """
            {"TimeoutSeconds": 100, "StartAt": "W", "States": {
              "W": {"Type": "Wait", "Seconds": 150, "End": true}}}
            """);
    String execution = workflows.start(machine, "{}");
    var timedOut = workflows.end(execution);
    assertThat(timedOut.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
    assertThat(timedOut.error()).isNull();
    assertThat(workflows.events(execution))
        .containsExactly(
            "1<-0 ExecutionStarted", "2<-0 WaitStateEntered", "3<-0 ExecutionTimedOut");
    assertThat(workflows.history(execution).getLast().executionTimedOutEventDetails().error())
        .isEqualTo("States.Timeout");
    Instant redriven = redrive(execution);
    workflows.rooms.clock.advance(Duration.ofSeconds(99));
    assertThat(workflows.isOver(execution)).isFalse();
    var again = workflows.end(execution);
    assertThat(again.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
    assertThat(again.stopDate()).isEqualTo(redriven.plusSeconds(100));

    redrive(execution);
    workflows.rooms.clock.advance(Duration.ofSeconds(1));
    workflows.sfn.stopExecution(b -> b.executionArn(execution).error("E").cause("c"));
    assertThat(workflows.describe(execution).status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(workflows.events(execution))
        .endsWith("6<-5 ExecutionRedriven", "7<-0 ExecutionAborted");
    redrive(execution);
    assertThat(workflows.describe(execution).status()).isEqualTo(ExecutionStatus.RUNNING);
  }

  @Test
  void callback_getsANewToken_andTheOldOneIsDead() {
    SqsClient sqs = workflows.rooms.client(SqsClient.class);
    String queue = sqs.createQueue(b -> b.queueName("tokens")).queueUrl();
    String machine =
        workflows.create(
            "callback",
            """
            {"StartAt": "T", "States": {"T": {"Type": "Task",
              "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
              "Parameters": {"QueueUrl": "%s", "MessageBody.$": "$$.Task.Token"},
              "End": true}}}
            """
                .formatted(queue));
    String execution = workflows.start(machine, "{}");
    String first = token(sqs, queue);
    workflows.sfn.stopExecution(b -> b.executionArn(execution));
    redrive(execution);
    String second = token(sqs, queue);
    assertThat(second).isNotEqualTo(first);
    assertThatThrownBy(() -> workflows.sfn.sendTaskSuccess(b -> b.taskToken(first).output("1")))
        .hasMessageContaining("Task Timed Out");
    workflows.sfn.sendTaskSuccess(b -> b.taskToken(second).output("2"));
    assertThat(workflows.end(execution).output()).isEqualTo("2");
  }

  private String token(SqsClient sqs, String queue) {
    while (true) {
      var messages = sqs.receiveMessage(b -> b.queueUrl(queue)).messages();
      if (!messages.isEmpty()) {
        sqs.deleteMessage(
            b -> b.queueUrl(queue).receiptHandle(messages.getFirst().receiptHandle()));
        return messages.getFirst().body();
      }
      workflows.rooms.clock.advance(Duration.ofMillis(100));
    }
  }

  @Test
  void lists_tellOfRedrives_butAreNotFilteredByThem() {
    String execution = failed("listed");
    redrive(execution);
    workflows.end(execution);
    String machine = workflows.describe(execution).stateMachineArn();
    var item =
        workflows.sfn.listExecutions(b -> b.stateMachineArn(machine)).executions().getFirst();
    assertThat(item.redriveCount()).isEqualTo(1);
    assertThat(item.redriveDate()).isEqualTo(Rooms.START.plusSeconds(1));
    assertThatThrownBy(() ->
            workflows.sfn.listExecutions(b -> b.stateMachineArn(machine).redriveFilter("REDRIVEN")))
        .isInstanceOf(SfnException.class)
        .hasMessageContaining(
            "RedriveFilter cannot be applied to ListExecutions call with StateMachine ARN");
  }

  @Test
  void statusEvents_tellOfRedrives() {
    SqsClient sqs = workflows.rooms.client(SqsClient.class);
    String queue = sqs.createQueue(b -> b.queueName("told")).queueUrl();
    EventBridgeClient events = workflows.rooms.client(EventBridgeClient.class);
    events.putRule(b -> b.name("told").eventPattern("{\"source\": [\"aws.states\"]}"));
    events.putTargets(b ->
        b.rule("told").targets(t -> t.id("queue").arn("arn:aws:sqs:us-east-1:000000000000:told")));
    String execution = failed("told");
    Instant redriven = redrive(execution);
    workflows.end(execution);
    List<JsonNode> told = new ArrayList<>();
    while (told.size() < 4) {
      sqs.receiveMessage(b -> b.queueUrl(queue).maxNumberOfMessages(10))
          .messages()
          .forEach(m -> told.add(Json.read(m.body()).path("detail")));
    }
    assertThat(told)
        .extracting(d -> d.path("status").asText() + " " + d.path("redriveCount").asInt())
        .containsExactly("RUNNING 0", "FAILED 0", "RUNNING 1", "FAILED 1");
    assertThat(told)
        .extracting(d -> d.path("redriveStatus").asText())
        .containsExactly("NOT_REDRIVABLE", "REDRIVABLE", "NOT_REDRIVABLE", "REDRIVABLE");
    assertThat(told.getLast().path("redriveDate").asLong()).isEqualTo(redriven.toEpochMilli());
    assertThat(told.getFirst().path("redriveDate").isNull()).isTrue();
  }
}
