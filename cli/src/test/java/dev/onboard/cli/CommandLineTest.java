package dev.onboard.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** The command line against a runtime that serves the deployed stack. */
class CommandLineTest {
  private static final int MOST_ROWS = DeployedRuntime.MOST_ROWS;
  private static final Path EXAMPLES = Path.of("../examples");

  @RegisterExtension static final DeployedRuntime STACK = new DeployedRuntime();

  @TempDir static Path folder;

  private static StartedRuntime runtime;
  private static int port;

  @BeforeAll
  static void deployed() {
    runtime = STACK.runtime();
    port = STACK.port();
  }

  @Test
  void deploy_showsChangesEventsAndOutputs() {
    Ran deployed = STACK.deployed();
    assertThat(deployed.exitCode()).as(deployed.err()).isZero();
    assertThat(deployed.out())
        .contains("Changes of stack onboard:")
        .containsPattern("Add +EventBus +AWS::Events::EventBus")
        .containsPattern("CREATE_COMPLETE +ImportUsers ")
        .containsPattern("EventBusName +onboard-dev");
  }

  @Test
  void deployAgain_hasNothingToDo() {
    Ran again = command("deploy");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).contains("Stack onboard is up to date.", "EventBusName");
  }

  @Test
  void deployOfUnknownParameter_namesIt() {
    Ran ran = command("deploy", "--parameter", "Colour=blue");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("no parameter Colour").contains("SenderAddress");
  }

  @Test
  void deployOfBrokenTemplate_saysWhatIsWrong() throws IOException {
    Path broken = Files.createDirectories(folder.resolve("broken/cloudformation"));
    Files.writeString(broken.resolve("onboard.yaml"), "Resources: { Bus: { Type: [");
    Path functions = Files.createDirectories(folder.resolve("broken/functions/target"));
    Files.writeString(functions.resolve("functions.jar"), "any");
    String home = System.getProperty("onboard.home");
    System.setProperty("onboard.home", broken.getParent().toString());
    try {
      Ran ran = command("deploy");
      assertThat(ran.exitCode()).isEqualTo(1);
      assertThat(ran.err().lines()).hasSize(1);
      assertThat(ran.err()).contains("onboard.yaml").contains("line 1");
    } finally {
      System.setProperty("onboard.home", home);
    }
  }

  @Test
  void destroy_deletesTheStack() {
    String[] second = {"--stack", "second"};
    Ran made =
        command(
            "deploy",
            "--stack",
            "second",
            "--parameter",
            "Environment=second",
            "--parameter",
            "SenderAddress=hello@second.example");
    assertThat(made.exitCode()).as(made.err()).isZero();
    try (Clients clients = runtime.clients()) {
      clients
          .cloudFormation()
          .createStack(c ->
              c.stackName("importer")
                  .capabilities(Capability.CAPABILITY_IAM)
                  .templateBody(
                      """
                      Resources:
                        Queue:
                          Type: AWS::SQS::Queue
                          Properties:
                            Tags: [{ Key: bus, Value: !ImportValue second-EventBusArn }]
                      """));
      Ran kept = command("destroy", second[0], second[1]);
      assertThat(kept.exitCode()).isEqualTo(1);
      assertThat(kept.err()).contains("second-EventBusArn").contains("in use by importer");
      clients.cloudFormation().deleteStack(d -> d.stackName("importer"));
    }
    Ran gone = command("destroy", second[0], second[1]);
    assertThat(gone.exitCode()).as(gone.err()).isZero();
    assertThat(gone.out()).contains("DELETE_COMPLETE").contains("Stack second is deleted.");
    Ran again = command("destroy", second[0], second[1]);
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("no stack second");
  }

  @Test
  void importOfGoodFile_endsWithOneJsonObject() throws IOException {
    Ran ran = command("import", people("good.csv", "good", 5), "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.lines()).hasSize(1);
    JsonNode summary = json(ran.lines().getLast());
    assertThat(summary.fieldNames())
        .toIterable()
        .containsExactly(
            "importId",
            "status",
            "rows",
            "created",
            "existing",
            "rejected",
            "mails",
            "rejectedReport",
            "seconds");
    assertThat(summary.path("status").asText()).isEqualTo("COMPLETED");
    assertThat(counts(summary)).containsExactly(5, 5, 0, 0, 5);
    assertThat(summary.path("rejectedReport").isNull()).isTrue();
    assertThat(summary.path("seconds").asDouble()).isPositive();
  }

  @Test
  void importOfSamePeopleAgain_createsNobody() throws IOException {
    command("import", people("once.csv", "again", 4));
    Ran ran = command("import", people("twice.csv", "again", 4), "--json");
    assertThat(counts(json(ran.lines().getLast()))).containsExactly(4, 0, 4, 0, 0);
  }

  @Test
  void importWithBadRows_completesAndSaysWhereTheyAre() {
    Ran ran = command("import", EXAMPLES.resolve("users-with-bad-rows.csv"));
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).containsPattern("rejected +[1-9]").containsPattern("reasons: s3://.+");
  }

  @Test
  void importOfSeveralFiles_writesOneObjectEach() throws IOException {
    Ran ran =
        command(
            "import", people("first.csv", "first", 2), people("other.txt", "other", 3), "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.lines()).hasSize(2);
    assertThat(json(ran.lines().getLast()).path("rows").asInt()).isEqualTo(3);
  }

  static Stream<Arguments> badFiles() {
    String rows = "email,name\nbad-1@example.com,Zoë\n";
    return Stream.of(
        arguments("utf-16.csv", rows, UTF_16, "UTF-16"),
        arguments("latin-1.csv", rows, ISO_8859_1, "UTF-8"),
        arguments("semicolons.csv", rows.replace(',', ';'), UTF_8, "semicolons"),
        arguments("tabs.csv", rows.replace(',', '\t'), UTF_8, "tabs"),
        arguments("no-address.csv", "name,town\nAda,London\n", UTF_8, "e-mail"),
        arguments("empty.csv", "", UTF_8, "The file is empty."),
        arguments("too-long.csv", rows(MOST_ROWS + 1, "bad"), UTF_8, "more than 60 rows"));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void importOfBadFile_failsWithOneSentenceAndWritesNothing(
      String name, String text, Charset encoding, String sentence) throws IOException {
    int before = users("bad-");
    Path file = Files.writeString(folder.resolve(name), text, encoding);
    Ran ran = command("import", file);
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out())
        .contains("failed")
        .containsPattern("(?m)^[A-Z].*" + sentence + ".*\\.$|^" + sentence + "$");
    assertThat(users("bad-")).isEqualTo(before);
  }

  @Test
  void importOfHeaderAlone_completesWithoutRows() throws IOException {
    Path file = Files.writeString(folder.resolve("header-only.csv"), "email,name\n");
    Ran ran = command("import", file, "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(counts(json(ran.lines().getLast()))).containsExactly(0, 0, 0, 0, 0);
    assertThat(command("import", file).out())
        .contains("The file names its columns, but has no rows.");
  }

  @Test
  void importOfWhatIsNoFile_isOneLine() throws IOException {
    Ran absent = Ran.command("import", "nowhere.csv");
    assertThat(absent.exitCode()).isEqualTo(2);
    assertThat(absent.err()).isEqualToIgnoringNewLines("onboard: nowhere.csv is not there");
    Ran directory = Ran.command("import", folder);
    assertThat(directory.exitCode()).isEqualTo(2);
    assertThat(directory.err()).isEqualToIgnoringNewLines("onboard: " + folder + " is no file");
  }

  @Test
  void failedImport_saysSoInJsonAndWhyBesideIt() throws IOException {
    Path file = Files.writeString(folder.resolve("nothing.csv"), "");
    Ran ran = command("import", file, "--json");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.lines()).hasSize(1);
    assertThat(json(ran.lines().getLast()).path("status").asText()).isEqualTo("FAILED");
    assertThat(ran.err()).contains("The file is empty.");
  }

  @Test
  void mail_showsWhatWasSent() throws IOException {
    command("import", people("mailed.csv", "mailed", 2));
    Ran text = command("mail", "mailed-2@example.com");
    assertThat(text.out())
        .contains("From:    welcome@onboard.example")
        .contains("To:      mailed-2@example.com")
        .contains("Subject: Welcome aboard")
        .contains("Hello Person 2,");
    Ran objects = command("mail", "mailed-2@example.com", "--json");
    assertThat(objects.lines()).hasSize(1);
    JsonNode mail = json(objects.lines().getFirst());
    assertThat(mail.fieldNames())
        .toIterable()
        .contains("from", "to", "subject", "text", "html", "at");
    assertThat(mail.path("html").asText()).contains("Person 2");
    assertThat(command("mail", "--limit", "1", "--json").lines()).hasSize(1);
    assertThat(command("mail", "nobody@example.com").out())
        .contains("No mail to nobody@example.com");
    assertThat(command("mail", "nobody@example.com", "--json").out()).isEmpty();
  }

  @Test
  void events_showTheRulesThatMatched() throws IOException {
    command("import", people("events.csv", "events", 1));
    Ran text = command("events", "--bus", "onboard-dev", "--limit", "100");
    assertThat(text.out()).contains("onboard.users: UserCreated").contains("UserCreatedRule");
    List<JsonNode> events = new ArrayList<>();
    for (String line :
        command("events", "--bus", "onboard-dev", "--limit", "100", "--json").lines()) {
      events.add(json(line));
    }
    assertThat(events)
        .anySatisfy(event -> {
          assertThat(event.path("detailType").asText()).isEqualTo("UserCreated");
          assertThat(event.at("/event/detail/data/email").asText())
              .isEqualTo("events-1@example.com");
          assertThat(event.path("rules")).isNotEmpty();
        });
  }

  @Test
  void events_showHowAnEventDoesNotFitItsSchema() {
    String id;
    try (EventBridgeClient events =
        EventBridgeClient.builder()
            .endpointOverride(runtime.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      id =
          events
              .putEvents(r ->
                  r.entries(e ->
                      e.eventBusName("onboard-dev")
                          .source("onboard.users")
                          .detailType("UserCreated")
                          .detail("{\"metadata\":{},\"data\":{\"userId\":7}}")))
              .entries()
              .getFirst()
              .eventId();
    }
    command("time", "advance", "1s");
    String line =
        "does not fit onboard-dev/onboard.users@UserCreated-v1 version 1:"
            + " /detail/data/userId: integer found, string expected";
    assertThat(command("events", "--bus", "onboard-dev", "--limit", "1000").out())
        .contains(id)
        .contains(line);
    assertThat(command("why", id, "--bus", "onboard-dev").out()).contains(line);
  }

  @Test
  void logs_showOneFunctionOrAll() throws IOException {
    command("import", people("logged.csv", "logged", 1));
    assertThat(command("logs").out()).contains("inspect-upload").contains("store-users");
    Ran one = command("logs", "StoreUsers", "--limit", "5", "--json");
    assertThat(one.lines()).hasSizeBetween(1, 5);
    JsonNode line = json(one.lines().getLast());
    assertThat(line.path("group").asText()).isEqualTo("/onboard/dev/store-users");
    assertThat(line.path("at").asText()).endsWith("Z");
    assertThat(line.path("message").asText()).isNotEmpty();
    Ran none = command("logs", "Nothing");
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).contains("no log group for Nothing");
  }

  @Test
  void time_movesOnAndSaysWhatItIs() {
    assertThat(command("time", "advance", "1s").out()).startsWith("It is now ");
    Ran ran = command("time", "advance", "soon");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("not soon");
  }

  @Test
  void runtimeOnUsedPort_isRefused() {
    Ran ran = Ran.command("up", "--port", port, "--data", folder.resolve("elsewhere"));
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualToIgnoringNewLines(
            "onboard: port "
                + port
                + " is in use; choose another one with --port, or end what uses it");
  }

  @Test
  void runtimeOverUsedFolder_isRefused() {
    Ran ran = Ran.command("up", "--port", "0", "--data", STACK.data());
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.err()).contains("in use by another runtime");
  }

  @Test
  void runtimeOverAFile_isRefusedInOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("a-file"), "");
    Ran ran = Ran.command("up", "--port", "0", "--data", file);
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualToIgnoringNewLines("onboard: " + file + " is there already, and no folder");
  }

  @Test
  void portThatIsNone_isRefusedInOneLine() {
    for (String command : List.of("up", "mail")) {
      Ran ran = Ran.command(command, "--port", "99999");
      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.err())
          .isEqualToIgnoringNewLines("onboard: a port is a number up to 65535, not 99999");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mail", "events", "logs", "deploy", "destroy", "cost", "story x"})
  void withoutRuntime_oneLineSaysHowToStartOne(String name) {
    Ran ran = Ran.command((Object[]) (name + " --port 1").split(" "));
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.err()).contains("http://127.0.0.1:1").contains("./onboard up");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "import",
        "import nowhere.csv",
        "import --colour",
        "mail --port x",
        "fly",
        "up here",
        "mail --limit 0",
        "events --limit 5000",
        "logs --limit -1",
        "cost --since soon",
        "story",
        "schema",
        "schema UserCreated --as draft7",
        "schema UserCreated --version newest",
        "schema UserCreated --version 0",
        "deploy --parameter Release"
      })
  void badUsage_endsWithTwo(String words) {
    Ran ran = Ran.command((Object[]) words.split(" "));
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).isNotBlank();
    assertThat(ran.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "up",
        "import",
        "deploy",
        "destroy",
        "mail",
        "events",
        "logs",
        "cost",
        "schema",
        "story",
        "time",
        "time advance"
      })
  void help_hasAnExample(String command) {
    Ran ran = Ran.command((Object[]) (command + " --help").strip().split(" "));
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("Usage: onboard").contains("Example:");
  }

  @Test
  void everyCommand_isToldOfAndAnswersToItsName() {
    Ran all = Ran.command("--help");
    Onboard.COMMANDS.forEach((name, type) -> {
      assertThat(type.getAnnotation(CommandLine.Command.class).name()).isEqualTo(name);
      assertThat(all.out()).containsPattern("\\n  " + name + " ");
      assertThat(Ran.command(name, "--help").out()).startsWith("Usage: onboard " + name);
    });
    assertThat(Ran.command("improt").err()).contains("Did you mean: onboard import");
  }

  /** A command given to the shared runtime. */
  private static Ran command(Object... arguments) {
    return STACK.command(arguments);
  }

  private static Path people(String name, String who, int number) throws IOException {
    return Files.writeString(folder.resolve(name), rows(number, who));
  }

  private static String rows(int number, String who) {
    var text = new StringBuilder("email,name\n");
    for (int i = 1; i <= number; i++) {
      text.append(who).append('-').append(i).append("@example.com,Person ").append(i).append('\n');
    }
    return text.toString();
  }

  private static int users(String prefix) {
    try (Clients clients = runtime.clients()) {
      Map<String, String> outputs =
          Deployment.outputs(
              clients
                  .cloudFormation()
                  .describeStacks(d -> d.stackName("onboard"))
                  .stacks()
                  .getFirst());
      return (int)
          clients
              .dynamoDb()
              .scanPaginator(s -> s.tableName(outputs.get("UsersTableName")))
              .items()
              .stream()
              .filter(item -> item.get("email").s().startsWith(prefix))
              .count();
    }
  }

  private static List<Integer> counts(JsonNode summary) {
    return Stream.of("rows", "created", "existing", "rejected", "mails")
        .map(name -> summary.path(name).asInt(-1))
        .toList();
  }

  private static JsonNode json(String line) throws JsonProcessingException {
    return RuntimeEndpoint.JSON.readTree(line);
  }
}
