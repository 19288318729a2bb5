package dev.onboard.local.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onboard.local.call.AwsErrors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Stacks whose creation or update fails. */
class RollbackTest extends StackFixture {

  @Test
  void creationFails_everythingIsTakenBack() {
    failCreating("Work");
    create("app", TWO_QUEUES);
    assertThat(stack("app").stackStatusAsString()).isEqualTo("ROLLBACK_COMPLETE");
    assertThat(queues()).isEmpty();
    assertThat(events("app"))
        .containsSubsequence(
            "Dead CREATE_COMPLETE null",
            "Work CREATE_IN_PROGRESS null",
            "app ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Work]. Rollback"
                + " requested by user.",
            "Dead DELETE_IN_PROGRESS null",
            "Dead DELETE_COMPLETE null",
            "app ROLLBACK_COMPLETE null");
    assertThat(events("app"))
        .anyMatch(e ->
            e.startsWith(
                "Work CREATE_FAILED Resource handler returned message: \"no (Service: SQS,"
                    + " Status Code: 400"));
    assertThatThrownBy(() -> changeSet("app", ChangeSetType.UPDATE, TWO_QUEUES))
        .hasMessageContaining("is in ROLLBACK_COMPLETE state and can not be updated.");
  }

  @Test
  void updateFails_everythingIsAsBefore() {
    create("app", TWO_QUEUES);
    String url = output(stack("app"), "Url");
    failCreating("Late");
    String changed =
        TWO_QUEUES
            .replace(
                "  Dead:\n    Type: AWS::SQS::Queue",
                "  Dead:\n    Type: AWS::SQS::Queue\n    Properties: {DelaySeconds: 9}")
            .replace(
                "Outputs:",
                "  Early: {Type: AWS::SQS::Queue}\n"
                    + "  Late: {Type: AWS::SQS::Queue, DependsOn: [Work, Early]}\n"
                    + "Outputs:");
    execute(changeSet("app", ChangeSetType.UPDATE, changed, parameter("Delay", "7")));
    assertThat(stack("app").stackStatusAsString()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    assertThat(delay(url)).isEqualTo("1");
    assertThat(queues()).hasSize(2);
    assertThat(stack("app").parameters().getFirst().parameterValue()).isEqualTo("1");
    assertThat(events("app"))
        .containsSubsequence(
            "Early CREATE_COMPLETE null",
            "app UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Late]. ",
            "app UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS null",
            "Early DELETE_COMPLETE null",
            "app UPDATE_ROLLBACK_COMPLETE null");
    rooms.faults.clear();
    execute(changeSet("app", ChangeSetType.UPDATE, changed, parameter("Delay", "7")));
    assertThat(stack("app").stackStatusAsString()).isEqualTo("UPDATE_COMPLETE");
    assertThat(delay(url)).isEqualTo("7");
  }

  @Test
  void rollbackFails_canBeContinued() {
    create("app", TWO_QUEUES);
    failCreating("Late");
    rooms.faults.inject(
        "sqs",
        "SetQueueAttributes",
        1,
        c -> {
          var attributes =
              ((software.amazon.awssdk.services.sqs.model.SetQueueAttributesRequest) c.request())
                  .attributes();
          return "1".equals(attributes.get(QueueAttributeName.DELAY_SECONDS));
        },
        AwsErrors.error(SqsException.builder(), 400, "Nope", "not back"));
    String changed =
        TWO_QUEUES.replace(
            "Outputs:", "  Late: {Type: AWS::SQS::Queue, DependsOn: Work}\nOutputs:");
    execute(changeSet("app", ChangeSetType.UPDATE, changed, parameter("Delay", "7")));
    assertThat(stack("app").stackStatusAsString()).isEqualTo("UPDATE_ROLLBACK_FAILED");
    cfn.continueUpdateRollback(r -> r.stackName("app"));
    settle();
    assertThat(stack("app").stackStatusAsString()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    assertThat(delay(output(stack("app"), "Url"))).isEqualTo("1");
  }
}
