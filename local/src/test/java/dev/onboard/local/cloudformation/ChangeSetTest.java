package dev.onboard.local.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** Stacks that are created and changed, by change sets and without. */
class ChangeSetTest extends StackFixture {

  @Test
  void changeSet_createsAStack_withEventsAndOutputsLikeAws() {
    DescribeChangeSetResponse changes = changeSet("app", ChangeSetType.CREATE, TWO_QUEUES);
    assertThat(changes.statusAsString()).isEqualTo("CREATE_COMPLETE");
    assertThat(changes.changes())
        .extracting(
            c -> c.resourceChange().actionAsString() + " " + c.resourceChange().logicalResourceId())
        .containsExactly("Add Dead", "Add Work");
    assertThat(stack("app").stackStatusAsString()).isEqualTo("REVIEW_IN_PROGRESS");
    execute(changes);
    Stack stack = stack("app");
    assertThat(stack.stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    assertThat(stack.stackId())
        .matches("arn:aws:cloudformation:us-east-1:000000000000:stack/app/[0-9a-f-]{36}");
    assertThat(output(stack, "Url"))
        .matches("http://127.0.0.1:4566/000000000000/app-Work-[A-Za-z0-9]{12}");
    assertThat(events("app"))
        .containsExactly(
            "app REVIEW_IN_PROGRESS User Initiated",
            "app CREATE_IN_PROGRESS User Initiated",
            "Dead CREATE_IN_PROGRESS null",
            "Dead CREATE_IN_PROGRESS Resource creation Initiated",
            "Dead CREATE_COMPLETE null",
            "Work CREATE_IN_PROGRESS null",
            "Work CREATE_IN_PROGRESS Resource creation Initiated",
            "Work CREATE_COMPLETE null",
            "app CREATE_COMPLETE null");
    assertThat(delay(output(stack, "Url"))).isEqualTo("1");
    assertThat(cfn.listExports(r -> {}).exports())
        .extracting(e -> e.name())
        .containsExactly("app-dead");
  }

  @Test
  void changeSetWithoutChanges_failsWithAwsSentence() {
    create("app", TWO_QUEUES);
    DescribeChangeSetResponse changes = changeSet("app", ChangeSetType.UPDATE, TWO_QUEUES);
    assertThat(changes.statusAsString()).isEqualTo("FAILED");
    assertThat(changes.executionStatusAsString()).isEqualTo("UNAVAILABLE");
    assertThat(changes.statusReason())
        .isEqualTo(
            "The submitted information didn't contain changes. Submit different information to"
                + " create a change set.");
    assertThatThrownBy(() -> cfn.updateStack(r -> r.stackName("app").templateBody(TWO_QUEUES)))
        .hasMessageContaining("No updates are to be performed.");
  }

  @Test
  void nameOfAChangeSet_isFreeAgainOnceItIsExecuted() {
    create("app", TWO_QUEUES);
    execute(named("same", "app", "3"));
    DescribeChangeSetResponse second = named("same", "app", "4");
    assertThatThrownBy(() -> named("same", "app", "5"))
        .hasMessageContaining("ChangeSet same cannot be created due to a mismatch");
    execute(second);
    assertThat(stack("app").parameters())
        .extracting(Parameter::parameterValue)
        .containsExactly("4");
  }

  private DescribeChangeSetResponse named(String name, String stack, String delay) {
    String id =
        cfn.createChangeSet(r ->
                r.stackName(stack)
                    .changeSetName(name)
                    .templateBody(TWO_QUEUES)
                    .parameters(parameter("Delay", delay)))
            .id();
    return cfn.describeChangeSet(r -> r.changeSetName(id));
  }

  @Test
  void update_changesInPlace_addsAndRemoves() {
    create("app", TWO_QUEUES);
    String url = output(stack("app"), "Url");
    String changed =
        TWO_QUEUES
            .replace("maxReceiveCount: 3", "maxReceiveCount: 4")
            .replace("Outputs:", "  More: {Type: AWS::SQS::Queue}\nOutputs:");
    DescribeChangeSetResponse changes =
        changeSet("app", ChangeSetType.UPDATE, changed, parameter("Delay", "5"));
    assertThat(changes.changes())
        .extracting(ChangeSetTest::line)
        .containsExactlyInAnyOrder(
            "Modify Work False [DelaySeconds, RedrivePolicy]", "Add More null []");
    execute(changes);
    assertThat(stack("app").stackStatusAsString()).isEqualTo("UPDATE_COMPLETE");
    assertThat(output(stack("app"), "Url")).isEqualTo(url);
    assertThat(delay(url)).isEqualTo("5");
    execute(changeSet("app", ChangeSetType.UPDATE, TWO_QUEUES, previous("Delay")));
    assertThat(delay(url)).isEqualTo("5");
    assertThat(queues()).hasSize(2);
    assertThat(events("app"))
        .containsSubsequence(
            "Work UPDATE_COMPLETE null",
            "app UPDATE_COMPLETE_CLEANUP_IN_PROGRESS null",
            "More DELETE_IN_PROGRESS null",
            "More DELETE_COMPLETE null",
            "app UPDATE_COMPLETE null");
  }

  @Test
  void replacement_makesTheNewOneFirst_andDependentsFollow() {
    String template =
        """
        Parameters: {Name: {Type: String}}
        Resources:
          Dead: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Name}}
          Work:
            Type: AWS::SQS::Queue
            Properties:
              RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}
        """;
    create("app", template, parameter("Name", "one"));
    DescribeChangeSetResponse changes =
        changeSet("app", ChangeSetType.UPDATE, template, parameter("Name", "two"));
    assertThat(changes.changes())
        .extracting(ChangeSetTest::line)
        .containsExactly("Modify Dead True [QueueName]", "Modify Work False [RedrivePolicy]");
    execute(changes);
    assertThat(queues()).anyMatch(u -> u.endsWith("/two")).noneMatch(u -> u.endsWith("/one"));
    assertThat(events("app"))
        .containsSubsequence(
            "Dead UPDATE_IN_PROGRESS Requested update requires the creation of a new physical"
                + " resource; hence creating one.",
            "Dead UPDATE_IN_PROGRESS Resource creation Initiated",
            "Dead UPDATE_COMPLETE null",
            "Work UPDATE_IN_PROGRESS null",
            "Work UPDATE_COMPLETE null",
            "app UPDATE_COMPLETE_CLEANUP_IN_PROGRESS null",
            "Dead DELETE_IN_PROGRESS null",
            "Dead DELETE_COMPLETE null");
  }

  @Test
  void stackTags_goToResources() {
    cfn.createStack(r ->
        r.stackName("app")
            .templateBody(
                "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {Tags: [{Key: own, Value:"
                    + " '1'}]}}}")
            .tags(t -> t.key("team").value("blue")));
    settle();
    assertThat(sqs.listQueueTags(r -> r.queueUrl(queues().getFirst())).tags())
        .containsEntry("team", "blue")
        .containsEntry("own", "1");
  }

  private static String line(Change change) {
    var c = change.resourceChange();
    return c.actionAsString()
        + " "
        + c.logicalResourceId()
        + " "
        + c.replacementAsString()
        + " "
        + c.details().stream().map(d -> d.target().name()).toList();
  }

  private static Parameter previous(String key) {
    return Parameter.builder().parameterKey(key).usePreviousValue(true).build();
  }
}
