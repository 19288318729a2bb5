package dev.onboard.local.sfn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.Rooms;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * RedriveExecution, as recordings of AWS have it: which event follows which, what is kept and what
 * is done again.
 */
class RedriveTest {
  @TempDir Path folder;
  private final Set<String> broken = ConcurrentHashMap.newKeySet();
  private Workflows workflows;

  @BeforeEach
  void open() {
    workflows = new Workflows(folder, functions());
  }

  @AfterEach
  void close() {
    workflows.close();
  }

  /** A function that fails on what is broken. */
  private FunctionTwin functions() {
    return new FunctionTwin()
        .with(
            "f",
            in -> {
              if (broken.contains(in.asText())) {
                throw new IllegalStateException("broken: " + in.asText());
              }
              return in;
            });
  }

  private static String task(String more) {
    return """
    {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:f", %s}
    """
        .formatted(more);
  }

  private Instant redrive(String execution) {
    workflows.rooms.clock.advance(Duration.ofSeconds(1));
    return workflows.sfn.redriveExecution(b -> b.executionArn(execution)).redriveDate();
  }

  private List<String> eventsAfter(String execution, int count) {
    List<String> events = workflows.events(execution);
    return events.subList(count, events.size());
  }

  // ------------------------------------------------------------------ from the failed state

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
  void parallel_keepsWhatSucceededAndGoesOnWithTheRest() {
    String machine =
        workflows.create(
            "parallel",
            """
            {"StartAt": "P", "States": {"P": {"Type": "Parallel", "Branches": [
              {"StartAt": "Good", "States": {"Good": {"Type": "Pass", "Result": "good",
                "End": true}}},
              {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 5,
                "Next": "Bad"}, "Bad": %s}},
              {"StartAt": "Slow", "States": {"Slow": {"Type": "Wait", "Seconds": 60,
                "End": true}}}], "End": true}}}
            """
                .formatted(task("\"InputPath\": \"$.v\", \"End\": true")));
    broken.add("a");
    var failed = workflows.run(machine, "{\"v\":\"a\"}");
    String execution = failed.executionArn();
    int before = workflows.events(execution).size();
    assertThat(workflows.events(execution)).contains("3<-2 ParallelStateStarted");
    List<String> types =
        workflows.history(execution).stream().map(HistoryEvent::typeAsString).toList();
    assertThat(types).contains("WaitStateAborted", "ParallelStateFailed");
    broken.clear();
    Instant redriven = redrive(execution);
    var end = workflows.end(execution);
    assertThat(end.output()).isEqualTo("[\"good\",\"a\",{\"v\":\"a\"}]");
    // The relative wait begins anew.
    assertThat(Duration.between(redriven, end.stopDate())).isEqualTo(Duration.ofSeconds(60));
    List<HistoryEvent> after =
        workflows.history(execution).subList(before, workflows.history(execution).size());
    assertThat(after)
        .extracting(HistoryEvent::typeAsString)
        .containsExactly(
            "ExecutionRedriven",
            "LambdaFunctionScheduled",
            "LambdaFunctionStarted",
            "LambdaFunctionSucceeded",
            "TaskStateExited",
            "WaitStateExited",
            "ParallelStateSucceeded",
            "ParallelStateExited",
            "ExecutionSucceeded");
    assertThat(type(execution, after.get(1).previousEventId())).isEqualTo("TaskStateEntered");
    assertThat(type(execution, after.get(5).previousEventId())).isEqualTo("WaitStateEntered");
  }

  private String type(String execution, long event) {
    return workflows.history(execution).get((int) event - 1).typeAsString();
  }

  @Test
  void inlineMap_keepsFinishedIterationsAndStartsThoseThatHadNot() {
    String machine =
        workflows.create(
            "map",
            """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "MaxConcurrency": 1,
              "ItemProcessor": {"StartAt": "T", "States": {"T": %s}}, "End": true}}}
            """
                .formatted(task("\"End\": true")));
    broken.add("b");
    String execution = workflows.run(machine, "[\"a\", \"b\", \"c\"]").executionArn();
    int before = workflows.events(execution).size();
    broken.clear();
    redrive(execution);
    assertThat(workflows.end(execution).output()).isEqualTo("[\"a\",\"b\",\"c\"]");
    List<HistoryEvent> all = workflows.history(execution);
    assertThat(all.subList(before, all.size()))
        .extracting(HistoryEvent::typeAsString)
        .containsExactly(
            "ExecutionRedriven",
            "LambdaFunctionScheduled",
            "LambdaFunctionStarted",
            "LambdaFunctionSucceeded",
            "TaskStateExited",
            "MapIterationSucceeded",
            "MapIterationStarted",
            "TaskStateEntered",
            "LambdaFunctionScheduled",
            "LambdaFunctionStarted",
            "LambdaFunctionSucceeded",
            "TaskStateExited",
            "MapIterationSucceeded",
            "MapStateSucceeded",
            "MapStateExited",
            "ExecutionSucceeded");
    assertThat(type(execution, all.get(before + 1).previousEventId()))
        .isEqualTo("TaskStateEntered");
  }

  @Test
  void nestedBranches_goOnWithinEachOther() {
    String machine =
        workflows.create(
            "nested",
            """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "ItemProcessor": {
              "StartAt": "P", "States": {"P": {"Type": "Parallel", "Branches": [
                {"StartAt": "T", "States": {"T": %s}},
                {"StartAt": "N", "States": {"N": {"Type": "Pass", "Result": 1, "End": true}}}],
                "End": true}}}, "End": true}}}
            """
                .formatted(task("\"End\": true")));
    broken.add("b");
    String execution = workflows.run(machine, "[\"a\", \"b\"]").executionArn();
    for (int i = 1; i <= 2; i++) {
      redrive(execution);
      assertThat(workflows.end(execution).status()).isEqualTo(ExecutionStatus.FAILED);
    }
    broken.clear();
    redrive(execution);
    assertThat(workflows.end(execution).output()).isEqualTo("[[\"a\",1],[\"b\",1]]");
    assertThat(workflows.describe(execution).redriveCount()).isEqualTo(3);
    assertThat(workflows.history(execution))
        .filteredOn(e -> e.typeAsString().equals("MapIterationStarted"))
        .hasSize(2);
  }

  @Test
  void branchesOfAStateThatWasRetriedOrCaught_areForgotten() {
    String machine =
        workflows.create(
            "recovers",
            """
            {"StartAt": "P", "States": {
              "P": {"Type": "Parallel", "Branches": [{"StartAt": "T", "States": {"T": %s}}],
                "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 2}],
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Last", "ResultPath": null}],
                "End": true},
              "Last": %s}}
            """
                .formatted(task("\"End\": true"), task("\"End\": true")));
    broken.add("a");
    String execution = workflows.run(machine, "\"a\"").executionArn();
    int before = workflows.events(execution).size();
    broken.clear();
    redrive(execution);
    assertThat(workflows.end(execution).output()).isEqualTo("\"a\"");
    assertThat(eventsAfter(execution, before)).hasSize(6);
  }

  // ------------------------------------------------------------------ aborted, timed out

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

  // ------------------------------------------------------------------ what is refused

  @Test
  void whatCannotBeRedriven_isRefusedInAwsWords() {
    String wait =
        workflows.create(
            "waits",
            """
            {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 10, "End": true}}}
            """);
    String running = workflows.start(wait, "{}");
    assertNotRedrivable(running, "Execution is RUNNING and cannot be redriven");
    workflows.end(running);
    assertNotRedrivable(running, "Execution is SUCCEEDED and cannot be redriven");

    String gone = running.replaceFirst("[^:]*$", "gone");
    assertThatThrownBy(() -> workflows.sfn.redriveExecution(b -> b.executionArn(gone)))
        .hasMessageContaining("Execution Does Not Exist: '" + gone + "'");

    String express =
        workflows.create(
            "express",
            StateMachineType.EXPRESS,
            "{\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"End\": true}}}");
    String quick = workflows.sfn.startSyncExecution(b -> b.stateMachineArn(express)).executionArn();
    assertThatThrownBy(() -> workflows.sfn.redriveExecution(b -> b.executionArn(quick)))
        .isInstanceOf(InvalidArnException.class)
        .hasMessageContaining("Resource type not valid in this context: express");
  }

  @Test
  void afterFourteenDays_noExecutionIsRedriven() {
    String execution = failed("late");
    workflows.rooms.clock.advance(Duration.ofDays(14).plusSeconds(1));
    assertNotRedrivable(execution, "Execution redrivable period exceeded");
  }

  @Test
  void deletedMachine_letsNothingBeRedriven() {
    String execution = failed("deleted");
    String machine = workflows.describe(execution).stateMachineArn();
    workflows.sfn.deleteStateMachine(b -> b.stateMachineArn(machine));
    assertNotRedrivable(execution, "State machine is in DELETING status");
  }

  @Test
  void fullHistory_letsNothingBeRedriven() {
    String machine =
        workflows.create(
            "full",
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "A"}}}
            """);
    var end = workflows.run(machine, "{}");
    assertThat(end.error()).isEqualTo("States.Runtime");
    assertNotRedrivable(end.executionArn(), "Execution history event limit exceeded");
  }

  private String failed(String name) {
    broken.add("a");
    String machine =
        workflows.create(
            name, "{\"StartAt\": \"T\", \"States\": {\"T\": " + task("\"End\": true") + "}}");
    return workflows.run(machine, "\"a\"").executionArn();
  }

  private void assertNotRedrivable(String execution, String reason) {
    ThrowingCallable redrive = () -> workflows.sfn.redriveExecution(b -> b.executionArn(execution));
    assertThatThrownBy(redrive)
        .isInstanceOf(ExecutionNotRedrivableException.class)
        .hasMessageContaining("Execution " + execution + " invalid for redrive as: " + reason);
    var described = workflows.describe(execution);
    assertThat(described.redriveStatusAsString()).isEqualTo("NOT_REDRIVABLE");
    assertThat(described.redriveStatusReason()).isEqualTo(reason);
  }

  @Test
  void clientToken_isRememberedForAQuarterOfAnHour() {
    String execution = failed("tokens");
    workflows.rooms.clock.advance(Duration.ofSeconds(1));
    Instant first = redrive(execution, "one");
    workflows.end(execution);
    workflows.rooms.clock.advance(Duration.ofMinutes(10));
    assertThat(redrive(execution, "one")).isEqualTo(first);
    assertThat(workflows.describe(execution).redriveCount()).isEqualTo(1);
    Instant second = redrive(execution, "two");
    assertThat(second).isAfter(first);
    workflows.end(execution);
    assertThat(redrive(execution, "one")).isEqualTo(first);
    workflows.rooms.clock.advance(Duration.ofMinutes(10));
    assertThat(redrive(execution, "one")).isAfter(second);
  }

  private Instant redrive(String execution, String token) {
    return workflows
        .sfn
        .redriveExecution(b -> b.executionArn(execution).clientToken(token))
        .redriveDate();
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

  // ------------------------------------------------------------------ across restarts

  @Test
  void redrive_afterARestart_goesOnFromTheFailedState() {
    String machine =
        workflows.create(
            "restarts",
            """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "MaxConcurrency": 1, "ItemProcessor": {
              "StartAt": "T", "States": {"T": %s}}, "End": true}}}
            """
                .formatted(task("\"End\": true")));
    broken.add("b");
    String execution = workflows.run(machine, "[\"a\", \"b\"]").executionArn();
    restart();
    broken.clear();
    redrive(execution);
    assertThat(workflows.end(execution).output()).isEqualTo("[\"a\",\"b\"]");
    assertThat(workflows.history(execution))
        .filteredOn(e -> e.typeAsString().equals("LambdaFunctionScheduled"))
        .hasSize(3);
  }

  @Test
  void restart_inTheMiddleOfARedrive_goesOn() {
    String machine =
        workflows.create(
            "middle",
            """
            {"TimeoutSeconds": 50, "StartAt": "W", "States": {
              "W": {"Type": "Wait", "Seconds": 100, "End": true}}}
            """);
    String execution = workflows.start(machine, "{}");
    workflows.end(execution);
    Instant redriven = redrive(execution);
    workflows.rooms.clock.advance(Duration.ofSeconds(10));
    restart();
    var end = workflows.end(execution);
    assertThat(end.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
    assertThat(end.stopDate()).isEqualTo(redriven.plusSeconds(50));
    assertThat(end.redriveCount()).isEqualTo(1);
    assertThat(workflows.events(execution))
        .endsWith("4<-3 ExecutionRedriven", "5<-0 ExecutionTimedOut");
  }

  private void restart() {
    Instant now = workflows.rooms.clock.now();
    workflows.close();
    workflows = new Workflows(folder, now, functions());
  }

  @Test
  void executionsOfAnEarlierVersion_goOn_butAreNotRedriven() {
    String failed = failed("old");
    String waits =
        workflows.create(
            "waits",
            """
            {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 100, "End": true}}}
            """);
    String running = workflows.start(waits, "{\"n\": 1}");
    Instant now = workflows.rooms.clock.now();
    workflows.close();
    try (Store store = Store.open(folder)) {
      store.write(tx -> {
        forgetRedrives(tx);
        return null;
      });
    }
    workflows = new Workflows(folder, now, functions());
    assertNotRedrivable(failed, "Execution was started before the launch of RedriveExecution");
    assertThat(workflows.end(running).output()).isEqualTo("{\"n\": 1}");
    String later = failed("later");
    redrive(later);
    assertThat(workflows.end(later).redriveCount()).isEqualTo(1);
  }

  /** Leaves the tables as a runtime that did not know of redrives has left them. */
  private static void forgetRedrives(Tx tx) {
    List.of("redrivable", "redrive_count", "redrive_date", "was")
        .forEach(column -> tx.update("ALTER TABLE sfn_execution DROP COLUMN " + column));
    List.of(
            "redrive_count",
            "redrive_date",
            "pending_redrive",
            "items_pending_redrive",
            "not_redrivable",
            "items_not_redrivable",
            "batched",
            "result_files")
        .forEach(column -> tx.update("ALTER TABLE sfn_map_run DROP COLUMN " + column));
    tx.update("DROP TABLE sfn_redrive");
    tx.update(
        "DELETE FROM sfn_frame WHERE execution IN"
            + " (SELECT id FROM sfn_execution WHERE status <> 'RUNNING')");
    tx.update("UPDATE room_version SET version = 3 WHERE room = 'sfn'");
  }

  @Test
  void branches_areKeptNoLongerThanTheyCouldBeRedriven() {
    failed("forgotten");
    assertThat(kept()).isPositive();
    workflows.rooms.clock.advance(Duration.ofDays(13));
    restart();
    assertThat(kept()).isPositive();
    workflows.rooms.clock.advance(Duration.ofDays(2));
    restart();
    assertThat(kept()).isZero();
  }

  private long kept() {
    return workflows.rooms.store.read(tx -> tx.number("SELECT count(*) FROM sfn_frame"));
  }

  // ------------------------------------------------------------------ what tells of it

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
