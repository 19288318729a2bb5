package dev.onboard.console.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.console.RunningConsole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The map of a small stack, as a browser gets it. */
class FlowPagesTest {
  private static final String TEMPLATE =
      """
      Resources:
        EventBus:
          Type: AWS::Events::EventBus
          Properties: { Name: shop }
        OrdersQueue:
          Type: AWS::SQS::Queue
          Properties:
            QueueName: orders
            RedrivePolicy: { deadLetterTargetArn: !GetAtt Letters.Arn, maxReceiveCount: 3 }
        Letters: { Type: AWS::SQS::Queue, Properties: { QueueName: letters } }
        QueuePolicy:
          Type: AWS::SQS::QueuePolicy
          Properties:
            Queues: [!Ref OrdersQueue, !Ref Letters]
            PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: '*' }] }
        OrderedRule:
          Type: AWS::Events::Rule
          Properties:
            Name: ordered
            EventBusName: !Ref EventBus
            EventPattern: { source: [shop], detail-type: [Ordered] }
            Targets: [{ Id: orders, Arn: !GetAtt OrdersQueue.Arn }]
        LostRule:
          Type: AWS::Events::Rule
          Properties:
            Name: lost
            EventBusName: !Ref EventBus
            EventPattern: { source: [shop], detail-type: [Lost] }
            Targets: [{ Id: nowhere, Arn: !Sub "arn:aws:sqs:us-east-1:${AWS::AccountId}:nowhere", DeadLetterConfig: { Arn: !GetAtt Letters.Arn } }]
        Role:
          Type: AWS::IAM::Role
          Properties:
            AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: states.amazonaws.com }, Action: sts:AssumeRole }] }
        Shipping:
          Type: AWS::StepFunctions::StateMachine
          Properties:
            StateMachineName: shipping
            RoleArn: !GetAtt Role.Arn
            Definition: { StartAt: Go, States: { Go: { Type: Fail, Error: Broken } } }
      """;

  private RunningConsole console;

  @BeforeEach
  void start(@TempDir Path data) {
    console = RunningConsole.start(data);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void flow_withoutAStack_saysHowToGetOne() {
    assertThat(console.page("flow").select(".empty").text())
        .startsWith("No stack is deployed. ./onboard deploy");
  }

  @Test
  void stack_whoseFirstChangeSetWaits_isNotShown() {
    console
        .client(CloudFormationClient.class)
        .createChangeSet(c ->
            c.stackName("waiting")
                .changeSetName("first")
                .changeSetType(ChangeSetType.CREATE)
                .capabilities(Capability.CAPABILITY_IAM)
                .templateBody(TEMPLATE));
    assertThat(console.page("flow").select(".empty").text()).startsWith("No stack is deployed.");
  }

  @Test
  void stack_thatFailedToBeMade_isRed() {
    console
        .client(CloudFormationClient.class)
        .createStack(c ->
            c.stackName("broken")
                .disableRollback(true)
                .templateBody(
                    "Resources: { GoodQueue: { Type: AWS::SQS::Queue }, BadQueue: { Type:"
                        + " AWS::SQS::Queue, Properties: { QueueName: 'no name' } } }"));
    console.runtime().clock().advance(Duration.ofSeconds(1));
    Document page = console.page("flow");
    assertThat(page.select(".head .badge.bad").text()).isEqualTo("create failed");
    assertThat(names(page)).contains("Bad");
    assertThat(node(page, "Bad").hasClass("bad")).isTrue();
    assertThat(node(page, "Bad").select(".detail").text()).isEqualTo("failed");
    assertThat(page.select(".concerns li").text()).contains("queue Bad CREATE_FAILED");
  }

  @Test
  void flow_showsWhatIsThere() {
    deploy("small");
    Document page = console.page("flow");
    assertThat(page.select(".head").text()).contains("stack small", "create complete");
    assertThat(names(page))
        .containsExactlyInAnyOrder("shop", "Orders", "Ordered", "Lost", "nowhere", "Shipping");
    assertThat(page.select(".caption").text())
        .contains("1 empty queue for what failed is left out");
    assertThat(page.select(".concerns").text()).startsWith("Nothing failed in the last hour");
    assertThat(page.select(".node.bad, .node.wait")).isEmpty();
    assertThat(page.select("select[name=stack]")).isEmpty();
  }

  @Test
  void events_areCountedOnTheirWays() {
    deploy("small");
    publish("Ordered", 3);
    Document page = console.page("flow");
    assertThat(counts(page)).contains("3 matched", "3 delivered", "0 matched", "0 delivered");
    assertThat(node(page, "Orders").select(".detail").text()).isEqualTo("3 kept");
    Element row = page.selectFirst("tr:has(th:contains(Ordered))");
    assertThat(row.select("td").eachText()).containsExactly("shop", "3", "queue Orders", "3");
  }

  @Test
  void events_ofAnHourAgo_areNotCountedInTheLastQuarter() {
    deploy("small");
    publish("Ordered", 3);
    console.runtime().clock().advance(Duration.ofMinutes(50));
    assertThat(counts(console.page("flow?since=1h"))).contains("3 matched");
    assertThat(counts(console.page("flow?since=15m"))).doesNotContain("3 matched");
    assertThat(console.page("flow?since=15m").select("option[selected]").eachText())
        .containsExactly("15 minutes");
    assertThat(console.get("flow?since=ever").statusCode()).isEqualTo(400);
  }

  @Test
  void whatFailed_isRedAndSaid() {
    deploy("small");
    publish("Lost", 2);
    String machine =
        console
            .client(SfnClient.class)
            .listStateMachines()
            .stateMachines()
            .getFirst()
            .stateMachineArn();
    console.client(SfnClient.class).startExecution(s -> s.stateMachineArn(machine));
    console.runtime().clock().advance(Duration.ofSeconds(2));

    Document page = console.page("flow");
    assertThat(page.select(".node.bad .name").eachText())
        .containsExactlyInAnyOrder("Lost", "Shipping", "Letters");
    assertThat(node(page, "Letters").select(".detail").text()).isEqualTo("2 failed");
    assertThat(page.select(".count.bad title").eachText())
        .containsExactlyInAnyOrder("0 delivered, 2 failed", "2 set aside");
    assertThat(page.select(".concerns li").eachText())
        .containsExactlyInAnyOrder(
            "rule Lost could not deliver 2, 2 of them in its dead-letter queue",
            "workflow Shipping 1 execution failed",
            "queue Letters keeps 2 that nothing could be done with");
  }

  @Test
  void severalStacks_canBeChosenFrom() {
    deploy("small");
    console
        .client(CloudFormationClient.class)
        .createStack(c ->
            c.stackName("other")
                .templateBody("Resources: { AloneQueue: { Type: AWS::SQS::Queue } }"));
    assertThat(names(console.page("flow"))).contains("Shipping");
    assertThat(console.page("flow").select("select[name=stack] option").eachText())
        .containsExactlyInAnyOrder("small", "other");
    Document other = console.page("flow?stack=other");
    assertThat(names(other)).containsExactly("Alone");
    assertThat(other.select("select[name=stack] option[selected]").text()).isEqualTo("other");
    assertThat(console.get("flow?stack=none").statusCode()).isEqualTo(404);
  }

  @Test
  void map_hasNoStyleOfItsOwnAndIsReadable() {
    deploy("small");
    Document page = console.page("flow");
    assertThat(page.select("svg [style], svg style, svg script")).isEmpty();
    assertThat(page.select("svg title").eachText()).contains("rule Ordered", "bus shop");
    for (Element use : page.select("svg use")) {
      assertThat(page.select("symbol[id=" + use.attr("href").substring(1) + "]")).hasSize(1);
    }
  }

  private void deploy(String name) {
    console
        .client(CloudFormationClient.class)
        .createStack(
            c -> c.stackName(name).capabilities(Capability.CAPABILITY_IAM).templateBody(TEMPLATE));
    console.runtime().clock().advance(Duration.ofSeconds(1));
  }

  /** Publishes, and lets the bus tell CloudWatch. */
  private void publish(String type, int times) {
    for (int i = 0; i < times; i++) {
      console
          .client(EventBridgeClient.class)
          .putEvents(p ->
              p.entries(e -> e.eventBusName("shop").source("shop").detailType(type).detail("{}")));
    }
    console.runtime().clock().advance(Duration.ofSeconds(2));
  }

  private static List<String> names(Document page) {
    return page.select("svg .node .name").eachText();
  }

  private static List<String> counts(Document page) {
    return page.select("svg .count title").eachText();
  }

  private static Element node(Document page, String name) {
    return page.select("svg .node").stream()
        .filter(n -> n.select(".name").text().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
