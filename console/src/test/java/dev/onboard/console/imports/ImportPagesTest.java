package dev.onboard.console.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.console.PeopleStack;
import dev.onboard.console.RunningConsole;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The imports as a browser gets them, of a workflow that does what the tests say it did. */
class ImportPagesTest {
  private static final String MARKUP = "<script>alert(1)</script>.csv";
  private static final String CSV = "email,name\nada@example.com,Ada\n";

  private RunningConsole console;

  @BeforeEach
  void start(@TempDir Path data) {
    console = RunningConsole.start(data);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  // ------------------------------------------------------------------ the list

  @Test
  void imports_withoutAStack_saysHowToGetOne() {
    assertThat(console.page("imports").select(".empty").text()).contains("./onboard deploy");
    assertThat(console.get("imports/x").statusCode()).isEqualTo(404);
  }

  @Test
  void imports_beforeTheFirst_saysHowToBegin() {
    deploy();
    Document page = console.page("imports");
    assertThat(page.select(".empty").text()).contains("./onboard import");
    Element form = page.selectFirst("form.drop");
    assertThat(form.attr("enctype")).isEqualTo("multipart/form-data");
    assertThat(form.attr("action")).isEqualTo("/_console/imports");
  }

  @Test
  void imports_areListed_newestFirst_withWhatTheyCounted() {
    PeopleStack stack = deploy();
    String done = run("users.csv", "v1");
    item(stack, "done", "users.csv", "v1", done, "COMPLETED", "rows", "48", "read", "48");
    String failed = run("broken.csv", "v1");
    item(
        stack,
        "failed",
        "broken.csv",
        "v1",
        failed,
        "FAILED",
        "error",
        "UploadRejected",
        "cause",
        "The columns are separated by semicolons.");
    String again = run("users.csv", "v1");
    String running = run("more.csv", "v1");
    item(stack, "running", "more.csv", "v1", running, "RUNNING", "rows", "1200", "read", "300");
    run("fresh.csv", "v1");
    Document page = console.page("imports");
    assertThat(page.select("tbody th").eachText())
        .containsExactly(
            "fresh.csv",
            "more.csv",
            "users.csv",
            "broken.csv The columns are separated by semicolons.",
            "users.csv");
    assertThat(page.select("#page [role=status]").first().text()).isEqualTo("3 imports run now");
    assertThat(row(page, running).select("[data-label=rows]").text()).isEqualTo("300 of 1,200");
    assertThat(row(page, running).select("a").attr("href")).isEqualTo("/_console/imports/running");
    assertThat(row(page, done).select("[data-label=rows]").text()).isEqualTo("48");
    assertThat(row(page, done).select(".badge.good").text()).isEqualTo("completed");
    assertThat(row(page, failed).select(".badge.bad").text()).isEqualTo("failed");
    assertThat(row(page, again).select("[data-label=rows]")).isEmpty();
  }

  @Test
  @Timeout(30)
  void imports_thatWereStopped_orDoneBefore_saySo() {
    PeopleStack stack = deploy();
    item(stack, "done", "users.csv", "v1", run("users.csv", "v1"), "COMPLETED");
    String again = run("users.csv", "v1");
    String running = run("more.csv", "v1");
    item(stack, "running", "more.csv", "v1", running, "RUNNING");
    console.client(SfnClient.class).stopExecution(s -> s.executionArn(running));
    assertThat(row(console.page("imports"), running).select(".badge.bad").text())
        .isEqualTo("aborted");
    console.runtime().clock().advance(Duration.ofMinutes(2));
    awaitStatus(again, "SUCCEEDED");
    assertThat(row(console.page("imports"), again).select(".badge").text())
        .isEqualTo("done already");
  }

  @Test
  void imports_areManyPages() {
    deploy();
    for (int i = 1; i <= 30; i++) {
      run("file-" + i + ".csv", "v1");
    }
    var seen = new ArrayList<String>();
    String next = "imports";
    while (next != null) {
      Document page = console.page(next);
      seen.addAll(page.select("tbody th").eachText());
      Element older = page.selectFirst(".pager a[rel=next]");
      next = older == null ? null : older.attr("href");
    }
    assertThat(seen).hasSize(30).doesNotHaveDuplicates().startsWith("file-30.csv");
    assertThat(console.get("imports?page=nonsense").statusCode()).isEqualTo(400);
  }

  // ------------------------------------------------------------------ uploads

  @Test
  @Timeout(30)
  void upload_goesToTheBucket_andItsPageLeadsToTheImport() {
    PeopleStack stack = deploy();
    HttpResponse<String> answer = upload(Map.of("people.csv", CSV));
    assertThat(answer.statusCode()).isEqualTo(303);
    S3Client s3 = console.client(S3Client.class);
    assertThat(s3.getObjectAsBytes(g -> g.bucket("uploads").key("people.csv")).asUtf8String())
        .isEqualTo(CSV);
    var head = s3.headObject(h -> h.bucket("uploads").key("people.csv"));
    assertThat(head.contentType()).isEqualTo("text/csv");
    String waiting = location(answer);
    assertThat(console.page(waiting).select("h1").text()).isEqualTo("people.csv");
    HttpResponse<Stream<String>> stream =
        console.send(
            console.request(waiting).header("Accept", "text/event-stream").build(),
            BodyHandlers.ofLines());
    item(stack, "began", "people.csv", head.versionId(), "none", "RUNNING");
    try (Stream<String> lines = stream.body()) {
      assertThat(lines.filter(l -> l.startsWith("data: /")).findFirst())
          .hasValue("data: /_console/imports/began");
    }
    assertThat(location(console.get(waiting))).isEqualTo("/_console/imports/began");
  }

  @Test
  void upload_ofFilesWithOtherNames_isTakenAsTheCommandLineDoes() {
    deploy();
    HttpResponse<String> answer = upload(Map.of("C:\\people\\a.txt", CSV, "b.CSV", CSV));
    assertThat(console.page(location(answer)).select(".notice.good").text())
        .isEqualTo("2 files are uploaded; their imports appear here.");
    assertThat(console.client(S3Client.class).listObjectsV2(l -> l.bucket("uploads")).contents())
        .extracting(o -> o.key())
        .containsExactlyInAnyOrder("a.txt.csv", "b.CSV");
  }

  @Test
  void upload_ofNoFile_saysSo() {
    deploy();
    assertThat(console.page(location(upload(Map.of("", "")))).select(".notice.bad").text())
        .isEqualTo("No file was chosen.");
  }

  // ------------------------------------------------------------------ one import

  @Test
  void import_thatRuns_saysHowFarItIs() {
    PeopleStack stack = deploy();
    String execution = run("users.csv", "v1");
    item(stack, "one", "users.csv", "v1", execution, "RUNNING");
    assertThat(console.page("imports/one").select("#page [role=status]").text())
        .isEqualTo("The file is being inspected");
    item(
        stack,
        "one",
        "users.csv",
        "v1",
        execution,
        "RUNNING",
        "rows",
        "2000",
        "read",
        "500",
        "created",
        "450",
        "existing",
        "40",
        "rejected",
        "10",
        "mails",
        "7");
    console.runtime().clock().advance(Duration.ofSeconds(10));
    Document page = console.page("imports/one");
    assertThat(page.select("#page").attr("data-live")).isEqualTo("true");
    assertThat(page.select("progress").attr("value")).isEqualTo("500");
    assertThat(page.select("progress").attr("max")).isEqualTo("2000");
    assertThat(tile(page, "Rows read")).isEqualTo("500 of 2,000");
    assertThat(tile(page, "Created")).isEqualTo("450");
    assertThat(tile(page, "Existing")).isEqualTo("40");
    assertThat(tile(page, "Rejected")).isEqualTo("10");
    assertThat(tile(page, "Mails sent")).isEqualTo("7 of 450");
    assertThat(Integer.parseInt(tile(page, "Rows/s"))).isBetween(10, 50);
    assertThat(page.select(".tiles a").attr("href")).isEqualTo("/_console/users?import=one");
    assertThat(page.select(".facts a").eachAttr("href"))
        .contains(
            "/_console/story?q=one",
            "/_console/cost?import=one",
            "/_console/logs?correlation=correlation-1");
  }

  @Test
  void import_thatIsDone_givesItsRejectedRows() {
    PeopleStack stack = deploy();
    String report = "email,row,error\nada(at)example.com,2,not an e-mail address\n<b>,3,neither\n";
    console
        .client(S3Client.class)
        .putObject(p -> p.bucket("results").key("r.csv"), RequestBody.fromString(report));
    item(
        stack,
        "one",
        "my users.csv",
        "v1",
        "gone",
        "COMPLETED",
        "endedAt",
        "2026-01-31T12:00:02Z",
        "rows",
        "3",
        "read",
        "3",
        "created",
        "1",
        "mails",
        "1",
        "rejected",
        "2",
        "rejectedReport",
        "s3://results/r.csv");
    Document page = console.page("imports/one");
    assertThat(page.select("#page [role=status]").text()).isEqualTo("3 rows in 2.0 s");
    assertThat(page.select("progress")).isEmpty();
    assertThat(page.select("tbody tr").eachText())
        .containsExactly("2 not an e-mail address", "3 neither");
    String download = page.select("a[download]").attr("href");
    HttpResponse<String> file = console.get(download);
    assertThat(file.body()).isEqualTo(report);
    assertThat(file.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"my users-rejected.csv\"");
    console.client(S3Client.class).deleteObject(d -> d.bucket("results").key("r.csv"));
    assertThat(console.page("imports/one").select("a[download]")).isEmpty();
    assertThat(console.get(download).statusCode()).isEqualTo(404);
  }

  @Test
  void import_whoseMailsAreStillSent_saysHowMany() {
    PeopleStack stack = deploy();
    item(
        stack,
        "one",
        "users.csv",
        "v1",
        "gone",
        "COMPLETED",
        "endedAt",
        "2026-01-31T12:00:02Z",
        "rows",
        "5",
        "read",
        "5",
        "created",
        "5",
        "mails",
        "1",
        "undeliverable",
        "1");
    Document page = console.page("imports/one");
    assertThat(page.select("#page [role=status]").text()).isEqualTo("3 mails are still to be sent");
    assertThat(page.select("progress").attr("value")).isEqualTo("2");
    assertThat(tile(page, "Undeliverable")).isEqualTo("1");
  }

  @Test
  void import_thatFailed_saysWhy() {
    PeopleStack stack = deploy();
    item(
        stack,
        "one",
        MARKUP,
        "v1",
        "gone",
        "FAILED",
        "endedAt",
        "2026-01-31T12:00:02Z",
        "error",
        "UploadRejected",
        "cause",
        "There is no column <email>.");
    Document page = console.page("imports/one");
    assertThat(page.select("h1").text()).isEqualTo(MARKUP.replaceFirst(".*/", ""));
    assertThat(page.select("[role=alert]").text())
        .isEqualTo("UploadRejected There is no column <email>.");
    assertThat(page.select("#page script")).isEmpty();
    assertThat(page.select(".badge.bad").text()).isEqualTo("failed");
  }

  @Test
  void import_whoseExecutionWasStopped_saysThatItGoesNoFurther() {
    PeopleStack stack = deploy();
    String execution = run("users.csv", "v1");
    item(stack, "one", "users.csv", "v1", execution, "RUNNING", "rows", "5");
    console.client(SfnClient.class).stopExecution(s -> s.executionArn(execution));
    Document page = console.page("imports/one");
    assertThat(page.select("[role=alert]").text()).contains("ended as ABORTED");
    assertThat(page.select(".badge.bad").text()).isEqualTo("aborted");
    assertThat(page.select("progress")).isEmpty();
  }

  @Test
  void import_thatNobodyKnows_isNotFound() {
    deploy();
    HttpResponse<String> answer = console.get("imports/nope");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("There is no import nope");
  }

  @Test
  void imports_ofAnotherStack_stayWithIt() {
    PeopleStack stack = PeopleStack.deploy(console, "other");
    String execution = run("users.csv", "v1");
    item(stack, "one", "users.csv", "v1", execution, "RUNNING");
    Document page = console.page("imports?stack=other");
    assertThat(page.select("tbody a").attr("href")).isEqualTo("/_console/imports/one?stack=other");
    assertThat(page.select("form.drop").attr("action")).isEqualTo("/_console/imports?stack=other");
    assertThat(console.page("imports/one?stack=other").select("h1").text()).isEqualTo("users.csv");
  }

  // ------------------------------------------------------------------ how it is made

  private PeopleStack deploy() {
    return PeopleStack.deploy(console, PeopleStack.NAME);
  }

  /** Starts the workflow as the rule does it. */
  private String run(String key, String version) {
    // Executions of one moment have no order.
    console.runtime().clock().advance(Duration.ofMillis(5));
    return console
        .client(SfnClient.class)
        .startExecution(s ->
            s.stateMachineArn(PeopleStack.MACHINE)
                .input(
                    """
                    {"detail": {"object": {"key": "%s", "version-id": "%s"}}}
                    """
                        .formatted(key, version)))
        .executionArn();
  }

  private void item(
      PeopleStack stack,
      String id,
      String key,
      String version,
      String execution,
      String status,
      String... more) {
    Map<String, AttributeValue> item = PeopleStack.strings(more);
    item.putAll(
        PeopleStack.strings(
            "importId",
            id,
            "status",
            status,
            "bucket",
            "uploads",
            "key",
            key,
            "version",
            version,
            "execution",
            execution,
            "correlationId",
            "correlation-1"));
    String started =
        status.equals("RUNNING")
            ? console.runtime().clock().now().toString()
            : "2026-01-31T12:00:00Z";
    item.put("startedAt", AttributeValue.fromS(started));
    stack.put("imports", item);
  }

  private HttpResponse<String> upload(Map<String, String> files) {
    var form = new StringBuilder();
    files.forEach((name, content) ->
        form.append("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"")
            .append(name)
            .append("\"\r\nContent-Type: text/csv\r\n\r\n")
            .append(content)
            .append("\r\n"));
    form.append("--edge--\r\n");
    return console.send(
        console
            .request("imports")
            .headers(
                "Sec-Fetch-Site",
                "same-origin",
                "Content-Type",
                "multipart/form-data; boundary=edge")
            .POST(BodyPublishers.ofString(form.toString()))
            .build(),
        BodyHandlers.ofString());
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private void awaitStatus(String execution, String status) {
    SfnClient sfn = console.client(SfnClient.class);
    while (!sfn.describeExecution(d -> d.executionArn(execution)).statusAsString().equals(status)) {
      Thread.onSpinWait();
    }
  }

  private static Element row(Document page, String execution) {
    return page.getElementById("run-" + execution.substring(execution.lastIndexOf(':') + 1));
  }

  private static String tile(Document page, String name) {
    List<Element> found =
        page.select(".tiles > div").stream()
            .filter(t -> t.select("dt").text().equals(name))
            .toList();
    assertThat(found).as(name).hasSize(1);
    return found.getFirst().select("dd").text();
  }
}
