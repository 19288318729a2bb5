package dev.onboard.console.story.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.console.RunningConsole;
import dev.onboard.console.stack.UserItem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Stories as a browser gets them, of a stack that has the tables and queues but no functions. */
class StoryPagesTest {
  private static final String ADA = "ada@example.com";
  private static final String MARKUP = "<script>alert(1)</script>";

  private RunningConsole console;

  @BeforeEach
  void start(@TempDir Path data) {
    console = RunningConsole.start(data);
    console.client(SesV2Client.class).createEmailIdentity(c -> c.emailIdentity("onboard.example"));
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void story_beforeAnybodyAsks_namesThoseWhoWereMailed() {
    assertThat(console.page("story").select(".lately")).isEmpty();
    mail("bob@example.com");
    mail(ADA);
    mail(ADA);
    Document page = console.page("story");
    assertThat(page.select("h1").text()).isEqualTo("Story");
    assertThat(page.select(".lately a").eachText()).containsExactly(ADA, "bob@example.com");
    assertThat(page.select(".lately a").eachAttr("href"))
        .contains("/_console/story?q=ada@example.com");
  }

  @Test
  void story_withoutAStack_saysSo() {
    assertThat(console.page("story?q=x@example.com").select(".empty").text())
        .isEqualTo("there is no stack onboard");
  }

  @Test
  void story_ofWhatNobodyKnows_saysSo_andAsksAgain() {
    deploy("onboard");
    Document page = console.page("story?q=%3Cscript%3Ealert(1)%3C/script%3E");
    assertThat(page.select(".empty").text()).isEqualTo("nothing is known of " + MARKUP);
    assertThat(page.select("input[name=q]").val()).isEqualTo(MARKUP);
    assertThat(page.select("#page script")).isEmpty();
  }

  @Test
  void story_goesStepByStep_withLinksAndCommands() {
    deploy("onboard");
    registered();
    String event = created();
    String mail = mail(ADA);
    Document page = console.page("story?q=ADA@example.com");
    assertThat(page.select("h1").text()).isEqualTo(ADA);
    assertThat(page.select("#page [role=status]").text()).startsWith("a user; ");
    assertThat(page.select(".step .what > p:first-child").eachText())
        .containsSubsequence(
            "EventBridge UserCreated from onboard.users on bus shop",
            "SES mail \"Welcome\" was accepted");
    Element told = step(page, "UserCreated");
    assertThat(told.select(".details").text()).contains("Created -> queue Waiting: delivered");
    assertThat(told.select(".command pre").text()).isEqualTo("./onboard why " + event);
    Element sent = step(page, "mail \"Welcome\"");
    assertThat(sent.select(".links a").attr("href")).isEqualTo("/_console/mail/" + mail);
    assertThat(sent.select("time").attr("datetime")).endsWith("Z");
    assertThat(page.select(".step").first().select("time").attr("data-form")).isEqualTo("moment");
    assertThat(page.select(".step").last().select("time").attr("data-form")).isEqualTo("clock");
    assertThat(page.select(".step").eachAttr("id")).doesNotHaveDuplicates();
    assertThat(page.select(".way").text()).contains("mail sent");
    assertThat(page.select(".unknown").text())
        .contains("The registration registration-1, which made the user, is not known any more.")
        .contains("it was before the event told of it");
  }

  @Test
  void stateOfAStep_isSaidInAWord() {
    deploy("onboard");
    registered();
    created();
    SqsClient sqs = console.client(SqsClient.class);
    sqs.sendMessage(m ->
        m.queueUrl(sqs.getQueueUrl(g -> g.queueName("letters")).queueUrl())
            .messageBody("{\"data\":{\"email\":\"ada@example.com\"}}"));
    Document page = console.page("story?q=" + ADA);
    Element waiting = step(page, "waits in queue");
    assertThat(waiting.select(".badge.wait").text()).isEqualTo("waiting");
    assertThat(waiting.hasClass("wait")).isTrue();
    Element failed = step(page, "given up");
    assertThat(failed.select(".badge.bad").text()).isEqualTo("failed");
    assertThat(step(page, "UserCreated from").select(".badge")).isEmpty();
  }

  @Test
  void story_isFollowed_asLongAsSomethingHappens() {
    deploy("onboard");
    mail(ADA);
    assertThat(isLive(console.page("story?q=" + ADA))).isTrue();
    console.runtime().clock().advance(Duration.ofMinutes(2));
    assertThat(isLive(console.page("story?q=" + ADA))).isFalse();
    created();
    console.runtime().clock().advance(Duration.ofMinutes(2));
    // The queue holds a message, which somebody may yet receive.
    assertThat(isLive(console.page("story?q=" + ADA))).isTrue();
  }

  @Test
  void story_ofAnotherStack_staysWithIt() {
    deploy("other");
    registered();
    Document page = console.page("story?q=" + ADA + "&stack=other");
    assertThat(page.select("h1").text()).isEqualTo(ADA);
    assertThat(page.select("input[name=stack]").val()).isEqualTo("other");
    mail("bob@example.com");
    assertThat(console.page("story?stack=other").select(".lately a").attr("href"))
        .isEqualTo("/_console/story?q=bob@example.com&stack=other");
  }

  @Test
  void story_ofAUserWhoseImportIsGone_saysWhatIsNotKnown() {
    deploy("onboard");
    user(Map.of("importId", AttributeValue.fromS("gone"), "row", AttributeValue.fromN("7")));
    Document page = console.page("story?q=" + ADA);
    assertThat(step(page, "the user was stored").text())
        .contains("at a time that nobody knows")
        .contains("by row 7 of import gone");
    assertThat(page.select(".unknown li").eachText())
        .contains(
            "The import gone, which made the user, is not known any more.",
            "When the user was stored is not known: neither log nor event tells any more.");
  }

  private static boolean isLive(Document page) {
    return page.select("#page").attr("data-live").equals("true");
  }

  private static Element step(Document page, String what) {
    return page.select(".step").stream()
        .filter(s -> s.select(".what").text().contains(what))
        .findFirst()
        .orElseThrow(() -> new AssertionError(page.select(".steps").text()));
  }

  /** A user who registered, as the item tells. */
  private void registered() {
    user(Map.of("eventId", AttributeValue.fromS("registration-1")));
  }

  private void user(Map<String, AttributeValue> origin) {
    var item =
        new HashMap<>(
            Map.of(
                "email", AttributeValue.fromS(ADA),
                "userId", AttributeValue.fromS(UserItem.idOf(ADA)),
                "createdAt", AttributeValue.fromS("2026-01-31T12:00:00Z")));
    item.putAll(origin);
    console.client(DynamoDbClient.class).putItem(p -> p.tableName("users").item(item));
  }

  private String created() {
    return console
        .client(EventBridgeClient.class)
        .putEvents(p ->
            p.entries(e ->
                e.eventBusName("shop")
                    .source("onboard.users")
                    .detailType("UserCreated")
                    .detail("{\"data\":{\"email\":\"ada@example.com\"}}")))
        .entries()
        .getFirst()
        .eventId();
  }

  private String mail(String to) {
    return console
        .client(SesV2Client.class)
        .sendEmail(s ->
            s.fromEmailAddress("welcome@onboard.example")
                .destination(d -> d.toAddresses(to))
                .emailTags(MessageTag.builder().name("userId").value(UserItem.idOf(to)).build())
                .content(c ->
                    c.simple(m ->
                        m.subject(x -> x.data("Welcome")).body(b -> b.text(t -> t.data("Hi"))))))
        .messageId();
  }

  private void deploy(String stack) {
    CloudFormationClient cloudFormation = console.client(CloudFormationClient.class);
    cloudFormation.createStack(c -> c.stackName(stack).templateBody(template()));
    console.runtime().clock().advance(Duration.ofSeconds(1));
    assertThat(
            cloudFormation
                .describeStacks(d -> d.stackName(stack))
                .stacks()
                .getFirst()
                .stackStatus())
        .isEqualTo(StackStatus.CREATE_COMPLETE);
  }

  /** What stories are told by, with the names that the stack's template gives. */
  private static String template() {
    String tables =
        Map.of("Users", "email", "Mails", "userId", "Imports", "importId").entrySet().stream()
            .map(t ->
                """
                  %1$sTable:
                    Type: AWS::DynamoDB::Table
                    Properties:
                      TableName: %2$s
                      BillingMode: PAY_PER_REQUEST
                      AttributeDefinitions: [{ AttributeName: %3$s, AttributeType: S }]
                      KeySchema: [{ AttributeName: %3$s, KeyType: HASH }]
                """
                    .formatted(t.getKey(), t.getKey().toLowerCase(Locale.ROOT), t.getValue()))
            .collect(Collectors.joining());
    String queues =
        Stream.of(
                List.of("Waiting", "waiting"),
                List.of("WelcomeMailDeadLetters", "letters"),
                List.of("MailOutcomeDeadLetters", "outcomes"),
                List.of("UndeliveredEventsQueue", "undelivered"),
                List.of("QuarantineQueue", "quarantine"))
            .map(q ->
                """
                  %s: { Type: AWS::SQS::Queue, Properties: { QueueName: %s } }
                """
                    .formatted(q.get(0), q.get(1)))
            .collect(Collectors.joining());
    String logs =
        Stream.of("SendWelcomeMail", "RegisterUser", "ValidateRows", "StoreUsers")
            .map(f -> "  " + f + "Log: { Type: AWS::Logs::LogGroup }\n")
            .collect(Collectors.joining());
    return "Resources:\n"
        + tables
        + queues
        + logs
        + """
          Bus: { Type: AWS::Events::EventBus, Properties: { Name: shop } }
          QueuePolicy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Waiting]
              PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: !GetAtt Waiting.Arn }] }
          Created:
            Type: AWS::Events::Rule
            Properties:
              EventBusName: !Ref Bus
              EventPattern: { detail-type: [UserCreated] }
              Targets: [{ Id: waiting, Arn: !GetAtt Waiting.Arn }]
        Outputs:
          UsersTableName: { Value: !Ref UsersTable }
          MailsTableName: { Value: !Ref MailsTable }
          ImportsTableName: { Value: !Ref ImportsTable }
          WelcomeMailQueueUrl: { Value: !Ref Waiting }
          UndeliveredEventsQueueUrl: { Value: !Ref UndeliveredEventsQueue }
          ImportStateMachineArn: { Value: "arn:aws:states:us-east-1:000000000000:stateMachine:ImportUsers" }
        """;
  }
}
