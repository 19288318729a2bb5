package dev.onboard.local.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.Rooms;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.cloudwatch.LocalCloudWatch;
import dev.onboard.local.dynamodb.LocalDynamoDb;
import dev.onboard.local.eventbridge.LocalEventBridge;
import dev.onboard.local.iam.LocalIam;
import dev.onboard.local.iam.LocalSts;
import dev.onboard.local.logs.LocalCloudWatchLogs;
import dev.onboard.local.s3.LocalS3;
import dev.onboard.local.schemas.LocalSchemas;
import dev.onboard.local.sesv2.LocalSesV2;
import dev.onboard.local.sfn.LocalSfn;
import dev.onboard.local.sns.LocalSns;
import dev.onboard.local.sqs.LocalSqs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateAliasRequest;
import software.amazon.awssdk.services.lambda.model.CreateAliasResponse;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.PublishVersionRequest;
import software.amazon.awssdk.services.lambda.model.PublishVersionResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The stack of this project as {@code aws cloudformation package} and {@code deploy} handle it. */
class OnboardStackTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();
  private static final String LAMBDA = "arn:aws:lambda:us-east-1:000000000000:function:";

  @TempDir Path folder;
  private final AtomicInteger versions = new AtomicInteger();
  private final Twin lambda =
      Twin.answering(
          Map.of(
              "publishVersion",
              r -> {
                int version = versions.incrementAndGet();
                return PublishVersionResponse.builder()
                    .functionArn(
                        LAMBDA + ((PublishVersionRequest) r).functionName() + ":" + version)
                    .version("" + version)
                    .build();
              },
              "createAlias",
              r ->
                  CreateAliasResponse.builder()
                      .aliasArn(LAMBDA + ((CreateAliasRequest) r).functionName() + ":live")
                      .build(),
              "createEventSourceMapping",
              r ->
                  CreateEventSourceMappingResponse.builder()
                      .uuid("m" + versions.incrementAndGet())
                      .build()));
  private Rooms rooms;
  private CloudFormationClient cfn;
  private String template = "";

  @BeforeEach
  void open() throws IOException {
    rooms =
        Rooms.open(
            folder,
            env ->
                List.of(
                    new LocalIam(env),
                    new LocalSts(env),
                    new LocalS3(env),
                    new LocalSqs(env),
                    new LocalDynamoDb(env),
                    new LocalSesV2(env),
                    new LocalCloudWatch(env),
                    new LocalSchemas(env),
                    new LocalEventBridge(env),
                    lambda.as(LambdaClient.class, "lambda"),
                    new LocalSfn(env),
                    new LocalSns(env),
                    new LocalCloudWatchLogs(env),
                    new LocalCloudFormation(env)));
    cfn = rooms.client(CloudFormationClient.class);
    S3Client s3 = rooms.client(S3Client.class);
    s3.createBucket(b -> b.bucket("artifacts"));
    Path file = PROJECT.resolve("cloudformation/onboard.yaml");
    template = new Packaging(s3, "artifacts", file.getParent()).of(file);
    s3.putObject(
        b -> b.bucket("artifacts").key("packaged.template"),
        software.amazon.awssdk.core.sync.RequestBody.fromString(template));
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  void stack_isCreatedUpdatedRolledBackAndDeleted() {
    long started = System.nanoTime();
    deploy(ChangeSetType.CREATE, "one");
    System.getLogger("stack")
        .log(
            System.Logger.Level.INFO,
            "deployed in {0} ms",
            Duration.ofNanos(System.nanoTime() - started).toMillis());
    Stack stack = stack();
    assertThat(stack.stackStatusAsString()).as(reasons()).isEqualTo("CREATE_COMPLETE");
    var outputs = outputs(stack);
    assertThat(outputs)
        .containsEntry("EventBusName", "onboard-dev")
        .containsEntry("EventBusArn", "arn:aws:events:us-east-1:000000000000:event-bus/onboard-dev")
        .containsEntry(
            "ImportStateMachineArn",
            "arn:aws:states:us-east-1:000000000000:stateMachine:ImportUsers-dev")
        .containsKeys("UploadBucketName", "UsersTableName", "WelcomeMailQueueUrl");
    assertThat(outputs.get("UploadBucketName")).matches("onboard-uploadbucket-[a-z0-9]{12}");
    var events = rooms.client(EventBridgeClient.class);
    assertThat(events.listRules(b -> b.eventBusName("onboard-dev")).rules()).hasSizeGreaterThan(5);
    String definition =
        rooms
            .client(SfnClient.class)
            .describeStateMachine(b -> b.stateMachineArn(outputs.get("ImportStateMachineArn")))
            .definition();
    assertThat(definition)
        .contains(outputs.get("ImportsTableName"))
        .doesNotContain("${ImportsTable}");

    assertThat(change(ChangeSetType.UPDATE, "one").statusReason()).isEqualTo(ChangeSets.NO_CHANGES);

    deploy(ChangeSetType.UPDATE, "two");
    assertThat(stack().stackStatusAsString()).as(reasons()).isEqualTo("UPDATE_COMPLETE");
    assertThat(outputs(stack())).isEqualTo(outputs);
    assertThat(lambda.asked()).contains("UpdateAlias", "UpdateFunctionConfiguration");

    template = template.replace("Events lack what every consumer needs", "Events are odd");
    rooms.faults.inject(
        "monitoring",
        "PutMetricAlarm",
        1,
        c -> true,
        AwsErrors.error(CloudWatchException.builder(), 400, "LimitExceeded", "no more alarms"));
    deploy(ChangeSetType.UPDATE, "three");
    assertThat(stack().stackStatusAsString()).as(reasons()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    assertThat(outputs(stack())).isEqualTo(outputs);

    cfn.deleteStack(b -> b.stackName("onboard"));
    String id = stack.stackId();
    settle();
    assertThat(cfn.describeStacks(b -> b.stackName(id)).stacks().getFirst().stackStatusAsString())
        .isEqualTo("DELETE_COMPLETE");
    assertThat(events.listEventBuses(b -> {}).eventBuses())
        .extracting(b -> b.name())
        .containsExactly("default");
  }

  private DescribeChangeSetResponse change(ChangeSetType type, String release) {
    String id =
        cfn.createChangeSet(b ->
                b.stackName("onboard")
                    .changeSetName("c" + System.nanoTime())
                    .changeSetType(type)
                    .templateBody(template.length() <= 51_200 ? template : null)
                    .templateURL(template.length() <= 51_200 ? null : url())
                    .capabilities(Capability.CAPABILITY_IAM)
                    .parameters(
                        parameter("SenderAddress", "hello@example.com"),
                        parameter("OperatorsEmail", "ops@example.com"),
                        parameter("Release", release)))
            .id();
    return cfn.describeChangeSet(b -> b.changeSetName(id));
  }

  private String url() {
    rooms
        .client(S3Client.class)
        .putObject(
            b -> b.bucket("artifacts").key("packaged.template"),
            software.amazon.awssdk.core.sync.RequestBody.fromString(template));
    return "https://s3.us-east-1.amazonaws.com/artifacts/packaged.template";
  }

  private void deploy(ChangeSetType type, String release) {
    DescribeChangeSetResponse changes = change(type, release);
    assertThat(changes.statusAsString()).as(changes.statusReason()).isEqualTo("CREATE_COMPLETE");
    cfn.executeChangeSet(b -> b.changeSetName(changes.changeSetId()));
    settle();
  }

  private void settle() {
    StackFixture.settle(rooms, cfn);
  }

  private Stack stack() {
    return cfn.describeStacks(b -> b.stackName("onboard")).stacks().getFirst();
  }

  private String reasons() {
    return cfn.describeStackEventsPaginator(b -> b.stackName("onboard")).stackEvents().stream()
        .filter(e -> e.resourceStatusAsString().contains("FAILED"))
        .map(e -> e.logicalResourceId() + ": " + e.resourceStatusReason())
        .toList()
        .toString();
  }

  private static Map<String, String> outputs(Stack stack) {
    var outputs = new TreeMap<String, String>();
    stack.outputs().forEach(o -> outputs.put(o.outputKey(), o.outputValue()));
    return outputs;
  }

  private static Parameter parameter(String key, String value) {
    return Parameter.builder().parameterKey(key).parameterValue(value).build();
  }
}
