package dev.onboard.local.sfn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.StateMachineType;

/** Executions that cannot be redriven, and redrives that are asked for twice. */
class RedriveRefusalTest extends RedriveFixture {

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
}
