package dev.onboard.local.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.Rooms;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.iam.LocalIam;
import dev.onboard.local.s3.LocalS3;
import dev.onboard.local.sqs.LocalSqs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** CloudFormation with queues, buckets and roles to make stacks of. */
abstract class StackFixture {
  static final String TWO_QUEUES =
      """
      Parameters:
        Delay: {Type: Number, Default: 1, MaxValue: 900}
      Resources:
        Work:
          Type: AWS::SQS::Queue
          Properties:
            DelaySeconds: !Ref Delay
            RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}
        Dead:
          Type: AWS::SQS::Queue
      Outputs:
        Url: {Value: !Ref Work, Description: where to send}
        DeadName: {Value: !GetAtt Dead.QueueName, Export: {Name: !Sub "${AWS::StackName}-dead"}}
      """;

  @TempDir Path folder;
  Rooms rooms;
  CloudFormationClient cfn;
  SqsClient sqs;

  @BeforeEach
  void open() {
    rooms =
        Rooms.open(
            folder,
            env ->
                List.of(
                    new LocalIam(env),
                    new LocalSqs(env),
                    new LocalS3(env),
                    new LocalCloudFormation(env)));
    cfn = rooms.client(CloudFormationClient.class);
    sqs = rooms.client(SqsClient.class);
  }

  @AfterEach
  void close() {
    assertThat(rooms.store.<Long>read(tx -> tx.number("SELECT count(*) FROM cfn_leftover")))
        .as("left over")
        .isZero();
    rooms.close();
  }

  final void failCreating(String name) {
    rooms.faults.inject(
        "sqs",
        "CreateQueue",
        1,
        c -> c.request().toString().contains("-" + name + "-"),
        AwsErrors.error(SqsException.builder(), 400, "Nope", "no"));
  }

  final void create(String name, String template, Parameter... parameters) {
    execute(changeSet(name, ChangeSetType.CREATE, template, parameters));
  }

  final DescribeChangeSetResponse changeSet(
      String stack, ChangeSetType type, String template, Parameter... parameters) {
    String id =
        cfn.createChangeSet(r ->
                r.stackName(stack)
                    .changeSetName("c" + System.nanoTime())
                    .changeSetType(type)
                    .templateBody(template)
                    .parameters(parameters))
            .id();
    return cfn.describeChangeSet(r -> r.changeSetName(id));
  }

  final void execute(DescribeChangeSetResponse changes) {
    cfn.executeChangeSet(r -> r.changeSetName(changes.changeSetId()));
    settle();
  }

  final void settle() {
    settle(rooms, cfn);
  }

  /** Lets time pass until no stack is on its way. */
  static void settle(Rooms rooms, CloudFormationClient cfn) {
    rooms.clock.advanceUntil(
        () ->
            cfn.describeStacks(r -> {}).stacks().stream()
                .noneMatch(s -> s.stackStatusAsString().endsWith("_IN_PROGRESS")),
        Duration.ofMinutes(30));
  }

  final Stack stack(String name) {
    return cfn.describeStacks(r -> r.stackName(name)).stacks().getFirst();
  }

  final List<String> events(String stack) {
    List<StackEvent> events =
        cfn.describeStackEventsPaginator(r -> r.stackName(stack)).stackEvents().stream().toList();
    return Stream.of(events.reversed())
        .flatMap(List::stream)
        .map(e ->
            e.logicalResourceId()
                + " "
                + e.resourceStatusAsString()
                + " "
                + e.resourceStatusReason())
        .toList();
  }

  final List<String> queues() {
    return sqs.listQueues(r -> {}).queueUrls();
  }

  final String delay(String url) {
    return sqs.getQueueAttributes(
            r -> r.queueUrl(url).attributeNames(QueueAttributeName.DELAY_SECONDS))
        .attributes()
        .get(QueueAttributeName.DELAY_SECONDS);
  }

  static String output(Stack stack, String key) {
    return stack.outputs().stream()
        .filter(o -> o.outputKey().equals(key))
        .findFirst()
        .orElseThrow()
        .outputValue();
  }

  static Parameter parameter(String key, String value) {
    return Parameter.builder().parameterKey(key).parameterValue(value).build();
  }
}
