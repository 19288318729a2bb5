package dev.onboard.local.sfn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** What a redrive keeps of the branches of Parallel and inline Map states. */
class RedriveBranchesTest extends RedriveFixture {

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

  private String type(String execution, long event) {
    return workflows.history(execution).get((int) event - 1).typeAsString();
  }
}
