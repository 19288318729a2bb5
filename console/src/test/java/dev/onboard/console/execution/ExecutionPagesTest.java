package dev.onboard.console.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.console.RunningConsole;
import dev.onboard.console.web.Url;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * One execution, with its states, its events and what can be done with it, as a browser gets it.
 */
class ExecutionPagesTest {
  private static final String WAITS =
      """
      {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 86000, "End": true}}}
      """;
  private static final String PASSES =
      """
      {"StartAt": "Pass", "States": {"Pass": {"Type": "Pass", "End": true}}}
      """;

  private static RunningConsole console;
  private static Machines machines;
  private static SfnClient sfn;
  private static String passes;
  private static String bad;

  @BeforeAll
  static void start(@TempDir Path data) {
    console = RunningConsole.start(data);
    machines = new Machines(console);
    sfn = console.client(SfnClient.class);
    passes = machines.create("passes", PASSES);
    bad =
        machines.run(
            machines.create("demo", Machines.DEMO), "bad", "{\"who\": \"<i>n</i>\", \"many\": 20}");
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  private static Document page(String execution, String query) {
    return console.page("executions/" + encoded(execution) + query);
  }

  private static String encoded(String arn) {
    return URLEncoder.encode(arn, StandardCharsets.UTF_8);
  }

  private static List<String> texts(Document page, String selector) {
    return page.select(selector).eachText();
  }

  @Test
  void failedExecution_saysInWhichStateAndWhy() {
    Document page = page(bad, "");
    assertThat(page.select("h1").text()).isEqualTo("bad");
    assertThat(page.select(".head .badge.bad").text()).isEqualTo("failed");
    assertThat(page.select(".boosted > .problem").text())
        .startsWith("In state Batches States.ExceedToleratedFailureThreshold The specified");
    assertThat(page.select("#panel h2").text()).isEqualTo("Batches failed");
    assertThat(page.select(".up").text()).isEqualTo("Executions of demo");
    assertThat(page.select("#page").hasAttr("data-live")).isFalse();
    assertThat(page.select(".shell code").text())
        .startsWith("aws stepfunctions get-execution-history --execution-arn " + bad);
  }

  @Test
  void picture_saysHowEachStateStands_andLeadsToIt() {
    Document page = page(bad, "");
    assertThat(node(page, "Prepare").classNames()).contains("good");
    assertThat(node(page, "Look up").select(".detail").text()).startsWith("caught, attempt 2");
    assertThat(node(page, "Even?").select(".detail").text()).isEqualTo("3 times");
    assertThat(node(page, "Batches").select(".detail").text()).isEqualTo("2 of 14 failed");
    assertThat(node(page, "Batches").classNames()).contains("bad", "frame");
    assertThat(node(page, "Tell").select(".detail").text()).isEqualTo("succeed");
    assertThat(node(page, "Tell").hasAttr("href")).isFalse();
    assertThat(page.select("g.count").eachText()).contains("2 times 2");
    Document state =
        console.page(node(page, "Even?").attr("href").substring("/_console/".length()));
    assertThat(state.select("#panel h2").text()).isEqualTo("Even? succeeded");
    assertThat(state.select("#panel .ways").text()).contains("visit 3 of 3").contains("Before");
  }

  private static Element node(Document page, String state) {
    return page.select(".node").stream()
        .filter(n -> n.select(".name").text().equals(state))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void state_showsWhatItWasGivenAndGave() {
    Document page = page(bad, "?state=Tell%20odd");
    assertThat(page.select("#panel h2").text()).isEqualTo("Tell odd succeeded");
    assertThat(data(page, "Input")).isEqualTo("3");
    assertThat(data(page, "Variables before"))
        .isEqualTo("{ \"who\" : \"<i>n</i>\", \"seen\" : 3 }");
    assertThat(data(page, "Output")).isEqualTo("\"<i>n</i>3\"");
    assertThat(data(page(bad, "?state=Prepare"), "Variables assigned"))
        .isEqualTo("{ \"who\" : \"<i>n</i>\" }");
  }

  private static String data(Document page, String title) {
    return page.select("#panel > .data").stream()
        .filter(d -> d.select("summary").text().equals(title))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + title + " in " + page.select("#panel")))
        .select("pre")
        .text()
        .replaceAll("\\s+", " ");
  }

  @Test
  void attempts_standEachWithItsErrorAndArguments() {
    Document page = page(bad, "?state=Look%20up");
    assertThat(page.select("#panel h2").text()).isEqualTo("Look up caught");
    assertThat(page.select(".attempts > li")).hasSize(2);
    assertThat(page.select(".attempts .error b").eachText())
        .containsExactly("Sqs.QueueDoesNotExistException", "Sqs.QueueDoesNotExistException");
    assertThat(page.select(".attempts > li").first().select(".data pre").text())
        .contains("\"QueueName\" : \"not-there\"");
  }

  @Test
  void wholeExecution_isShown_whenItIsAskedFor() {
    Document page = page(bad, "?visit=0");
    assertThat(page.select("#panel h2").text()).isEqualTo("Input and output");
    assertThat(data(page, "Input")).isEqualTo("{ \"who\" : \"<i>n</i>\", \"many\" : 20 }");
  }

  @Test
  void timeline_hasARowForEachVisit_withWhatIsWithinOthers() {
    Document page = page(bad, "");
    assertThat(texts(page, ".timeline tbody th"))
        .startsWith("Prepare", "Both")
        .contains("Look up", "Even? item 1", "Even? item 3", "Tell odd item 3")
        .endsWith("Batches");
    Element lookUp =
        page.select(".timeline tr").stream()
            .filter(r -> r.select("th").text().equals("Look up"))
            .findFirst()
            .orElseThrow();
    assertThat(lookUp.select(".depth-1")).hasSize(1);
    assertThat(lookUp.select(".bar rect.bad")).hasSize(2);
    assertThat(lookUp.text()).contains("caught").contains("2 attempts");
    assertThat(page.select(".timeline tr.current th").text()).isEqualTo("Batches");
  }

  @Test
  void events_arePaged_eitherWay_andOneIsOpenedWhole() {
    Document page = page(bad, "?show=events");
    assertThat(texts(page, ".events tbody td:nth-child(1)")).startsWith("1", "2", "3");
    assertThat(texts(page, ".events tbody td:nth-child(3)"))
        .startsWith("ExecutionStarted", "PassStateEntered");
    assertThat(page.select("#event-2 td:nth-child(4) a").text()).isEqualTo("Prepare");
    Document newest = page(bad, "?show=events&order=newest");
    assertThat(newest.select(".events tbody tr").first().text())
        .contains("ExecutionFailed")
        .contains("States.ExceedToleratedFailureThreshold");
    Document opened = page(bad, "?show=events&event=1");
    assertThat(opened.select("#event-1 pre").text()).contains("\"who\" : \"<i>n</i>\"");
    assertThat(opened.select(".events pre")).hasSize(1);
  }

  @Test
  void longHistory_isShownInPages() {
    String loops =
        machines.create(
            "loops",
            """
            {"QueryLanguage": "JSONata", "StartAt": "Count", "States": {
              "Count": {"Type": "Pass", "Output": {"n": "{% $states.input.n + 1 %}"}, "Next": "Enough?"},
              "Enough?": {"Type": "Choice", "Default": "Count", "Choices": [
                {"Condition": "{% $states.input.n = 200 %}", "Next": "Done"}]},
              "Done": {"Type": "Succeed"}}}
            """);
    String execution = machines.run(loops, "long", "{\"n\": 0}");
    Document first = page(execution, "");
    assertThat(first.select(".timeline tbody tr")).hasSize(100);
    assertThat(texts(first, ".ways")).contains("1 to 100 of 401 visits to states After");
    assertThat(node(first, "Count").select(".detail").text()).isEqualTo("200 times");
    Document last = page(execution, "?from=400");
    assertThat(texts(last, ".timeline tbody th")).containsExactly("Done");
    Document events = page(execution, "?show=events");
    assertThat(events.select(".events tbody tr")).hasSize(100);
    String next = events.select(".ways a[rel=next]").attr("href");
    assertThat(texts(console.page(next.substring("/_console/".length())), ".events td:first-child"))
        .startsWith("101")
        .hasSize(100);
    assertThat(console.get("executions/" + encoded(execution) + "?from=x").statusCode())
        .isEqualTo(400);
  }

  @Test
  void largeInput_isCut_andIsThereAsAFile() {
    String input = "{\"text\": \"" + "x".repeat(40_000) + "\"}";
    String execution = machines.run(passes, "large", input);
    Document page = page(execution, "");
    Element data = page.select("#panel > .data").first();
    assertThat(data.select("pre").text().length()).isLessThan(10_000);
    assertThat(data.text()).contains("The beginning of 40,012 characters.");
    HttpResponse<String> whole = console.get(relative(data.select("a").attr("href")));
    assertThat(whole.body()).isEqualTo(input);
    assertThat(whole.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
  }

  private static String relative(String href) {
    return href.substring("/_console/".length());
  }

  @Test
  void eventThatStartedIt_isALink_andSoIsTheStory() {
    String execution =
        machines.run(
            passes, "by-event", "{\"id\": \"e-1\", \"detail-type\": \"Ordered\", \"detail\": {}}");
    Document page = page(execution, "");
    assertThat(page.select("dl.line a[href$=events/e-1]").text()).isEqualTo("event Ordered e-1");
    assertThat(page.select("dl.line a[href*=story]").attr("href"))
        .isEqualTo(Url.of("story").with("q", execution).toString());
  }

  @Test
  void runningExecution_isFollowed_andCanBeStopped() {
    String execution = machines.start(machines.create("waits", WAITS), "waiting", "{}");
    console.runtime().clock().advanceUntil(() -> false, java.time.Duration.ofSeconds(1));
    Document page = page(execution, "");
    assertThat(page.select("#page").attr("data-live")).isEqualTo("true");
    assertThat(node(page, "Wait").classNames()).contains("busy");
    assertThat(page.select("form[action$=redrive]")).isEmpty();
    HttpResponse<String> answer =
        console.post(
            relative(page.select("form[action$=stop]").attr("action")),
            "error=Enough&cause=It+takes+too+long",
            "Sec-Fetch-Site",
            "same-origin");
    assertThat(answer.statusCode()).isEqualTo(303);
    Document stopped = page(execution, "");
    assertThat(stopped.select(".head .badge").text()).isEqualTo("aborted");
    assertThat(stopped.select(".problem").text()).contains("Enough It takes too long");
    assertThat(node(stopped, "Wait").select(".detail").text()).isEqualTo("aborted");
  }

  @Test
  void redrive_goesOnWhereItFailed_andIsRefusedInAwsWords() {
    String looks =
        machines.create(
            "looks",
            """
            {"QueryLanguage": "JSONata", "StartAt": "Look", "States": {
              "Look": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sqs:getQueueUrl",
                "Arguments": {"QueueName": "later"}, "End": true}}}
            """);
    String execution = machines.run(looks, "redriven", "{}");
    Document failed = page(execution, "");
    String redrive = relative(failed.select("form[action$=redrive]").attr("action"));
    console.client(SqsClient.class).createQueue(q -> q.queueName("later"));
    assertThat(post(redrive, "").statusCode()).isEqualTo(303);
    machines.end(execution);
    Document done = page(execution, "?state=Look");
    assertThat(done.select(".head .badge").text()).isEqualTo("succeeded");
    assertThat(done.select("dl.line").text()).contains("Redriven once");
    assertThat(done.select("#panel h2").text()).isEqualTo("Look succeeded");
    assertThat(texts(done, ".attempts > li > details > summary"))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("Attempt 1 failed");
    assertThat(done.select("form[action$=redrive]")).isEmpty();
    HttpResponse<String> again = post(redrive, "");
    assertThat(again.statusCode()).isEqualTo(400);
    assertThat(again.body()).contains("Execution is SUCCEEDED and cannot be redriven");
  }

  private static HttpResponse<String> post(String path, String form) {
    return console.post(path, form, "Sec-Fetch-Site", "same-origin");
  }

  @Test
  void startAgain_takesTheSameInput_orAnEditedOne() {
    String execution = machines.run(passes, "first", "{\"n\": 1}");
    Document page = page(execution, "");
    HttpResponse<String> again =
        post(relative(page.select("form[action$=again]").attr("action")), "");
    assertThat(again.statusCode()).isEqualTo(303);
    String second = again.headers().firstValue("Location").orElseThrow();
    assertThat(data(console.page(relative(second)), "Input")).isEqualTo("{ \"n\" : 1 }");

    Document form = console.page(relative(page.select("a.button[href*=like]").attr("href")));
    assertThat(form.select("textarea").text()).contains("\"n\" : 1");
    HttpResponse<String> edited =
        post(
            relative(form.select("form.start").attr("action")),
            "name=edited&input=" + encoded("{\"n\": 2}"));
    assertThat(edited.statusCode()).isEqualTo(303);
    assertThat(edited.headers().firstValue("Location").orElseThrow()).endsWith(":edited");
    HttpResponse<String> wrong =
        post(relative(form.select("form.start").attr("action")), "input=x");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("InvalidExecutionInput");
  }

  @Test
  void childOfAMapRun_showsItsPartOfTheDefinition_itsInputAndItsError() {
    String child = machines.child(bad, ExecutionStatus.FAILED);
    Document page = page(child, "");
    assertThat(page.select(".boosted > .problem").text())
        .contains("In state Bad luck BadLuck Number 14 is <b>unlucky</b>.");
    assertThat(page.select(".problem b").eachText()).containsExactly("BadLuck");
    assertThat(texts(page, ".node .name"))
        .containsExactlyInAnyOrder("Unlucky?", "Fine", "Bad luck");
    assertThat(data(page(child, "?visit=0"), "Input")).contains("\"Items\" : [ 14 ]");
    assertThat(page.select("dl.line a[href*=mapruns]").attr("href"))
        .isEqualTo(Url.path("mapruns", machines.mapRun(bad)));
    assertThat(page.select(".deeds").text())
        .isEqualTo("It can be redriven with the execution that its map run belongs to.");
    assertThat(page.select(".up a").last().attr("href")).endsWith(":demo");
  }

  @Test
  void unknownExecution_isToldInAwsWords() {
    HttpResponse<String> answer =
        console.get(
            "executions/arn:aws:states:us-east-1:000000000000:execution:demo:%3Cb%3Enobody%3C%2Fb%3E");
    assertThat(answer.statusCode()).isBetween(400, 404);
    assertThat(answer.body()).doesNotContain("<b>nobody</b>");
    HttpResponse<String> gone =
        console.get("executions/arn:aws:states:us-east-1:000000000000:execution:demo:nobody");
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(gone.body()).contains("Execution Does Not Exist");
    HttpResponse<String> express =
        console.get("executions/arn:aws:states:us-east-1:000000000000:express:quick:a:b");
    assertThat(express.statusCode()).isEqualTo(404);
    assertThat(express.body()).contains("in the log of their state machine");
  }
}
