package dev.onboard.local.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;

/** What is wrong with templates and parameters is told before anything is made. */
class TemplateRefusalTest extends StackFixture {

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
}
