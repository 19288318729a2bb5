package dev.onboard.local.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

class LocalCloudFormationTest {
  private static final String TWO_QUEUES =
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
  private Rooms rooms;
  private CloudFormationClient cfn;
  private SqsClient sqs;

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
        .extracting(LocalCloudFormationTest::line)
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
        .extracting(LocalCloudFormationTest::line)
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Queue: {Type: AWS::Nope::Thing} | Unrecognized resource types: [AWS::Nope::Thing]",
        "Queue: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: !Ref X}} | Unresolved resource"
            + " dependencies [X] in the Resources block of the template",
        "Queue: {Type: AWS::SQS::Queue, DependsOn: X} | Unresolved resource dependencies [X]",
        "Queue: {Type: AWS::SQS::Queue, Condition: X} | Unresolved condition dependency X",
        "Queue: {Type: AWS::SQS::Queue, Nope: 1} | Invalid template resource property 'Nope'",
        "Queue: {Type: AWS::SQS::Queue, CreationPolicy: {}} | CreationPolicy of resource Queue",
        "Queue: {Type: AWS::SQS::Queue, DeletionPolicy: Snapshot} | DeletionPolicy Snapshot of"
            + " resource Queue",
        "Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: }} |"
            + " [/Resources/Queue/Properties/QueueName] 'null' values are not allowed in templates",
        "Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: !GetAtt Queue.Nope}} | resource"
            + " Queue does not support attribute type Nope in Fn::GetAtt",
        "Queue: {Properties: {}} | Every Resources object must contain a Type member.",
        "Queue: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}} | Requires"
            + " capabilities : [CAPABILITY_IAM]",
        "Queue: {Type: AWS::IAM::Role, Properties: {RoleName: x, AssumeRolePolicyDocument: {}}} |"
            + " Requires capabilities : [CAPABILITY_NAMED_IAM]",
      })
  void brokenTemplate_isRefusedAtOnce(String resource, String message) {
    String template = "Resources:\n  " + resource + "\n";
    assertThatThrownBy(() -> changeSet("app", ChangeSetType.CREATE, template))
        .hasMessageContaining(message);
    assertThatThrownBy(() -> stack("app")).hasMessageContaining("does not exist");
  }

  @Test
  void circle_isNamed() {
    String template =
        """
        Resources:
          A: {Type: AWS::SQS::Queue, Properties: {QueueName: !GetAtt B.QueueName}}
          B: {Type: AWS::SQS::Queue, DependsOn: C}
          C: {Type: AWS::SQS::Queue, DependsOn: A}
          D: {Type: AWS::SQS::Queue, DependsOn: A}
          E: {Type: AWS::SQS::Queue}
        """;
    assertThatThrownBy(() -> changeSet("app", ChangeSetType.CREATE, template))
        .hasMessageContaining("Circular dependency between resources: [A, B, C]");
  }

  @Test
  void unknownAndMissingAndWrongProperties_failTheChangeSetByPath() {
    DescribeChangeSetResponse changes =
        changeSet(
            "app",
            ChangeSetType.CREATE,
            """
            Resources:
              Queue: {Type: AWS::SQS::Queue, Properties: {Nope: 1, DelaySeconds: many, Tags: [{Key: a}]}}
              Other: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: x}}
            """);
    assertThat(changes.statusAsString()).isEqualTo("FAILED");
    assertThat(changes.statusReason())
        .contains("Properties validation failed for resource Queue (AWS::SQS::Queue) with message:")
        .contains("#: extraneous key [Nope] is not permitted")
        .contains("#/DelaySeconds: expected type: Integer, found: String")
        .contains("#/Tags/0: required key [Value] not found")
        .contains("resource Other (AWS::SQS::QueuePolicy)")
        .contains("#/Queues: expected type: JSONArray, found: String")
        .contains("#: required key [PolicyDocument] not found");
    assertThatThrownBy(() -> cfn.executeChangeSet(r -> r.changeSetName(changes.changeSetId())))
        .hasMessageContaining("cannot be executed in its current status of [FAILED]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{Type: Number} | x | must be a number",
        "{Type: Number, MinValue: 3} | 2 | Parameter 'P' must be a number not less than 3",
        "{Type: Number, MaxValue: 3} | 4 | Parameter 'P' must be a number not greater than 3",
        "{Type: String, MinLength: 3} | ab | Parameter 'P' must contain at least 3 characters",
        "{Type: String, MaxLength: 3} | abcd | Parameter 'P' must contain at most 3 characters",
        "{Type: String, AllowedPattern: '[a-z]+'} | A | Parameter 'P' must match pattern [a-z]+",
        "{Type: String, AllowedValues: [a, b]} | c | Parameter 'P' must be one of AllowedValues",
        "{Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: small} | A | Parameter P"
            + " failed to satisfy constraint: small",
        "{Type: 'AWS::SSM::Parameter::Value<String>'} | c | type AWS::SSM::Parameter::Value<String>"
            + " of parameter P",
      })
  void parameter_isChecked(String declaration, String value, String message) {
    String template =
        "Parameters: {P: " + declaration + "}\nResources: {Q: {Type: AWS::SQS::Queue}}\n";
    assertThatThrownBy(
            () -> changeSet("app", ChangeSetType.CREATE, template, parameter("P", value)))
        .hasMessageContaining(message);
  }

  @Test
  void parameters_missingOrUnknown() {
    String template = "Parameters: {P: {Type: String}}\nResources: {Q: {Type: AWS::SQS::Queue}}\n";
    assertThatThrownBy(() -> changeSet("app", ChangeSetType.CREATE, template))
        .hasMessageContaining("Parameters: [P] must have values");
    assertThatThrownBy(() ->
            changeSet(
                "app", ChangeSetType.CREATE, template, parameter("P", "1"), parameter("Z", "1")))
        .hasMessageContaining("Parameters: [Z] do not exist in the template");
  }

  @Test
  void rules_refuseParameters() {
    String template =
        """
        Parameters: {P: {Type: String}}
        Rules:
          Small: {Assertions: [{Assert: !Contains [[a, b], !Ref P], AssertDescription: only a or b}]}
        Resources: {Q: {Type: AWS::SQS::Queue}}
        """;
    assertThatThrownBy(() -> changeSet("app", ChangeSetType.CREATE, template, parameter("P", "c")))
        .hasMessageContaining("Rule Small failed: only a or b");
  }

  @Test
  void summaryAndValidation() {
    var summary = cfn.getTemplateSummary(r -> r.templateBody(TWO_QUEUES));
    assertThat(summary.parameters())
        .extracting(p -> p.parameterKey() + "=" + p.defaultValue())
        .containsExactly("Delay=1");
    assertThat(summary.resourceTypes()).containsExactly("AWS::SQS::Queue");
    assertThat(cfn.validateTemplate(r -> r.templateBody(TWO_QUEUES)).parameters()).hasSize(1);
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

  private void failCreating(String name) {
    rooms.faults.inject(
        "sqs",
        "CreateQueue",
        1,
        c -> c.request().toString().contains("-" + name + "-"),
        AwsErrors.error(SqsException.builder(), 400, "Nope", "no"));
  }

  private void create(String name, String template, Parameter... parameters) {
    execute(changeSet(name, ChangeSetType.CREATE, template, parameters));
  }

  private DescribeChangeSetResponse changeSet(
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

  private void execute(DescribeChangeSetResponse changes) {
    cfn.executeChangeSet(r -> r.changeSetName(changes.changeSetId()));
    settle();
  }

  private void settle() {
    rooms.clock.advanceUntil(
        () ->
            cfn.describeStacks(r -> {}).stacks().stream()
                .noneMatch(s -> s.stackStatusAsString().endsWith("_IN_PROGRESS")),
        Duration.ofMinutes(30));
  }

  private Stack stack(String name) {
    return cfn.describeStacks(r -> r.stackName(name)).stacks().getFirst();
  }

  private List<String> events(String stack) {
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

  private List<String> queues() {
    return sqs.listQueues(r -> {}).queueUrls();
  }

  private String delay(String url) {
    return sqs.getQueueAttributes(
            r -> r.queueUrl(url).attributeNames(QueueAttributeName.DELAY_SECONDS))
        .attributes()
        .get(QueueAttributeName.DELAY_SECONDS);
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

  private static String output(Stack stack, String key) {
    return stack.outputs().stream()
        .filter(o -> o.outputKey().equals(key))
        .findFirst()
        .orElseThrow()
        .outputValue();
  }

  private static Parameter parameter(String key, String value) {
    return Parameter.builder().parameterKey(key).parameterValue(value).build();
  }

  private static Parameter previous(String key) {
    return Parameter.builder().parameterKey(key).usePreviousValue(true).build();
  }
}
