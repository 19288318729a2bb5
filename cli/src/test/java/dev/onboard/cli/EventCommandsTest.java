package dev.onboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.eventbridge.model.ApiDestinationHttpMethod;
import software.amazon.awssdk.services.eventbridge.model.ConnectionAuthorizationType;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.schemas.model.Type;

/** Asking, publishing and replaying, against a runtime that serves the deployed stack. */
class EventCommandsTest {
  @TempDir static Path folder;

  private static StartedRuntime runtime;
  private static Clients clients;
  private static String queueArn;
  private static String queueUrl;

  @BeforeAll
  static void prepare() {
    runtime = StartedRuntime.start(folder.resolve("data"), 0);
    clients = runtime.clients();
    Ran deployed = command("deploy");
    assertThat(deployed.exitCode()).as(deployed.err()).isZero();
    queueUrl = clients.sqs().createQueue(c -> c.queueName("orders")).queueUrl();
    queueArn = "arn:aws:sqs:us-east-1:000000000000:orders";
    clients
        .sqs()
        .setQueueAttributes(s ->
            s.queueUrl(queueUrl)
                .attributesWithStrings(
                    Map.of(
                        "Policy",
                        """
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                          "Principal": {"Service": "events.amazonaws.com"},
                          "Action": "sqs:SendMessage", "Resource": "%s"}]}
                        """
                            .formatted(queueArn))));
    clients.eventBridge().createEventBus(c -> c.name("shop"));
    rule(
        "large-orders",
        "{\"source\": [\"shop\"], \"detail\": {\"total\": [{\"numeric\": [\">\", 100]}]}}");
    target("large-orders", queueArn);
    clients.eventBridge().putRule(p -> p.name("nightly").scheduleExpression("rate(1 day)"));
    rule("resting", "{\"source\": [\"shop\"]}");
    clients.eventBridge().disableRule(d -> d.eventBusName("shop").name("resting"));
    rule("broken", "{\"detail-type\": [\"Broken\"]}");
    target("broken", queueArn + "-that-is-gone");
  }

  @AfterAll
  static void stop() {
    clients.close();
    runtime.close();
  }

  @Test
  void why_saysOfEveryRuleWhichFieldFailed() throws IOException {
    Ran ran =
        why("{\"source\": \"Shop\", \"detail-type\": \"Order\", \"detail\": {\"total\": \"250\"}}");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains(
            "As a bus would have it, with account, id, region, resources, time, version.",
            "Order from Shop on bus shop",
            "no   large-orders",
            "detail.total is \"250\", wanted: {\"numeric\": [\">\", 100]}"
                + " (it is a string, and numeric takes numbers only)",
            "source is \"Shop\", wanted: \"shop\" (it differs only in case)",
            "no   resting is disabled",
            "No rule of the bus takes it.");
    assertThat(ran.out().indexOf("no   resting"))
        .isLessThan(ran.out().indexOf("no   large-orders"));
  }

  @Test
  void whyOfMatchingEvent_namesTheTargets() throws IOException {
    Ran ran =
        why("{\"source\": \"shop\", \"detail-type\": \"Order\", \"detail\": {\"total\": 250}}");
    assertThat(ran.out())
        .contains("yes  large-orders  -> queue orders", "yes  resting, but it is disabled")
        .doesNotContain("No rule");
  }

  @Test
  void whyInJson_isOneObjectARule() throws IOException {
    Ran ran =
        why(
            "{\"source\": \"shop\", \"detail-type\": \"Order\", \"detail\": {\"Total\": 250}}",
            "--json");
    JsonNode rule = null;
    for (String line : ran.lines()) {
      if (json(line).path("rule").asText().equals("large-orders")) {
        rule = json(line);
      }
    }
    assertThat(rule).isNotNull();
    assertThat(rule.path("matches").asBoolean()).isFalse();
    assertThat(rule.path("failures").size()).isEqualTo(1);
    assertThat(rule.at("/failures/0/field").asText()).isEqualTo("detail.total");
    assertThat(rule.at("/failures/0/hints/0").asText()).isEqualTo("there is detail.Total");
    assertThat(rule.at("/failures/0/pattern").asText()).isEqualTo("/detail/total");
  }

  @Test
  void whyOfStandardInput_takesAnEntryOfPutEvents() {
    String entry =
        "{\"Source\": \"shop\", \"DetailType\": \"Order\", \"Detail\": \"{\\\"total\\\": 250}\"}";
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(entry.getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(command("why", "-", "--bus", "shop").out()).contains("yes  large-orders");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void whyOnTheDefaultBus_saysWhatSchedulesAre() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("any.json"),
            "{\"source\": \"a\", \"detail-type\": \"b\", \"detail\": {}}");
    assertThat(command("why", file, "--bus", "default").out())
        .contains("no   nightly runs on a schedule, rate(1 day), and takes no events");
  }

  @Test
  void whyOfAcceptedEvent_tellsItsDeliveries() {
    String delivered = put("Order", "{\"total\": 300}");
    assertThat(command("why", delivered).out())
        .contains("yes  large-orders", "Accepted at ")
        .containsPattern("large-orders -> queue orders: delivered at \\S+Z");
    String broken = put("Broken", "{}");
    assertThat(command("why", broken).out())
        .containsPattern(
            "broken -> queue orders-that-is-gone: dropped after 1 attempt at .*, \\S+:");
  }

  @Test
  void whyOfEventThatIsRetried_tellsEveryAttempt() {
    String connection =
        clients
            .eventBridge()
            .createConnection(c ->
                c.name("partner")
                    .authorizationType(ConnectionAuthorizationType.API_KEY)
                    .authParameters(a ->
                        a.apiKeyAuthParameters(k -> k.apiKeyName("Key").apiKeyValue("secret"))))
            .connectionArn();
    String destination =
        clients
            .eventBridge()
            .createApiDestination(c ->
                c.name("partner")
                    .connectionArn(connection)
                    .httpMethod(ApiDestinationHttpMethod.POST)
                    .invocationEndpoint("http://127.0.0.1:1/orders"))
            .apiDestinationArn();
    rule("told-to-partner", "{\"detail-type\": [\"Shipped\"]}");
    clients
        .eventBridge()
        .putTargets(p ->
            p.eventBusName("shop")
                .rule("told-to-partner")
                .targets(t ->
                    t.id("1").arn(destination).roleArn("arn:aws:iam::000000000000:role/partner")));
    String id = put("Shipped", "{}");
    command("time", "advance", "10m");
    assertThat(command("why", id).out())
        .containsPattern(
            "told-to-partner -> API destination partner: \\d+ attempts failed,"
                + " the next one is at 20\\S+Z, \\S+: ")
        .containsPattern("attempt 1 at 20\\S+Z, \\S+: ")
        .containsPattern("attempt 2 at 20\\S+Z, \\S+: ");
    Ran followed =
        command(
            "publish", "shop@Shipped", "--file", emptyDetail(), "--bus", "shop", "--timeout", "10");
    assertThat(followed.exitCode()).isEqualTo(1);
    assertThat(followed.out()).containsPattern("failed, \\S+: .*; the next attempt is at 20");
  }

  @Test
  void whyOfWhatIsNoJson_saysWhereItIsWrong() throws IOException {
    Path file = Files.writeString(folder.resolve("open.json"), "{\"source\": \"shop\",");
    Ran ran = command("why", file.toString());
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .contains("open.json is no JSON: ", ", at line 1, column 19")
        .doesNotContain("Source:");
  }

  @Test
  void whyOfUnknownId_saysSo() {
    Ran ran = command("why", "0b8f0c1e-93f5-4d7d-9f6b-1c0f6c7f2a11");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("no file, and no event of that id is known");
  }

  @Test
  void whyOfRule_showsTheEventsThatAlmostMatched() throws IOException {
    put("Receipt", "{\"amount\": 1}");
    put("Receipt", "{\"amount\": 2}");
    String near = put("Order", "{\"total\": 100}");
    Ran ran = command("why", "--rule", "large-orders", "--bus", "shop", "--limit", "1");
    assertThat(ran.out())
        .containsPattern("large-orders matches \\d+ of the newest \\d+ events on shop")
        .contains("(" + near + ")", "detail.total is 100, wanted: {\"numeric\": [\">\", 100]}")
        .doesNotContain("Receipt");
    List<JsonNode> all = new ArrayList<>();
    for (String line :
        command("why", "--rule", "large-orders", "--bus", "shop", "--json").lines()) {
      all.add(json(line));
    }
    assertThat(all)
        .anySatisfy(e -> {
          assertThat(e.path("detailType").asText()).isEqualTo("Receipt");
          assertThat(e.path("times").asInt()).isEqualTo(2);
        });
    Ran none = command("why", "--rule", "nothing", "--bus", "shop");
    assertThat(none.err()).contains("the bus shop has no rule nothing; it has ", "large-orders");
  }

  @Test
  void ruleOfTheStack_isFoundByWhatItIsCalledInTheTemplateOrItsFolder() {
    for (String called : List.of("UserCreatedRule", "user-created")) {
      Ran ran = command("why", "--rule", called);
      assertThat(ran.exitCode()).as(ran.err()).isZero();
      assertThat(ran.out()).startsWith("onboard-UserCreatedRule-");
    }
    assertThat(command("rules", "user-created").out())
        .startsWith("onboard-UserCreatedRule-")
        .doesNotContain("UserRegistered");
    assertThat(command("why", "--rule", "user").err())
        .contains(
            "the bus onboard-dev has several rules user: ",
            "onboard-UserCreatedRule-",
            "onboard-UserRegisteredRule-");
    Ran replay = command("replay", "--from", "-1h", "--rule", "user-created");
    assertThat(replay.exitCode()).as(replay.err()).isZero();
  }

  @Test
  void publish_fillsChecksAndFollowsToTheLastMail() {
    Ran ran = command("publish", "UserRegistered", "--set", "data.email=followed@example.com");
    assertThat(ran.exitCode()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.out())
        .containsPattern("(?m)^UserRegistered from onboard.users on onboard-dev")
        .containsPattern("UserRegisteredRule\\S* -> function \\S*RegisterUser\\S*: invoked")
        .containsPattern("(?m)^    UserCreated from onboard.users on onboard-dev +\\+\\d")
        .containsPattern("WelcomeMailQueue\\S*: taken by function \\S*SendWelcomeMail")
        .containsPattern("Email Sent from aws.ses on default")
        .containsPattern("MailSentRule\\S* -> log group \\S*sent-mails\\S*: delivered")
        .containsPattern("Done: 3 events.");
    assertThat(command("mail", "followed@example.com").out()).contains("Welcome aboard");
    assertThat(command("mail").out()).doesNotContain("ada@example.com");
  }

  @Test
  void publishOfWhatDoesNotFit_saysEveryViolationAndPublishesNothing() {
    Ran ran =
        command(
            "publish",
            "UserRegistered",
            "--set",
            "data.email=x",
            "--set",
            "data.nmae=Ada",
            "--set",
            "metadata.schemaVersion=2.0");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains("It does not fit onboard.users@UserRegistered-v1:")
        .contains("detail.data.nmae: the schema has no nmae; did you mean name?")
        .contains("detail.data.email: ")
        .contains("detail.metadata.schemaVersion: ")
        .contains("say --force");
  }

  @Test
  void publishByForce_goesAsItIs() {
    Ran ran =
        command(
            "publish",
            "UserRegistered",
            "--set",
            "data.email=x",
            "--force",
            "--no-follow",
            "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("It does not fit");
  }

  @Test
  void publishOfMisspeltType_namesTheNearest() {
    Ran ran = command("publish", "UserRegisterd");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("no schema for UserRegisterd; did you mean UserRegistered?");
  }

  @Test
  void publishOfWhatIsLost_fails() {
    Ran ran = command("publish", "shop@Broken", "--file", emptyDetail(), "--bus", "shop");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .contains("The registry has no schema for shop@Broken; it is not checked.");
    assertThat(ran.out())
        .containsPattern("broken -> queue orders-that-is-gone: dropped, ")
        .contains("Failed: not everything that it caused was done; 1 event.");
  }

  @Test
  void publishToAFunctionThatFails_saysWhenItIsTriedAgain() {
    String function =
        clients.lambda().listFunctionsPaginator().functions().stream()
            .filter(f -> f.functionName().contains("RegisterUser"))
            .findFirst()
            .orElseThrow()
            .functionArn();
    rule("misrouted", "{\"detail-type\": [\"Misrouted\"]}");
    target("misrouted", function);
    Ran ran = command("publish", "shop@Misrouted", "--file", emptyDetail(), "--bus", "shop");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out())
        .containsPattern(
            "misrouted -> function \\S*RegisterUser\\S*: the function failed once;"
                + " the next attempt is at 20\\S+Z");
  }

  @Test
  void publishToAnotherRegistry_makesTheLeastThatTheSchemaDemands() throws IOException {
    clients.schemas().createRegistry(c -> c.registryName("shop"));
    clients
        .schemas()
        .createSchema(c ->
            c.registryName("shop")
                .schemaName("shop@Order")
                .type(Type.OPEN_API3)
                .content(
                    """
                    {"openapi": "3.0.0", "info": {"version": "1", "title": "Order"}, "paths": {},
                     "components": {"schemas": {
                       "AWSEvent": {"type": "object", "properties": {
                         "detail": {"$ref": "#/components/schemas/Order"}}},
                       "Order": {"type": "object", "required": ["total", "gift", "note"],
                         "properties": {
                           "total": {"type": "number", "minimum": 120},
                           "gift": {"type": "boolean"},
                           "lines": {"type": "array", "items": {"type": "string"}},
                           "note": {"type": "string", "nullable": true}}}}}}
                    """));
    Ran ran =
        command(
            "publish",
            "Order",
            "--registry",
            "shop",
            "--bus",
            "shop",
            "--json",
            "--set",
            "gift=true",
            "--set",
            "lines=[\"tea\"]",
            "--set",
            "note=null");
    assertThat(ran.exitCode()).as(ran.out() + ran.err()).isZero();
    JsonNode detail = json(ran.lines().getFirst()).at("/event/detail");
    assertThat(detail)
        .isEqualTo(json("{\"total\": 120, \"gift\": true, \"note\": null, \"lines\": [\"tea\"]}"));
    assertThat(json(ran.lines().getFirst()).at("/deliveries/0/outcome").asText())
        .isEqualTo("in the queue, which no function reads");
    Ran wrong =
        command("publish", "Order", "--registry", "shop", "--bus", "shop", "--set", "gift=maybe");
    assertThat(wrong.err()).contains("gift must be of type boolean, not maybe");
  }

  @Test
  void replay_bringsTheEventsToTheRuleAgain() {
    clients.eventBridge().createEventBus(c -> c.name("history"));
    clients
        .eventBridge()
        .createArchive(c ->
            c.archiveName("history")
                .eventSourceArn("arn:aws:events:us-east-1:000000000000:event-bus/history"));
    clients
        .eventBridge()
        .putRule(
            p -> p.eventBusName("history").name("all").eventPattern("{\"source\": [\"past\"]}"));
    clients
        .eventBridge()
        .putEvents(p ->
            p.entries(
                e -> e.eventBusName("history").source("past").detailType("Told").detail("{}")));
    Object[] of = {"replay", "--archive", "history", "--bus", "history", "--rule", "all"};
    Ran whole = command(of, "--from", "-1h");
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    assertThat(whole.out()).contains("Replaying ", "COMPLETED");
    Ran paced = command(of, "--from", "-4s", "--speed", "100x");
    assertThat(paced.exitCode()).as(paced.err()).isZero();
    assertThat(paced.out()).contains(" 100%  ", "times as fast as it was.");
    Ran past = command(of, "--from", "2020-01-01T00:00:00Z", "--to", "2020-01-02T00:00:00+01:00");
    assertThat(past.exitCode()).as(past.err()).isZero();
    Ran shown = command("events", "--bus", "history", "--json");
    assertThat(shown.lines().stream().filter(l -> l.contains("\"replay-name\":\"onboard-")))
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "why",
        "why a b",
        "why a --rule b",
        "why --rule a --limit 0",
        "publish",
        "replay",
        "replay --from yesterday",
        "replay --from -1h --to -2h --bus shop --archive x",
        "replay --from -1h --speed fast",
        "replay --from -1h --speed 0x",
      })
  void badUsage_endsWithTwo(String words) {
    Ran ran = command(words.split(" "));
    assertThat(ran.exitCode()).as(ran.out() + ran.err()).isEqualTo(2);
    assertThat(ran.err()).isNotBlank();
    assertThat(ran.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"why", "publish", "replay", "rules"})
  void help_hasAnExample(String command) {
    Ran ran = Ran.command(command, "--help");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("Usage: onboard").contains("Example:");
  }

  @Test
  void rules_areShownWithWhatTheyDid() throws JsonProcessingException {
    rule("counted", "{\"detail-type\": [\"Counted\"]}");
    target("counted", queueArn);
    put("Counted", "{}");
    put("Counted", "{}");
    command("time", "advance", "2s");
    Ran text = command("rules", "counted", "--bus", "shop");
    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out())
        .isEqualToIgnoringNewLines(
            "counted  ENABLED\n"
                + "    matched 2, invoked 2, retried 0, failed 0, throttled 0, dead-lettered 0\n"
                + "    -> "
                + queueArn
                + ", without a dead-letter queue\n");
    JsonNode json = json(command("rules", "counted", "--bus", "shop", "--json").out());
    assertThat(json.path("counts").path("matched").asInt()).isEqualTo(2);
    assertThat(json.path("targets").path(0).path("arn").asText()).isEqualTo(queueArn);
    Ran none = command("rules", "nobody", "--bus", "shop");
    assertThat(none.out()).contains("Bus shop has no such rule.");
    Ran wrong = command("rules", "--bus", "shop", "--since", "soon");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("--since must be a duration such as 30m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"why x", "publish UserRegistered", "replay --from -1h", "rules"})
  void withoutRuntime_oneLineSaysHowToStartOne(String words) {
    Ran ran = Ran.command((Object[]) (words + " --port 1").split(" "));
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.err()).contains("http://127.0.0.1:1").contains("./onboard up");
  }

  private static Path emptyDetail() {
    try {
      return Files.writeString(folder.resolve("empty.json"), "{}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Ran why(String event, Object... more) throws IOException {
    Path file = Files.writeString(folder.resolve("event.json"), event);
    var words = new ArrayList<Object>(List.of("why", file, "--bus", "shop"));
    words.addAll(List.of(more));
    return command(words.toArray());
  }

  private static Ran command(Object[] first, Object... more) {
    var words = new ArrayList<>(List.of(first));
    words.addAll(List.of(more));
    words.addAll(List.of("--port", runtime.endpoint().getPort()));
    return Ran.command(words.toArray());
  }

  private static Ran command(Object... arguments) {
    return command(arguments, new Object[0]);
  }

  private static String put(String detailType, String detail) {
    return clients
        .eventBridge()
        .putEvents(p ->
            p.entries(
                e -> e.eventBusName("shop").source("shop").detailType(detailType).detail(detail)))
        .entries()
        .getFirst()
        .eventId();
  }

  private static void rule(String name, String pattern) {
    clients
        .eventBridge()
        .putRule(
            p -> p.eventBusName("shop").name(name).eventPattern(pattern).state(RuleState.ENABLED));
  }

  private static void target(String rule, String arn) {
    clients
        .eventBridge()
        .putTargets(p -> p.eventBusName("shop").rule(rule).targets(t -> t.id("1").arn(arn)));
  }

  private static JsonNode json(String line) throws JsonProcessingException {
    return RuntimeEndpoint.JSON.readTree(line);
  }
}
