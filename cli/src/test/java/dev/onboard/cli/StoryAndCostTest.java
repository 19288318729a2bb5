package dev.onboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** What the command line tells of what happened, and of what that would have cost. */
class StoryAndCostTest {
  /** More than anything here takes, each time a command. */
  private static final int MOST_TRIES = 300;

  @RegisterExtension static final DeployedRuntime STACK = new DeployedRuntime();

  @TempDir static Path folder;

  private static Clients clients;
  private static Map<String, String> outputs;
  private static String importId;
  private static Map<String, AttributeValue> item;

  @BeforeAll
  static void importOneFile() {
    clients = STACK.runtime().clients();
    outputs =
        Deployment.outputs(
            clients
                .cloudFormation()
                .describeStacks(d -> d.stackName("onboard"))
                .stacks()
                .getFirst());
    importId =
        imported(
            "told.csv",
            """
            E-mail,Name
            Tess@Example.com,Tess
            tim@example.com,Tim
            tim(at)example.com,Nobody
            TIM@example.com,Tim again
            """);
    item =
        clients
            .dynamoDb()
            .getItem(g ->
                g.tableName(outputs.get("ImportsTableName"))
                    .key(Map.of("importId", AttributeValue.fromS(importId))))
            .item();
  }

  @AfterAll
  static void close() {
    clients.close();
  }

  @Test
  void storyOfAnImportedPerson_goesFromUploadToMail() {
    List<JsonNode> steps = steps("TESS@example.com");
    assertThat(steps)
        .extracting(s -> s.path("service").asText() + ": " + s.path("what").asText())
        .map(StoryAndCostTest::withoutIds)
        .containsExactly(
            "S3: told.csv was uploaded, 106 bytes",
            "EventBridge: Object Created from aws.s3 on bus default",
            "EventBridge: Object Created from aws.s3 on bus onboard-dev",
            "Step Functions: execution ... succeeded",
            "Step Functions: batch of rows 2 to 5, row 2 among them",
            "Lambda: ValidateRows: the batch was validated",
            "Lambda: StoreUsers: the batch was stored",
            "DynamoDB: the user was stored",
            "EventBridge: UserCreated from onboard.users on bus onboard-dev",
            "Lambda: SendWelcomeMail worked on the mail, among others",
            "SES: mail \"Welcome aboard\" was accepted",
            "EventBridge: Email Sent from aws.ses on bus default",
            "DynamoDB: the mail is marked sent");
    assertThat(steps)
        .allSatisfy(s -> {
          assertThat(s.path("state").asText()).isEqualTo("OK");
          assertThat(s.path("links")).isNotEmpty();
          assertThat(s.path("command").asText()).matches("(aws|\\./onboard) .+");
        });
    assertThat(steps).extracting(s -> Instant.parse(s.path("at").asText())).isSorted();
    assertThat(details(steps.get(2)))
        .contains("CsvUploadedRule -> workflow ImportUsers: delivered");
    assertThat(details(steps.get(6)).getFirst()).startsWith("INFO stored: firstRow 2, created 2");
    assertThat(steps.get(3).at("/links/0/page").asText())
        .isEqualTo("/_console/executions/" + item.get("execution").s());
  }

  @Test
  void storyForATerminal_fitsIt_withTheWholeOnTop() {
    Ran ran = STACK.command("story", "tess@example.com");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .startsWith("tess@example.com: a user; created by row 2 of told.csv; the welcome mail was")
        .containsPattern("uploaded -> \\S+ m?s -> stored -> \\S+ m?s -> mail sent; .+ in all")
        .containsPattern(
            "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} .*SES: mail \"Welcome aboard\" was accepted");
    // Only ids may be longer than a line.
    assertThat(ran.lines())
        .filteredOn(l -> l.length() > 80)
        .allMatch(l -> l.matches(".*\\S{30,}.*"));
    assertThat(STACK.command("story", "tess@example.com", "--commands").out())
        .contains("$ aws dynamodb get-item --table-name " + outputs.get("UsersTableName"));
  }

  @Test
  void anyIdOfAPerson_leadsToTheSameStory() {
    List<JsonNode> person = steps("tess@example.com");
    String messageId = lastPart(person, "mail");
    String userCreated = lastPart(person.get(8), "events");
    String emailSent = lastPart(person.get(11), "events");
    for (String id : List.of(messageId, userCreated, emailSent, userId("tess@example.com"))) {
      assertThat(steps(id)).as(id).isEqualTo(person);
    }
  }

  @Test
  void anyIdOfAnImport_leadsToItsStory() {
    List<JsonNode> told = steps(importId);
    assertThat(told)
        .extracting(s -> s.path("what").asText())
        .contains(
            "told.csv was uploaded, 106 bytes",
            "state Inspect upload",
            "map run: 4 rows, 1 batches",
            "the import is COMPLETED: 4 of 4 rows, 2 created, 0 existing, 2 rejected",
            "ImportCompleted from onboard.users on bus onboard-dev",
            "2 of 2 welcome mails were sent");
    assertThat(told.stream().flatMap(s -> details(s).stream()))
        .contains(
            "INFO accepted: rows 4",
            "row 4: \"tim(at)example.com\" is not an e-mail address.",
            "ImportFinishedRule -> topic OperatorsTopic: delivered");
    String execution = item.get("execution").s();
    String batch = lastPart(steps("tess@example.com").get(4), "executions");
    for (String id :
        List.of(
            execution,
            execution.substring(execution.lastIndexOf(':') + 1),
            batch,
            importId + "#2",
            item.get("correlationId").s())) {
      assertThat(steps(id)).as(id).isEqualTo(told);
    }
  }

  @Test
  void storyOfARejectedRow_saysWhy() {
    Ran ran = STACK.command("story", "tim(at)example.com");
    assertThat(ran.out())
        .contains("tim(at)example.com: no user; row 4 of told.csv was rejected:")
        .containsPattern("FAILED DynamoDB: row 4 of told.csv was rejected")
        .contains("\"tim(at)example.com\" is not an e-mail address.");
  }

  @Test
  void storyOfARowThatRepeatsAnAddress_isPartOfItsUsers() {
    assertThat(STACK.command("story", "tim@example.com").out().replaceAll("\\s+", " "))
        .contains(
            "created by row 3 of told.csv; row 5 of told.csv was rejected:"
                + " The address \"tim@example.com\" repeats row 3; the welcome mail was sent.");
  }

  @Test
  void storyOfAUserWhoExisted_saysThatNothingWasDone() {
    imported("first.csv", "email\nann@example.com\n");
    imported("second.csv", "email\n Ann@Example.COM \n");
    assertThat(STACK.command("story", "ann@example.com").out().replaceAll("\\s+", " "))
        .contains("created by row 2 of first.csv; row 2 of second.csv found the user existing")
        .contains("NOTHING DONE DynamoDB: row 2 of second.csv changed nothing: the user existed");
  }

  @Test
  void storyOfARegisteredPerson_beginsWithTheEvent() {
    String detail = "data.email=Rea@Example.com";
    Ran published = STACK.command("publish", "UserRegistered", "--set", detail, "--source", "shop");
    assertThat(published.exitCode()).as(published.err()).isZero();
    List<JsonNode> steps = steps("rea@example.com");
    assertThat(steps)
        .extracting(s -> s.path("what").asText())
        .startsWith(
            "UserRegistered from shop on bus onboard-dev",
            "RegisterUser worked on the registration",
            "the user was stored",
            "UserCreated from onboard.users on bus onboard-dev",
            "SendWelcomeMail worked on the mail, among others");
    assertThat(details(steps.get(1))).contains("INFO registered: outcome CREATED, source shop");
    assertThat(steps(lastPart(steps.getFirst(), "events"))).isEqualTo(steps);
  }

  @Test
  void storyOfARegistrationThatFails_saysWithWhat() {
    put("onboard-dev", "UserRegistered", "{\"data\":{\"email\":\"not@@valid\"}}");
    // What a function printed is known at another moment than what became of it.
    String printed = " is not an e-mail address.";
    List<JsonNode> steps =
        until(
            "not@@valid",
            all -> all.toString().contains(printed) && state(all, "Lambda").equals("FAILED"));
    assertThat(steps.stream().flatMap(s -> details(s).stream()))
        .anyMatch(d -> d.contains("\"not@@valid\"" + printed))
        .anyMatch(d -> d.startsWith("attempt 1 failed; the next one is at "));
  }

  @Test
  void storyOfAMailThatBounced_saysSo() {
    imported("bounced.csv", "email\nbounce@simulator.amazonses.com\n");
    List<JsonNode> steps =
        until(
            "bounce@simulator.amazonses.com",
            all -> all.getLast().path("what").asText().contains("undeliverable"));
    assertThat(details(steps.getLast())).containsExactly("outcome: Bounce: Permanent General");
    assertThat(steps)
        .extracting(s -> s.path("what").asText())
        .contains("Email Bounced from aws.ses on bus default");
    assertThat(STACK.command("story", "bounce@simulator.amazonses.com").out())
        .contains("could not be delivered (Bounce: Permanent General)");
  }

  @Test
  void uploadThatIsToldAgain_endsAsADuplicateInTheImportsStory() throws JsonProcessingException {
    String id = imported("again.csv", "email\nagain@example.com\n");
    String execution = lastPart(steps(id).get(3), "executions");
    String input =
        clients.stepFunctions().describeExecution(d -> d.executionArn(execution)).input();
    String second =
        clients
            .stepFunctions()
            .startExecution(s ->
                s.stateMachineArn(outputs.get("ImportStateMachineArn"))
                    .name("told-again")
                    .input(input))
            .executionArn();
    for (int i = 0; i < MOST_TRIES; i++) {
      if (clients.stepFunctions().describeExecution(d -> d.executionArn(second)).status()
          == ExecutionStatus.SUCCEEDED) {
        break;
      }
    }
    assertThat(steps(second))
        .anySatisfy(s -> {
          assertThat(s.path("what").asText())
              .isEqualTo("execution told-again ended: the upload is imported already");
          assertThat(s.path("state").asText()).isEqualTo("IGNORED");
        });
    assertThat(steps("told-again")).isEqualTo(steps(id));
  }

  @Test
  void storyOfAFileThatCannotBeImported_saysWhy() {
    Path file = write("odd.csv", "name\nNobody\n");
    assertThat(STACK.command("import", file).exitCode()).isEqualTo(1);
    String id =
        clients
            .dynamoDb()
            .query(q ->
                q.tableName(outputs.get("ImportsTableName"))
                    .indexName("by-upload")
                    .keyConditionExpression("#key = :key")
                    .expressionAttributeNames(Map.of("#key", "key"))
                    .expressionAttributeValues(Map.of(":key", AttributeValue.fromS("odd.csv"))))
            .items()
            .getFirst()
            .get("importId")
            .s();
    Ran ran = STACK.command("story", id);
    assertThat(ran.out().replaceAll("\\s+", " "))
        .contains("import of odd.csv: failed: UploadRejected: The file has no e-mail column")
        .contains("FAILED Step Functions: execution")
        .contains("ImportFailed from onboard.users on bus onboard-dev");
  }

  @Test
  void storyOfAnEventThatNoRuleTook_saysSo() {
    String id = put("default", "Order", "{\"total\":1}");
    Ran ran = STACK.command("story", id);
    assertThat(ran.out())
        .contains("Order " + id + ": no rule of bus default matched it.")
        .contains("NOTHING DONE EventBridge: Order from shop on bus default");
  }

  @Test
  void storyOfAnEvent_tellsWhatItCaused() {
    String first = put("onboard-dev", "Order", "{\"metadata\":{\"eventId\":\"order-77\"}}");
    put("onboard-dev", "Shipped", "{\"metadata\":{\"causationId\":\"order-77\"}}");
    List<JsonNode> steps = steps(first);
    assertThat(steps)
        .extracting(s -> s.path("what").asText())
        .containsExactly(
            "Order from shop on bus onboard-dev", "Shipped from shop on bus onboard-dev");
    assertThat(steps("order-77")).isEqualTo(steps);
  }

  @Test
  void storyOfAnEventInQuarantine_saysThatItWasSetAside() {
    put(
        "onboard-dev",
        "onboard.users",
        "UserCreated",
        "{\"metadata\":{},\"data\":{\"email\":\"qua@example.com\"}}");
    List<JsonNode> steps = steps("qua@example.com");
    assertThat(details(steps.getFirst()))
        .contains("InvalidEventRule -> queue QuarantineQueue: delivered");
    assertThat(steps.getLast().path("state").asText()).isEqualTo("FAILED");
    assertThat(details(steps.getLast())).contains("it is in queue QuarantineQueue");
  }

  @Test
  void storyOfNobody_isOneLine() {
    for (String unknown : List.of("nobody@example.com", "an-id-of-nothing")) {
      Ran ran = STACK.command("story", unknown);
      assertThat(ran.exitCode()).isEqualTo(1);
      assertThat(ran.err().lines()).hasSize(1);
      assertThat(ran.err()).contains("nothing is known of " + unknown);
    }
  }

  @Test
  void costOfAnImport_countsWhatItUsed() {
    awaitAnotherSecond();
    String id = imported("cost.csv", "email\nc1@example.com\nc2@example.com\nc3@example.com\n");
    List<JsonNode> lines = lines(STACK.command("cost", "--import", id, "--json"));
    assertThat(quantity(lines, "ses", "mails", null)).isEqualTo(3);
    // A user is put in a transaction, which counts twice.
    assertThat(quantity(lines, "dynamodb", "write-units", "UsersTable")).isEqualTo(6);
    assertThat(quantity(lines, "states", "express-requests", "ImportUsers")).isEqualTo(1);
    assertThat(quantity(lines, "lambda", "requests-arm", "StoreUsersFunction")).isEqualTo(1);
    // Three times UserCreated and once ImportCompleted; SES's and S3's, and that of S3 once more.
    assertThat(quantity(lines, "events", "custom-events", "EventBus")).isEqualTo(4);
    assertThat(quantity(lines, "events", "opt-in-events", "default")).isEqualTo(4);
    assertThat(quantity(lines, "events", "forwarded-events", "EventBus")).isEqualTo(1);
    assertThat(lines).allMatch(l -> l.path("users").asInt() == 3);
    for (String design : List.of("onboard", "plain")) {
      double sum = dollars(lines, design, l -> !l.path("service").asText().equals("total"));
      double total = dollars(lines, design, l -> l.path("service").asText().equals("total"));
      assertThat(total).isCloseTo(sum, Offset.offset(1e-12)).isGreaterThan(0.0003);
    }
  }

  @Test
  void costForATerminal_fitsIt_withThePlainDesignBeside() {
    Ran ran = STACK.command("cost", "--import", importId, "--resources");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .startsWith("What told.csv would have cost on AWS.")
        .containsPattern("SES +\\$0\\.\\d{6} \\$0\\.\\d{6}")
        .contains("    UsersTable")
        .contains("The plain design: S3 -> Lambda -> SQS -> Lambda -> stream -> Lambda")
        .containsPattern("total +\\$\\d")
        .contains("without the free tier");
    assertThat(ran.lines()).allMatch(l -> l.length() <= 80);
    assertThat(STACK.command("cost").out()).startsWith("What everything would have cost on AWS.");
  }

  @Test
  void costOfAnUnknownImport_isOneLine() {
    Ran ran = STACK.command("cost", "--import", "nothing");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).isEqualToIgnoringNewLines("onboard: there is no import nothing");
  }

  private static String imported(String name, String text) {
    Ran ran = STACK.command("import", write(name, text), "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return json(ran.lines().getLast()).path("importId").asText();
  }

  private static Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Usage is counted by the second: what other tests caused shall stand in an earlier one. */
  private static void awaitAnotherSecond() {
    Instant begun = now().truncatedTo(ChronoUnit.SECONDS);
    while (!now().isAfter(begun.plusSeconds(2))) {
      Thread.onSpinWait();
    }
  }

  private static Instant now() {
    RuntimeEndpoint runtime = RuntimeEndpoint.at(STACK.runtime().endpoint()).orElseThrow();
    return Instant.parse(runtime.askOne("health", Map.of()).path("now").asText());
  }

  private static String put(String bus, String type, String detail) {
    return put(bus, "shop", type, detail);
  }

  private static String put(String bus, String source, String type, String detail) {
    return clients
        .eventBridge()
        .putEvents(
            p -> p.entries(e -> e.eventBusName(bus).source(source).detailType(type).detail(detail)))
        .entries()
        .getFirst()
        .eventId();
  }

  private static String userId(String email) {
    return clients
        .dynamoDb()
        .getItem(g ->
            g.tableName(outputs.get("UsersTableName"))
                .key(Map.of("email", AttributeValue.fromS(email))))
        .item()
        .get("userId")
        .s();
  }

  private static List<JsonNode> steps(String of) {
    Ran ran = STACK.command("story", of, "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return lines(ran);
  }

  /** The story once it is as it must become. */
  private static List<JsonNode> until(String of, Predicate<List<JsonNode>> wanted) {
    List<JsonNode> steps = steps(of);
    for (int i = 0; i < MOST_TRIES && !wanted.test(steps); i++) {
      steps = steps(of);
    }
    assertThat(wanted.test(steps)).as(steps.toString()).isTrue();
    return steps;
  }

  private static String state(List<JsonNode> steps, String service) {
    return steps.stream()
        .filter(s -> s.path("service").asText().equals(service))
        .map(s -> s.path("state").asText())
        .findFirst()
        .orElse("");
  }

  private static List<String> details(JsonNode step) {
    var details = new ArrayList<String>();
    step.path("details").forEach(d -> details.add(d.asText()));
    return details;
  }

  private static String withoutIds(String what) {
    return what.replaceAll("execution \\S+", "execution ...");
  }

  /** The id in a step's link to a page of that kind. */
  private static String lastPart(JsonNode step, String page) {
    for (JsonNode link : step.path("links")) {
      String start = "/_console/" + page + "/";
      if (link.path("page").asText().startsWith(start)) {
        return URLDecoder.decode(
            link.path("page").asText().substring(start.length()), StandardCharsets.UTF_8);
      }
    }
    throw new AssertionError("no link to " + page + " in " + step);
  }

  private static String lastPart(List<JsonNode> steps, String page) {
    return steps.stream()
        .filter(s -> s.path("service").asText().equals("SES"))
        .map(s -> lastPart(s, page))
        .findFirst()
        .orElseThrow();
  }

  private static double quantity(
      List<JsonNode> lines, String service, String usage, String resource) {
    JsonNode line =
        lines.stream()
            .filter(l -> l.path("design").asText().equals("onboard"))
            .filter(l -> l.path("service").asText().equals(service))
            .filter(l -> l.path("usage").asText().equals(usage))
            .findFirst()
            .orElseThrow();
    if (resource == null) {
      return line.path("quantity").asDouble();
    }
    for (JsonNode part : line.path("resources")) {
      if (part.path("resource").asText().equals(resource)) {
        return part.path("quantity").asDouble();
      }
    }
    throw new AssertionError("nothing of " + resource + " in " + line);
  }

  private static double dollars(List<JsonNode> lines, String design, Predicate<JsonNode> which) {
    return lines.stream()
        .filter(l -> l.path("design").asText().equals(design))
        .filter(which)
        .mapToDouble(l -> l.path("dollars").asDouble())
        .sum();
  }

  private static List<JsonNode> lines(Ran ran) {
    return ran.lines().stream().map(StoryAndCostTest::json).toList();
  }

  private static JsonNode json(String line) {
    try {
      return RuntimeEndpoint.JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
