package dev.onboard.console.execution;

import dev.onboard.console.RunningConsole;
import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** State machines on a running console, and what they are started with. */
final class Machines {
  /** One that fails in a child of its distributed map, and does everything else before. */
  static final String DEMO =
      """
      {"Comment": "Everything", "QueryLanguage": "JSONata", "StartAt": "Prepare", "States": {
        "Prepare": {"Type": "Pass", "Assign": {"who": "{% $states.input.who %}"}, "Next": "Both"},
        "Both": {"Type": "Parallel", "Branches": [
          {"StartAt": "Look up", "States": {
            "Look up": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sqs:getQueueUrl",
              "Arguments": {"QueueName": "not-there"},
              "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "MaxAttempts": 1}],
              "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Do without"}], "End": true},
            "Do without": {"Type": "Pass", "End": true}}},
          {"StartAt": "Wait a little", "States": {
            "Wait a little": {"Type": "Wait", "Seconds": 2, "End": true}}}], "Next": "Each"},
        "Each": {"Type": "Map", "Items": "{% [1..3] %}", "MaxConcurrency": 1, "ItemProcessor": {
          "StartAt": "Even?", "States": {
            "Even?": {"Type": "Choice", "Default": "Odd", "Choices": [
              {"Condition": "{% $states.input % 2 = 0 %}", "Next": "Even"}]},
            "Even": {"Type": "Pass", "End": true},
            "Odd": {"Type": "Pass", "Assign": {"seen": "{% $states.input %}"}, "Next": "Tell odd"},
            "Tell odd": {"Type": "Pass", "Output": "{% $who & $seen %}", "End": true}}},
          "Next": "Batches"},
        "Batches": {"Type": "Map", "Label": "Batches", "MaxConcurrency": 1,
          "Items": "{% [1..$states.context.Execution.Input.many] %}",
          "ItemBatcher": {"MaxItemsPerBatch": 1}, "ToleratedFailureCount": 1,
          "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "Unlucky?", "States": {
              "Unlucky?": {"Type": "Choice", "Default": "Fine", "Choices": [
                {"Condition": "{% $states.input.Items[0] > 12 %}", "Next": "Bad luck"}]},
              "Fine": {"Type": "Succeed"},
              "Bad luck": {"Type": "Fail", "Error": "BadLuck",
                "Cause": "{% 'Number ' & $states.input.Items[0] & ' is <b>unlucky</b>.' %}"}}},
          "Next": "Tell"},
        "Tell": {"Type": "Succeed"}}}
      """;

  private static final String ALLOWED =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", %s}]}
      """;

  private final RunningConsole console;
  private final SfnClient sfn;
  private final String role;

  Machines(RunningConsole console) {
    this.console = console;
    this.sfn = console.client(SfnClient.class);
    IamClient iam = console.client(IamClient.class);
    String trusted =
        "\"Principal\": {\"Service\": \"states.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"";
    this.role =
        iam.createRole(
                c -> c.roleName("workflow").assumeRolePolicyDocument(ALLOWED.formatted(trusted)))
            .role()
            .arn();
    iam.putRolePolicy(p ->
        p.roleName("workflow")
            .policyName("all")
            .policyDocument(ALLOWED.formatted("\"Action\": \"*\", \"Resource\": \"*\"")));
  }

  String create(String name, String definition) {
    return create(name, definition, c -> {});
  }

  String create(String name, String definition, Consumer<CreateStateMachineRequest.Builder> more) {
    return sfn.createStateMachine(
            c -> {
              c.name(name).roleArn(role).definition(definition);
              more.accept(c);
            })
        .stateMachineArn();
  }

  String start(String machine, String name, String input) {
    return sfn.startExecution(s -> s.stateMachineArn(machine).name(name).input(input))
        .executionArn();
  }

  /** Runs an execution to its end. */
  String run(String machine, String name, String input) {
    return end(start(machine, name, input));
  }

  String end(String execution) {
    if (!console.runtime().clock().advanceUntil(() -> isOver(execution), Duration.ofDays(1))) {
      throw new AssertionError(execution + " does not end");
    }
    return execution;
  }

  boolean isOver(String execution) {
    return sfn.describeExecution(d -> d.executionArn(execution)).status()
        != ExecutionStatus.RUNNING;
  }

  String mapRun(String execution) {
    return sfn.listMapRuns(l -> l.executionArn(execution)).mapRuns().getFirst().mapRunArn();
  }

  /** A child of a map run. */
  String child(String execution, ExecutionStatus status) {
    return sfn.listExecutions(l -> l.mapRunArn(mapRun(execution)).statusFilter(status))
        .executions()
        .getFirst()
        .executionArn();
  }
}
