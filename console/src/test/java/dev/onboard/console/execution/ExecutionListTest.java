package dev.onboard.console.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.console.RunningConsole;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.LogLevel;
import software.amazon.awssdk.services.sfn.model.StateMachineType;

/** Lists of executions, state machines and map runs, as a browser gets them. */
class ExecutionListTest {
  private static RunningConsole console;
  private static Machines machines;

  @BeforeAll
  static void start(@TempDir Path data) {
    console = RunningConsole.start(data);
    assertThat(console.page("executions").select(".empty").text()).isEqualTo("No execution yet.");
    machines = new Machines(console);
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  private static String encoded(String arn) {
    return URLEncoder.encode(arn, StandardCharsets.UTF_8);
  }

  private static List<String> names(String query) {
    return console.page("executions" + query).select("tbody a.whole").eachText();
  }

  @Test
  void list_isNarrowedByMachineStatusNameAndTime() {
    String passes =
        machines.create(
            "passing",
            "{\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"End\": true}}}");
    String fails =
        machines.create(
            "failing",
            "{\"StartAt\": \"F\", \"States\": {\"F\": {\"Type\": \"Fail\", \"Error\": \"E\"}}}");
    machines.run(passes, "Old", "{}");
    console.runtime().clock().advance(Duration.ofHours(2));
    machines.run(fails, "new-bad", "{}");
    machines.run(passes, "new-good", "{}");

    assertThat(names("")).startsWith("new-good", "new-bad", "Old");
    assertThat(names("?status=FAILED&machine=" + encoded(fails))).containsExactly("new-bad");
    assertThat(names("?machine=" + encoded(passes))).containsExactly("new-good", "Old");
    assertThat(names("?name=OLD")).containsExactly("Old");
    assertThat(names("?since=1h&machine=" + encoded(passes))).containsExactly("new-good");
    Document none = console.page("executions?name=nobody");
    assertThat(none.select(".empty").text()).isEqualTo("No such execution.");
    Document page = console.page("executions?status=FAILED&machine=" + encoded(fails));
    assertThat(page.select("tbody tr .error").text()).isEqualTo("E");
    assertThat(page.select("#status option[selected]").val()).isEqualTo("FAILED");
    assertThat(page.select(".shell code").text())
        .isEqualTo(
            "aws stepfunctions list-executions --state-machine-arn "
                + fails
                + " --status-filter FAILED");
    assertThat(page.select("#page").attr("data-live")).isEqualTo("true");
    assertThat(console.get("executions?status=SAD").statusCode()).isEqualTo(400);
    assertThat(console.get("executions?since=ever").statusCode()).isEqualTo(400);
  }

  @Test
  void list_isPaged() {
    String many =
        machines.create(
            "many",
            "{\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"End\": true}}}");
    for (int i = 1; i <= 51; i++) {
      machines.start(many, "run-" + i, "{}");
    }
    Document first = console.page("executions?machine=" + encoded(many));
    assertThat(first.select("tbody tr")).hasSize(50);
    String older = first.select(".pager a[rel=next]").attr("href");
    Document last = console.page(older.substring("/_console/".length()));
    assertThat(last.select("tbody a.whole").eachText()).containsExactly("run-1");
    assertThat(last.select(".pager a").eachText()).containsExactly("Newest");
  }

  @Test
  void machine_showsItsStatesAndNewestExecutions_andStartsOne() {
    String demo = machines.create("machine", Machines.DEMO);
    Document page = console.page("machines/" + encoded(demo));
    assertThat(page.select("h1").text()).isEqualTo("machine");
    assertThat(page.select(".node .name").eachText()).contains("Prepare", "Even?", "Bad luck");
    assertThat(page.select(".empty").text()).isEqualTo("No execution yet.");
    HttpResponse<String> started =
        console.post(
            page.select("form.start").attr("action").substring("/_console/".length()),
            "name=one&input=" + encoded("{\"who\": \"x\", \"many\": 2}"),
            "Sec-Fetch-Site",
            "same-origin");
    machines.end(demo.replace(":stateMachine:", ":execution:") + ":one");
    assertThat(started.statusCode()).isEqualTo(303);
    assertThat(console.page("machines/" + encoded(demo)).select("tbody a.whole").eachText())
        .containsExactly("one");
    assertThat(console.get("machines/" + encoded(demo) + "/definition").body())
        .isEqualTo(Machines.DEMO);
    assertThat(console.get("machines/" + encoded(demo + "x")).statusCode()).isEqualTo(404);
  }

  @Test
  void mapRun_showsItsChildren_byHowTheyStand() {
    String demo = machines.create("maps", Machines.DEMO);
    String execution = machines.run(demo, "maps", "{\"who\": \"x\", \"many\": 60}");
    String run = "mapruns/" + encoded(machines.mapRun(execution));
    Document page = console.page(run);
    assertThat(page.select(".head .badge").text()).isEqualTo("failed");
    assertThat(page.select("section.run p").text())
        .isEqualTo("12 of 60 items in 12 of 14 executions succeeded, 2 failed");
    assertThat(page.select(".tabs a").eachText())
        .containsExactly("14 in all", "2 failed", "12 succeeded");
    assertThat(page.select("tbody tr")).hasSize(14);
    assertThat(page.select(".head a").attr("href")).endsWith(":execution:maps:maps");
    Document failed = console.page(run + "?status=FAILED");
    assertThat(failed.select("tbody .error").eachText())
        .containsExactly(
            "BadLuck Number 14 is <b>unlucky</b>.", "BadLuck Number 13 is <b>unlucky</b>.");
    assertThat(failed.select(".shell code").text()).endsWith(" --status-filter FAILED");
    assertThat(console.get(run + "?status=SAD").statusCode()).isEqualTo(400);
    Document parent = console.page("executions/" + encoded(execution));
    assertThat(parent.select("section.run tbody a.whole").eachAttr("href"))
        .isEqualTo(failed.select("tbody a.whole").eachAttr("href"));
  }

  @Test
  void childrenOfALargeMapRun_arePaged() {
    String items =
        machines.create(
            "items",
            """
            {"QueryLanguage": "JSONata", "StartAt": "M", "States": {"M": {"Type": "Map", "Items": "{%% [1..60] %%}",
              "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}, "End": true}}}
            """
                .formatted());
    String execution = machines.run(items, "sixty", "{}");
    Document first = console.page("mapruns/" + encoded(machines.mapRun(execution)));
    assertThat(first.select("tbody tr")).hasSize(50);
    String older = first.select(".pager a[rel=next]").attr("href");
    assertThat(console.page(older.substring("/_console/".length())).select("tbody tr")).hasSize(10);
  }

  @Test
  void expressChild_hasWhatItsStateMachineLogs() {
    CloudWatchLogsClient logs = console.client(CloudWatchLogsClient.class);
    logs.createLogGroup(c -> c.logGroupName("/states/express"));
    String nothing = express("silent", LogLevel.OFF);
    assertThat(child(nothing).select(".note").text()).endsWith("its state machine logs nothing.");
    assertThat(child(nothing).select(".node")).isEmpty();

    Document errors = child(express("errors", LogLevel.ERROR));
    assertThat(errors.select(".note").text()).endsWith("events of level ERROR.");
    assertThat(errors.select(".events tbody td:nth-child(3)").eachText())
        .containsExactly("ExecutionFailed Bad because it is");

    Document all = child(express("all", LogLevel.ALL));
    assertThat(all.select(".node.bad .name").text()).isEqualTo("F");
    assertThat(all.select("#panel .data pre").first().text()).isEqualTo("7");
  }

  private static String express(String name, LogLevel level) {
    String definition =
        """
        {"QueryLanguage": "JSONata", "StartAt": "M", "States": {"M": {"Type": "Map", "Items": [7], "Label": "L",
          "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
            "StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "Bad", "Cause": "because it is"}}}, "End": true}}}
        """;
    String group = "arn:aws:logs:us-east-1:000000000000:log-group:/states/express:*";
    String machine =
        machines.create(
            name,
            definition,
            c -> {
              if (level != LogLevel.OFF) {
                c.loggingConfiguration(l ->
                    l.level(level)
                        .includeExecutionData(true)
                        .destinations(d -> d.cloudWatchLogsLogGroup(g -> g.logGroupArn(group))));
              }
            });
    return machines.run(machine, name, "{}");
  }

  private static Document child(String execution) {
    String arn = machines.child(execution, ExecutionStatus.FAILED);
    // Lines are on their way for a moment.
    console.runtime().clock().advance(Duration.ofSeconds(1));
    return console.page("executions/" + encoded(arn));
  }

  @Test
  void expressStateMachine_saysThatNobodyListsItsExecutions() {
    String machine =
        machines.create(
            "quick",
            "{\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"End\": true}}}",
            c -> c.type(StateMachineType.EXPRESS));
    Document page = console.page("machines/" + encoded(machine));
    assertThat(page.select(".head").text()).contains("Express state machine");
    assertThat(page.text()).contains("Executions of Express state machines are not listed");
    HttpResponse<String> started =
        console.post(
            page.select("form.start").attr("action").substring("/_console/".length()),
            "input=%7B%7D",
            "Sec-Fetch-Site",
            "same-origin");
    assertThat(started.headers().firstValue("Location")).hasValue("/_console/machines/" + machine);
  }
}
