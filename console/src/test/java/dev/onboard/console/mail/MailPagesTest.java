package dev.onboard.console.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.console.RunningConsole;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.Body;
import software.amazon.awssdk.services.sesv2.model.MessageTag;

/** The inbox and a mail, as a browser gets them. */
class MailPagesTest {
  private static final String MARKUP = "<script>alert(1)</script>&\"'";

  private RunningConsole console;

  @BeforeEach
  void start(@TempDir Path data) {
    console = RunningConsole.start(data);
    ses().createEmailIdentity(c -> c.emailIdentity("onboard.example"));
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void inbox_withoutMails_saysSo() {
    Document page = console.page("mail");
    assertThat(page.select("[role=status]").text()).contains("0 mails");
    assertThat(page.select(".empty").text()).isEqualTo("No mail yet.");
    assertThat(page.select("table, .pager")).isEmpty();
  }

  @Test
  void inbox_showsTheNewestFirst() {
    send("ada@example.com", "One");
    String second = send("bob@example.com", "Two");
    Document page = console.page("mail");
    assertThat(page.select("[role=status]").text()).contains("2 mails");
    assertThat(page.select("tbody tr td:nth-child(3)").eachText()).containsExactly("Two", "One");
    Element newest = page.select("tbody tr").getFirst();
    assertThat(newest.select("a").text()).isEqualTo("bob@example.com");
    assertThat(newest.select("a").attr("href")).isEqualTo("/_console/mail/" + second);
    assertThat(newest.select("time").attr("datetime")).endsWith("Z");
    assertThat(newest.select("time").attr("title")).endsWith(" UTC");
  }

  @Test
  void inbox_searchedForAPartOfAnAddress_showsMailsToSuchAddresses() {
    send("ada@example.com", "One");
    send("bob@example.com", "Two");
    send("Lady Ada <ada.l@example.org>", "Three");
    assertThat(subjects(console.page("mail?to=ADA"))).containsExactly("Three", "One");
    assertThat(console.page("mail?to=ADA").select("input[name=to]").val()).isEqualTo("ADA");
    assertThat(subjects(console.page("mail?to=example.org"))).containsExactly("Three");
    assertThat(console.page("mail?to=%25").select(".empty").text())
        .isEqualTo("No mail to such an address.");
  }

  @Test
  void inbox_ofManyMails_hasPages() {
    for (int i = 1; i <= 120; i++) {
      send("user" + i + "@example.com", "Mail " + i);
    }
    var seen = new ArrayList<String>();
    String next = "mail?to=example.com";
    while (next != null) {
      Document page = console.page(next);
      seen.addAll(subjects(page));
      assertThat(page.select(".pager a:contains(Newest)").attr("href"))
          .isEqualTo(seen.size() == 50 ? "" : "/_console/mail?to=example.com");
      Element older = page.selectFirst(".pager a[rel=next]");
      next = older == null ? null : older.attr("href");
    }
    assertThat(seen).hasSize(120).doesNotHaveDuplicates().startsWith("Mail 120").endsWith("Mail 1");
  }

  @Test
  void inbox_beforeWhatIsNoNumber_isNotUnderstood() {
    HttpResponse<String> answer = console.get("mail?before=yesterday");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("before must be a number, not yesterday");
  }

  @Test
  @Timeout(30)
  void inbox_thatIsFollowed_showsNewMails() {
    send("ada@example.com", "One");
    HttpResponse<Stream<String>> stream =
        console.send(
            console.request("mail").header("Accept", "text/event-stream").build(),
            BodyHandlers.ofLines());
    assertThat(stream.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    try (Stream<String> lines = stream.body()) {
      Iterator<String> line = lines.iterator();
      assertThat(subjects(next(line))).containsExactly("One");
      send("bob@example.com", "Two");
      assertThat(subjects(next(line))).containsExactly("Two", "One");
    }
  }

  @Test
  void markup_inAMail_isShownAsText() {
    String id = send("ada@example.com", MARKUP);
    assertThat(subjects(console.page("mail"))).containsExactly(MARKUP);
    assertThat(console.page("mail").select("tbody script")).isEmpty();
    Document page = console.page("mail/" + id);
    assertThat(page.select("h1").text()).isEqualTo(MARKUP);
    assertThat(page.title()).isEqualTo(MARKUP + " · Onboard");
    assertThat(page.select("#page script")).isEmpty();
    assertThat(console.page("mail?to=" + "%22%3E%3Cscript%3E").select("#page script")).isEmpty();
  }

  @Test
  void mail_withoutASubject_hasATitle() {
    Document page = console.page("mail/" + send("ada@example.com", ""));
    assertThat(page.select("h1").text()).isEqualTo("Mail without a subject");
    assertThat(page.title()).isEqualTo("Mail without a subject · Onboard");
  }

  @Test
  void mail_showsItsHtmlInAFrameThatMayDoNothing() {
    String html = "<p style=\"color: red\">Hello</p><script>parent.hacked = 1</script>";
    String id = send("ada@example.com", "Hi", Map.of(), b -> b.html(h -> h.data(html)));
    Element frame = console.page("mail/" + id).selectFirst("iframe");
    assertThat(frame.hasAttr("sandbox")).isTrue();
    assertThat(frame.attr("sandbox")).isEmpty();
    assertThat(frame.attr("title")).isNotBlank();
    HttpResponse<String> framed = console.get(frame.attr("src"));
    assertThat(framed.body()).isEqualTo(html);
    assertThat(framed.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:")
        .doesNotContain("script-src", "allow-");
  }

  @Test
  void mail_hasItsTextAndHeaders() {
    String id =
        send(
            "ada@example.com",
            "Hi",
            Map.of("importId", "abc"),
            b -> b.text(t -> t.data("a < b\n  c")).html(h -> h.data("<p>a</p>")));
    Document page = console.page("mail/" + id);
    assertThat(page.select(".tabs a").eachText()).containsExactly("HTML", "Text", "Headers");
    assertThat(page.select(".tabs a[aria-current]").text()).isEqualTo("HTML");
    assertThat(console.page("mail/" + id + "?show=text").select("pre").first().wholeText())
        .isEqualTo("a < b\n  c");
    Element headers = console.page("mail/" + id + "?show=headers").selectFirst("table");
    assertThat(headers.select("th:contains(Subject) + td").text()).isEqualTo("Hi");
    assertThat(headers.select("th:contains(Tag importId) + td").text()).isEqualTo("abc");
  }

  @Test
  void mail_withoutHtml_beginsWithItsText() {
    String id = send("ada@example.com", "Hi");
    Document page = console.page("mail/" + id);
    assertThat(page.select(".tabs a").eachText()).containsExactly("Text", "Headers");
    assertThat(page.select("pre").text()).isEqualTo("Hi there");
    assertThat(console.get("mail/" + id + "/html").statusCode()).isEqualTo(404);
    assertThat(console.get("mail/" + id + "?show=html").statusCode()).isEqualTo(404);
  }

  @Test
  void mail_namesTheEventThatItWasSentFor() {
    String other = publish("someone-else");
    String cause = publish("user-1");
    String id = send("ada@example.com", "Hi", Map.of("eventId", "user-1"), MailPagesTest::text);
    console.runtime().clock().advance(Duration.ofMillis(10));
    publish("user-1");
    assertThat(console.page("mail/" + id).select(".facts").text())
        .contains("UserCreated " + cause)
        .doesNotContain(other);
  }

  @Test
  void mail_ofAnEventThatTheBusNeverHad_saysSo() {
    String id = send("ada@example.com", "Hi", Map.of("eventId", "gone"), MailPagesTest::text);
    assertThat(console.page("mail/" + id).select(".facts").text())
        .contains("no event that is known");
  }

  @Test
  void mail_thatIsNotThere_isNotFound() {
    HttpResponse<String> answer = console.get("mail/unknown");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("There is no mail unknown.");
  }

  private static List<String> subjects(Document page) {
    return page.select("tbody tr td:nth-child(3)").eachText();
  }

  /** What the next event of a stream shows. */
  private static Document next(Iterator<String> lines) {
    var html = new StringBuilder();
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith("data: ")) {
        html.append(line.substring(6)).append('\n');
      } else if (line.isEmpty() && !html.isEmpty()) {
        break;
      }
    }
    return Jsoup.parse(html.toString());
  }

  private String publish(String eventId) {
    return console
        .client(EventBridgeClient.class)
        .putEvents(p ->
            p.entries(e ->
                e.source("onboard.users")
                    .detailType("UserCreated")
                    .detail("{\"metadata\": {\"eventId\": \"" + eventId + "\"}, \"data\": {}}")))
        .entries()
        .getFirst()
        .eventId();
  }

  private String send(String to, String subject) {
    return send(to, subject, Map.of(), MailPagesTest::text);
  }

  private static void text(Body.Builder body) {
    body.text(t -> t.data("Hi there"));
  }

  private String send(
      String to,
      String subject,
      Map<String, String> tags,
      java.util.function.Consumer<Body.Builder> body) {
    return ses()
        .sendEmail(s ->
            s.fromEmailAddress("welcome@onboard.example")
                .destination(d -> d.toAddresses(to))
                .emailTags(
                    tags.entrySet().stream()
                        .map(t -> MessageTag.builder().name(t.getKey()).value(t.getValue()).build())
                        .toList())
                .content(c -> c.simple(m -> m.subject(x -> x.data(subject)).body(body))))
        .messageId();
  }

  private SesV2Client ses() {
    return console.client(SesV2Client.class);
  }
}
