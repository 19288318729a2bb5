package dev.onboard.console.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.console.RunningConsole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Runtime;

/** The logs as a browser gets them, of functions that log what the tests say. */
class LogPagesTest {
  private static final String STORE = "/aws/lambda/StoreUsers";
  private static final String MAIL = "/shop/mail";
  private static final String AUDIT = "/shop/audit";

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
  void logs_beforeTheFirst_saysThatThereAreNone() {
    assertThat(console.page("logs").select(".empty").text()).isEqualTo("Nothing was logged.");
  }

  @Test
  void logs_ofAllFunctions_areOneTail_newestFirst() {
    functions();
    group(AUDIT);
    log(STORE, "first");
    log(MAIL, "second");
    log(AUDIT, "no function wrote this");
    log(STORE, "third");
    Document page = console.page("logs");
    assertThat(texts(page)).containsExactly("third", "second", "first");
    assertThat(page.select("tbody td:nth-child(2)").eachText())
        .containsExactly("StoreUsers", "SendMail", "StoreUsers");
    assertThat(page.select("tbody td:nth-child(2) a").first().attr("href"))
        .isEqualTo("/_console/logs/%2Faws%2Flambda%2FStoreUsers");
    assertThat(page.select("optgroup[label=Functions] option").eachText())
        .containsExactly("StoreUsers", "SendMail");
    assertThat(page.select("optgroup[label=Others] option").eachText()).containsExactly(AUDIT);
    assertThat(page.select("#page").attr("data-live")).isEqualTo("true");
  }

  @Test
  void logs_ofOneGroup_haveAnAddress() {
    functions();
    group(AUDIT);
    log(STORE, "of a function");
    log(AUDIT, "of none");
    HttpResponse<String> chosen = console.get("logs?group=%2Fshop%2Faudit&q=none&since=1h");
    assertThat(chosen.statusCode()).isEqualTo(303);
    String address = chosen.headers().firstValue("Location").orElseThrow();
    assertThat(address).isEqualTo("/_console/logs/%2Fshop%2Faudit?q=none&since=1h");
    Document page = console.page(address);
    assertThat(page.select("h1").text()).isEqualTo(AUDIT);
    assertThat(texts(page)).containsExactly("of none");
    assertThat(page.select("option[selected]").eachText()).containsExactly(AUDIT, "the last hour");
    assertThat(console.get("logs/nope").statusCode()).isEqualTo(404);
  }

  @Test
  void usualGroupOfAFunction_leadsToWhereItLogs() {
    functions();
    log(MAIL, "sent");
    HttpResponse<String> usual = console.get("logs/%2Faws%2Flambda%2FSendMail?q=sent");
    assertThat(usual.headers().firstValue("Location"))
        .hasValue("/_console/logs/%2Fshop%2Fmail?q=sent&since=ever");
    logs().deleteLogGroup(d -> d.logGroupName(MAIL));
    assertThat(console.page("logs/%2Fshop%2Fmail").select(".empty").text())
        .isEqualTo("Nothing was logged.");
    assertThat(console.get("logs/%2Faws%2Flambda%2FNobody").statusCode()).isEqualTo(404);
  }

  @Test
  void lines_areForPeople_withLinksToWhatTheyBelongTo() {
    functions();
    log(
        STORE,
        """
        {"timestamp":"2026-01-31T12:00:00Z","level":"WARN","message":"stored","requestId":"r-1","correlationId":"c-1","importId":"i-1","users":7}\
        """);
    log(
        STORE,
        """
        {"type":"platform.report","record":{"requestId":"r-1","metrics":{"durationMs":12.345},"status":"timeout"}}\
        """);
    Document page = console.page("logs");
    assertThat(texts(page))
        .containsExactly(
            "failed invocation ends: timeout in 12.3 ms", "warning WARN stored: users 7");
    Element line = page.select("tbody tr").last();
    assertThat(line.select("p a").eachAttr("href"))
        .containsExactly(
            "/_console/logs/%2Faws%2Flambda%2FStoreUsers?q=r-1",
            "/_console/logs?correlation=c-1", "/_console/story?q=c-1", "/_console/imports/i-1");
    assertThat(line.select(".json").text()).contains("\"users\" : 7");
    assertThat(texts(console.page(line.select("p a").first().attr("href")))).hasSize(2);
    assertThat(texts(console.page("logs?correlation=c-1"))).hasSize(1);
  }

  @Test
  void logs_areFiltered_byTextPatternAndCorrelation() {
    functions();
    log(STORE, "{\"level\":\"INFO\",\"message\":\"say \\\"hi\\\"\",\"correlationId\":\"c-1\"}");
    log(STORE, "{\"level\":\"ERROR\",\"message\":\"one\",\"correlationId\":\"c-1\"}");
    log(MAIL, "{\"level\":\"ERROR\",\"message\":\"two\",\"correlationId\":\"c-2\"}");
    assertThat(texts(console.page("logs?q=c-1"))).hasSize(2);
    assertThat(texts(console.page("logs?q=say%20%5C%22hi"))).hasSize(1);
    assertThat(texts(console.page("logs?q=%7B%20%24.level%20%3D%20%22ERROR%22%20%7D")))
        .containsExactly("error ERROR two", "error ERROR one");
    assertThat(
            texts(console.page("logs?q=%7B%20%24.level%20%3D%20%22ERROR%22%20%7D&correlation=c-1")))
        .containsExactly("error ERROR one");
    assertThat(texts(console.page("logs?q=%3Fone%20%3Ftwo&correlation=c-2")))
        .containsExactly("error ERROR two");
    assertThat(console.page("logs?q=nothing").select(".empty").text()).isEqualTo("No such line.");
    assertThat(console.page("logs?q=%7Bnonsense").select("[role=alert]").text())
        .contains("Invalid filter pattern");
    assertThat(console.page("logs?q=one").select("details.terminal code").text())
        .isEqualTo("./onboard logs --filter '\"one\"'");
  }

  @Test
  void logs_ofAWindow_leaveOutWhatWasBefore() {
    functions();
    log(STORE, "long ago");
    console.runtime().clock().advance(Duration.ofDays(2));
    log(STORE, "lately");
    assertThat(texts(console.page("logs"))).containsExactly("lately");
    assertThat(texts(console.page("logs?since=7d"))).containsExactly("lately", "long ago");
    // Whoever looks for something in particular has not said when it was.
    assertThat(texts(console.page("logs?q=ago"))).containsExactly("long ago");
    assertThat(console.get("logs?since=soon").statusCode()).isEqualTo(400);
  }

  @Test
  void logs_areManyPages_evenOfOneMoment() {
    functions();
    var events = new ArrayList<InputLogEvent>();
    long now = console.runtime().clock().now().toEpochMilli();
    for (int i = 0; i < 250; i++) {
      events.add(InputLogEvent.builder().timestamp(now).message("line " + i).build());
    }
    put(STORE, events);
    log(MAIL, "last");
    var seen = new ArrayList<String>();
    String next = "logs";
    while (next != null) {
      Document page = console.page(next);
      assertThat(page.select("#page").attr("data-live"))
          .isEqualTo(next.equals("logs") ? "true" : "");
      seen.addAll(texts(page));
      Element older = page.selectFirst(".pager a[rel=next]");
      next = older == null ? null : older.attr("href");
    }
    assertThat(seen)
        .hasSize(251)
        .doesNotHaveDuplicates()
        .startsWith("last", "line 249", "line 248")
        .endsWith("line 0");
    assertThat(console.get("logs?before=nonsense").statusCode()).isEqualTo(400);
  }

  @Test
  void markup_inALine_isShownAsText() {
    functions();
    log(STORE, "<script>alert(1)</script>");
    Document page = console.page("logs?q=%3Cscript%3E");
    assertThat(texts(page)).containsExactly("<script>alert(1)</script>");
    assertThat(page.select("#page script")).isEmpty();
  }

  private static List<String> texts(Document page) {
    return page.select(".lines summary").eachText();
  }

  private CloudWatchLogsClient logs() {
    return console.client(CloudWatchLogsClient.class);
  }

  /** Two functions: one logs where functions do, the other where it was told to. */
  private void functions() {
    group(STORE);
    group(MAIL);
    String role =
        console
            .client(IamClient.class)
            .createRole(r ->
                r.roleName("functions")
                    .assumeRolePolicyDocument(
                        """
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
                        """))
            .role()
            .arn();
    LambdaClient lambda = console.client(LambdaClient.class);
    for (String name : List.of("StoreUsers", "SendMail")) {
      lambda.createFunction(f ->
          f.functionName(name)
              .role(role)
              .runtime(Runtime.JAVA21)
              .handler("a.B::c")
              .code(c -> c.zipFile(SdkBytes.fromByteArray(zip())))
              .loggingConfig(l -> l.logGroup(name.equals("SendMail") ? MAIL : STORE)));
    }
  }

  private static byte[] zip() {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("a"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void group(String name) {
    logs().createLogGroup(c -> c.logGroupName(name));
    logs().createLogStream(c -> c.logGroupName(name).logStreamName("stream"));
  }

  private void log(String group, String message) {
    // Lines of one moment have no order between groups.
    console.runtime().clock().advance(Duration.ofMillis(5));
    put(
        group,
        List.of(
            InputLogEvent.builder()
                .timestamp(console.runtime().clock().now().toEpochMilli())
                .message(message)
                .build()));
  }

  private void put(String group, List<InputLogEvent> events) {
    logs().putLogEvents(p -> p.logGroupName(group).logStreamName("stream").logEvents(events));
  }
}
