package dev.onboard.console.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.flow.Arrow.Meaning;
import dev.onboard.console.flow.DeployedStack.Resource;
import dev.onboard.console.web.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What resources have to do with each other, as their template says it. */
class FlowMapTest {
  private final Map<String, Resource> resources = new LinkedHashMap<>();

  @Test
  void bucketThatTellsEventBridge_publishesToTheDefaultBus() {
    add("Uploads", "S3::Bucket", "{'NotificationConfiguration': {'EventBridgeConfiguration': {}}}");
    add(
        "Told",
        "S3::Bucket",
        "{'NotificationConfiguration': {'EventBridgeConfiguration': {'EventBridgeEnabled': true}}}");
    assertThat(arrows()).containsExactly(new Arrow("Told", "bus default", Meaning.PUBLISHES));
  }

  @Test
  void rule_isBetweenItsBusAndItsTargets() {
    add("EventBus", "Events::EventBus", "{}", "shop");
    add("Letters", "SQS::Queue", "{}");
    add("Orders", "SQS::Queue", "{}");
    add(
        "OrderedRule",
        "Events::Rule",
        """
        {'EventBusName': {'Ref': 'EventBus'}, 'EventPattern': {'source': ['shop']}, 'Targets': [
          {'Id': 'a', 'Arn': {'Fn::GetAtt': ['Orders', 'Arn']},
           'DeadLetterConfig': {'Arn': {'Fn::GetAtt': ['Letters', 'Arn']}}},
          {'Id': 'b', 'Arn': 'arn:aws:sqs:us-east-1:000000000000:elsewhere'}]}
        """,
        "shop|OrderedRule-1");
    assertThat(arrows())
        .containsExactly(
            new Arrow("EventBus", "OrderedRule", Meaning.MATCHES),
            new Arrow("OrderedRule", "Orders", Meaning.DELIVERS),
            new Arrow("OrderedRule", "Letters", Meaning.SETS_ASIDE),
            new Arrow(
                "OrderedRule",
                "elsewhere arn:aws:sqs:us-east-1:000000000000:elsewhere",
                Meaning.DELIVERS));
    Part rule = map().part("OrderedRule").orElseThrow();
    assertThat(rule.label()).isEqualTo("Ordered");
    assertThat(rule.bus()).isEqualTo("shop");
    assertThat(rule.ruleName()).isEqualTo("OrderedRule-1");
    assertThat(map().part("EventBus").orElseThrow().label()).isEqualTo("shop");
  }

  @Test
  void scheduledRule_getsNoEvents() {
    add("Topic", "SNS::Topic", "{}");
    add(
        "Nightly",
        "Events::Rule",
        "{'ScheduleExpression': 'rate(1 day)', 'Targets': [{'Id': 'a', 'Arn': {'Ref': 'Topic'}}]}",
        "Nightly-1");
    assertThat(arrows()).containsExactly(new Arrow("Nightly", "Topic", Meaning.DELIVERS));
  }

  @Test
  void rule_ofAnotherStacksBus_hasItOnTheMap() {
    add(
        "Rule",
        "Events::Rule",
        "{'EventBusName': {'Fn::ImportValue': 'x'}, 'EventPattern': {}}",
        "other|Rule-1");
    assertThat(arrows()).containsExactly(new Arrow("bus other", "Rule", Meaning.MATCHES));
  }

  @Test
  void function_standsForItsAliasAndUsesWhatItsVariablesName() {
    add("Users", "DynamoDB::Table", "{}");
    add("Inbox", "SQS::Queue", "{}");
    add("Settings", "SES::ConfigurationSet", "{}");
    add(
        "MailFunction",
        "Lambda::Function",
        """
        {'Role': {'Fn::GetAtt': ['Role', 'Arn']}, 'Environment': {'Variables': {
          'TABLE': {'Fn::Sub': 'table/${Users}'}, 'SET': {'Ref': 'Settings'}, 'QUEUE': {'Ref': 'Inbox'}}}}
        """);
    add("Live", "Lambda::Alias", "{'FunctionName': {'Ref': 'MailFunction'}}");
    add(
        "Source",
        "Lambda::EventSourceMapping",
        "{'EventSourceArn': {'Fn::GetAtt': 'Inbox.Arn'}, 'FunctionName': {'Ref': 'Live'}}");
    assertThat(arrows())
        .containsExactlyInAnyOrder(
            new Arrow("Inbox", "MailFunction", Meaning.READS),
            new Arrow("MailFunction", "Users", Meaning.USES),
            new Arrow("MailFunction", "mail", Meaning.USES));
  }

  @Test
  void workflow_usesWhatItsDefinitionIsGiven() {
    add("Users", "DynamoDB::Table", "{}");
    add("Step", "Lambda::Function", "{}");
    add("Log", "Logs::LogGroup", "{}");
    add(
        "Import",
        "StepFunctions::StateMachine",
        """
        {'RoleArn': {'Ref': 'Users'}, 'DefinitionString': {'Fn::Sub': 'calls ${Step.Arn}, not ${!Users}'},
         'LoggingConfiguration': {'Destinations': [{'Ref': 'Log'}]}}
        """);
    assertThat(arrows()).containsExactly(new Arrow("Import", "Step", Meaning.USES));
    assertThat(map().part("Log")).isEmpty();
  }

  @Test
  void whatFails_isSetAside() {
    add("Letters", "SQS::Queue", "{}");
    add(
        "Orders",
        "SQS::Queue",
        "{'RedrivePolicy': {'deadLetterTargetArn': {'Fn::GetAtt': ['Letters', 'Arn']}}}");
    add("Work", "Lambda::Function", "{}");
    add(
        "Config",
        "Lambda::EventInvokeConfig",
        """
        {'FunctionName': {'Ref': 'Work'},
         'DestinationConfig': {'OnFailure': {'Destination': {'Fn::GetAtt': ['Letters', 'Arn']}}}}
        """);
    assertThat(arrows())
        .containsExactly(
            new Arrow("Orders", "Letters", Meaning.SETS_ASIDE),
            new Arrow("Work", "Letters", Meaning.SETS_ASIDE));
  }

  private FlowMap map() {
    return FlowMap.of(new DeployedStack("test", resources));
  }

  private List<Arrow> arrows() {
    return map().arrows();
  }

  private void add(String id, String type, String properties) {
    add(id, type, properties, id + "-1");
  }

  private void add(String id, String type, String properties, String name) {
    JsonNode json = Json.read(properties.replace('\'', '"'));
    resources.put(id, new Resource(id, "AWS::" + type, json, name, "CREATE_COMPLETE", ""));
  }
}
