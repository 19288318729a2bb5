package dev.onboard.local.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onboard.local.call.AwsErrors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Stacks that go, and those that may not. */
class StackDeletionTest extends StackFixture {

  @Test
  void deletion_isInReverseOrder_keepsWhatIsRetained_andIsShownById() {
    String template =
        TWO_QUEUES.replace(
            "  Dead:\n    Type: AWS::SQS::Queue",
            "  Dead:\n    Type: AWS::SQS::Queue\n    DeletionPolicy: Retain");
    create("app", template);
    String id = stack("app").stackId();
    cfn.updateTerminationProtection(r -> r.stackName("app").enableTerminationProtection(true));
    assertThatThrownBy(() -> cfn.deleteStack(r -> r.stackName("app")))
        .hasMessageContaining("cannot be deleted while TerminationProtection is enabled");
    cfn.updateTerminationProtection(r -> r.stackName("app").enableTerminationProtection(false));
    cfn.deleteStack(r -> r.stackName("app"));
    settle();
    assertThat(queues()).hasSize(1).allMatch(u -> u.contains("Dead"));
    assertThatThrownBy(() -> stack("app"))
        .hasMessageContaining("Stack with id app does not exist")
        .isInstanceOfSatisfying(
            CloudFormationException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationError"));
    assertThat(stack(id).stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    assertThat(cfn.describeStackResources(r -> r.stackName(id)).stackResources())
        .extracting(r -> r.logicalResourceId() + " " + r.resourceStatusAsString())
        .containsExactlyInAnyOrder("Work DELETE_COMPLETE", "Dead DELETE_SKIPPED");
    cfn.deleteStack(r -> r.stackName("app"));
  }

  @Test
  void deletionFails_canBeRepeatedRetainingWhatIsInTheWay() {
    create("app", TWO_QUEUES);
    rooms.faults.inject(
        "sqs",
        "DeleteQueue",
        1,
        c -> true,
        AwsErrors.error(SqsException.builder(), 400, "No", "stays"));
    cfn.deleteStack(r -> r.stackName("app"));
    settle();
    assertThat(stack("app").stackStatusAsString()).isEqualTo("DELETE_FAILED");
    assertThat(stack("app").stackStatusReason())
        .isEqualTo("The following resource(s) failed to delete: [Work]. ");
    cfn.deleteStack(r -> r.stackName("app").retainResources("Work"));
    settle();
    assertThat(queues()).hasSize(1);
  }

  @Test
  void exportInUse_keepsItsStack() {
    create("app", TWO_QUEUES);
    create(
        "user",
        """
        Resources:
          Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub ["x-${n}", {n: !ImportValue app-dead}]}}
        """);
    assertThat(stack("user").stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    assertThat(cfn.listImports(r -> r.exportName("app-dead")).imports()).containsExactly("user");
    cfn.deleteStack(r -> r.stackName("app"));
    settle();
    assertThat(stack("app").stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    assertThat(events("app").getLast())
        .isEqualTo("app CREATE_COMPLETE Export app-dead cannot be deleted as it is in use by user");
    cfn.deleteStack(r -> r.stackName("user"));
    settle();
    cfn.deleteStack(r -> r.stackName("app"));
    settle();
    assertThat(cfn.describeStacks(r -> {}).stacks()).isEmpty();
    assertThat(cfn.listExports(r -> {}).exports()).isEmpty();
  }
}
