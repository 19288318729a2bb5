package dev.onboard.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every page: who may ask, and what every answer says. */
class ConsoleTest {
  private static final DateTimeFormatter NOW =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static RunningConsole console;

  @BeforeAll
  static void start(@TempDir Path data) {
    console = RunningConsole.start(data);
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  // ------------------------------------------------------------------ the way in

  @ParameterizedTest
  @ValueSource(strings = {"/", "/_console"})
  void browser_atTheEndpoint_isSentToTheConsole(String path) {
    HttpResponse<String> answer = console.get(path, "Accept", "text/html,*/*;q=0.8");
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).contains("/_console/");
  }

  @Test
  void clientOfS3_atTheEndpoint_stillListsBuckets() {
    String signed =
        "AWS4-HMAC-SHA256 Credential=test/20261128/us-east-1/s3/aws4_request,"
            + " SignedHeaders=host, Signature=0";
    assertThat(console.get("/", "Accept", "text/html", "Authorization", signed).body())
        .contains("ListAllMyBucketsResult");
    String presigned =
        "/?X-Amz-Credential=test/20261128/us-east-1/s3/aws4_request&X-Amz-Expires=600&X-Amz-Date="
            + NOW.format(console.runtime().clock().now());
    assertThat(console.get(presigned, "Accept", "text/html").body())
        .contains("ListAllMyBucketsResult");
    assertThat(console.get("/", "Accept", "*/*").body()).contains("AccessDenied");
  }

  @Test
  void root_leadsToTheFirstPage() {
    HttpResponse<String> answer = console.get("");
    assertThat(answer.statusCode()).isEqualTo(303);
    String first = answer.headers().firstValue("Location").orElseThrow();
    Document page = console.page(first);
    assertThat(page.select("nav a[aria-current=page]").attr("href")).isEqualTo(first);
  }

  // ------------------------------------------------------------------ other sites

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example:4566", "localhost.evil:80", ""})
  void request_underAnotherHost_isRefused(String host) {
    HttpResponse<String> answer = console.get("mail", "Host", host.isEmpty() ? "x" : host);
    assertThat(answer.statusCode()).isEqualTo(421);
    assertThat(answer.body()).contains("The console answers to 127.0.0.1 and localhost");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:4566", "127.0.0.1", "[::1]:80"})
  void request_underAHostOfThisMachine_isAnswered(String host) {
    assertThat(console.get("mail", "Host", host).statusCode()).isEqualTo(200);
  }

  @Test
  void post_ofNobody_isRefused() {
    assertThat(console.post("theme", "theme=dark").statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "none"})
  void post_ofAnotherSite_isRefused(String site) {
    String own = console.address().resolve("/").toString().replaceFirst("/$", "");
    assertThat(
            console.post("theme", "theme=dark", "Sec-Fetch-Site", site, "Origin", own).statusCode())
        .isEqualTo(403);
  }

  @Test
  void post_ofAnotherOrigin_isRefused() {
    assertThat(console.post("theme", "theme=dark", "Origin", "http://127.0.0.1:1").statusCode())
        .isEqualTo(403);
    assertThat(console.post("theme", "theme=dark", "Origin", "null").statusCode()).isEqualTo(403);
  }

  @Test
  void post_ofAnOwnPage_isDone() {
    String own = console.address().resolve("/").toString().replaceFirst("/$", "");
    assertThat(console.post("theme", "theme=dark", "Sec-Fetch-Site", "same-origin").statusCode())
        .isEqualTo(303);
    assertThat(console.post("theme", "theme=dark", "Origin", own).statusCode()).isEqualTo(303);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "OPTIONS"})
  void otherMethods_areRefused(String method) {
    HttpResponse<String> answer =
        console.send(
            console.request("mail").method(method, BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(405);
  }

  // ------------------------------------------------------------------ every answer

  @ParameterizedTest
  @ValueSource(strings = {"mail", "nothing-here"})
  void page_loadsNothingFromElsewhereAndMayNotBeFramed(String path) {
    HttpResponse<String> answer = console.get(path);
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
        .contains("base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'")
        .doesNotContain("unsafe");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    for (Element loaded : Jsoup.parse(answer.body()).select("[src], link[href]")) {
      assertThat(loaded.attr(loaded.hasAttr("src") ? "src" : "href")).startsWith("/_console/");
    }
  }

  @Test
  void firstPage_withAllThatItLoads_isSmall() {
    Document page = console.page("mail");
    int bytes = page.outerHtml().length();
    for (Element loaded : page.select("script[src], link[href], img[src]")) {
      String address = loaded.attr(loaded.hasAttr("src") ? "src" : "href");
      bytes += console.get(address).body().getBytes(UTF_8).length;
    }
    assertThat(bytes).isBetween(60_000, 300_000);
  }

  @Test
  void unknownPage_saysSo() {
    HttpResponse<String> answer = console.get("nothing/%3Cb%3Ehere");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(Jsoup.parse(answer.body()).select("[role=alert]").text())
        .isEqualTo("There is no page nothing/<b>here.");
  }

  @Test
  void script_thatAsksForAPart_getsNoFrame() {
    HttpResponse<String> answer = console.get("mail", "HX-Request", "true");
    assertThat(answer.body()).contains("<h1>Mail</h1>").doesNotContain("<html", "<nav aria");
    assertThat(answer.headers().allValues("Vary").toString()).contains("HX-Request");
  }

  @Test
  void head_hasNoBody() {
    HttpResponse<String> answer =
        console.send(console.request("mail").HEAD().build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void browser_thatUnpacks_getsPagesPacked() throws IOException {
    var answer =
        console.send(
            console.request("mail").header("Accept-Encoding", "gzip, br").build(),
            BodyHandlers.ofInputStream());
    assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    try (var unpacked = new GZIPInputStream(answer.body())) {
      assertThat(new String(unpacked.readAllBytes(), UTF_8)).contains("<h1>Mail</h1>");
    }
  }

  // ------------------------------------------------------------------ files

  @Test
  void files_areKeptForGoodUnderTheAddressThatPagesName() {
    String style = console.page("mail").select("link[rel=stylesheet]").attr("href");
    HttpResponse<String> answer = console.get(style);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
    assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
    String tag = answer.headers().firstValue("ETag").orElseThrow();
    assertThat(console.get(style, "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @Test
  void files_ofAnotherVersion_areNotKept() {
    HttpResponse<String> answer = console.get("static/000000000000/console.js");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache");
  }

  @ParameterizedTest
  @ValueSource(strings = {"static/x/nothing.js", "static/x/..%2F..%2FConsole.class"})
  void files_thatAreNotThere_areNotFound(String path) {
    assertThat(console.get(path).statusCode()).isEqualTo(404);
  }

  // ------------------------------------------------------------------ light and dark

  @Test
  void theme_thatWasChosen_isKept() {
    HttpResponse<String> answer =
        console.post(
            "theme", "theme=dark&back=/_console/mail?to=ada", "Sec-Fetch-Site", "same-origin");
    assertThat(answer.headers().firstValue("Location")).contains("/_console/mail?to=ada");
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    Document page =
        Jsoup.parse(console.get("mail", "Cookie", "other=1; " + cookie.split(";")[0]).body());
    assertThat(page.select("html").attr("data-theme")).isEqualTo("dark");
    assertThat(page.select(".themes button[aria-pressed=true]").eachText())
        .isEqualTo(List.of("dark"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "theme=pink",
        "theme=dark&back=/",
        "theme=dark&back=//evil.example",
        "theme=dark&back=/_console/%0D%0ASet-Cookie:a=b"
      })
  void theme_thatIsNone_isRefused(String form) {
    assertThat(console.post("theme", form, "Sec-Fetch-Site", "same-origin").statusCode())
        .isEqualTo(400);
  }
}
