package dev.onboard.console.cost.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.console.RunningConsole;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** What was used and what it would cost, as a browser gets it. */
class CostPagesTest {
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
  void cost_ofNothing_isNothing() {
    Document page = console.page("cost");
    assertThat(page.select(".sum").eachText()).containsExactly("$0.000000", "$0.000000");
    assertThat(page.select(".empty").eachText()).containsOnly("Nothing that AWS would bill.");
    assertThat(page.select("table")).isEmpty();
  }

  @Test
  void cost_isUsageTimesPrice_andNotThatOfLookingAtIt() {
    publish("shop", 3);
    Document page = console.page("cost");
    assertThat(row(page, "custom events (64 KB)")).containsExactly("3", "$1.00/M", "$0.000003", "");
    assertThat(row(page, "Total")).containsExactly("", "", "$0.000003", "");
    assertThat(console.page("cost").select("table").text()).isEqualTo(page.select("table").text());
    assertThat(page.select("tr.part")).isEmpty();
    assertThat(page.select(".notes").last().text())
        .contains("List prices of us-east-1, 2", "without the free tier");
  }

  @Test
  void cost_ofMails_isSharedByAThousandUsers() {
    SesV2Client ses = console.client(SesV2Client.class);
    ses.createEmailIdentity(c -> c.emailIdentity("onboard.example"));
    for (int i = 0; i < 4; i++) {
      ses.sendEmail(s ->
          s.fromEmailAddress("welcome@onboard.example")
              .destination(d -> d.toAddresses("ada@example.com"))
              .content(c ->
                  c.simple(m -> m.subject(x -> x.data("Hi")).body(b -> b.text(t -> t.data("x"))))));
    }
    Document page = console.page("cost");
    assertThat(row(page, "mails")).containsExactly("4", "$0.10/1,000", "$0.000400", "$0.100000");
    assertThat(page.select(".designs p:not(.sum)").first().text())
        .startsWith("$0.100000 per 1,000 users, $0.000000 without");
    assertThat(page.select("#page").text()).contains("4 users");
  }

  @Test
  void cost_byResource_namesThem() {
    publish("shop", 1);
    publish("store", 2);
    Document page = console.page("cost?resources=on");
    assertThat(page.select("tr.part th").eachText()).containsExactly("store", "shop");
    assertThat(page.select("input[name=resources]").hasAttr("checked")).isTrue();
  }

  @Test
  void cost_ofATimeBefore_isLeftOut() {
    publish("shop", 3);
    console.runtime().clock().advance(Duration.ofMinutes(20));
    assertThat(console.page("cost?since=15m").select(".sum").first().text()).isEqualTo("$0.000000");
    Document hour = console.page("cost?since=1h");
    assertThat(hour.select(".sum").first().text()).isEqualTo("$0.000003");
    assertThat(hour.select("option[selected]").text()).isEqualTo("hour");
  }

  @Test
  void cost_ofWhatCannotBeSaid_isRefused() {
    HttpResponse<String> span = console.get("cost?since=1y");
    assertThat(span.statusCode()).isEqualTo(400);
    assertThat(span.body()).contains("since must be 15m, 1h, 24h, 7d or 30d, not 1y.");
    HttpResponse<String> unknown = console.get("cost?import=x&stack=other");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("there is no stack other.");
  }

  private void publish(String bus, int events) {
    EventBridgeClient client = console.client(EventBridgeClient.class);
    client.createEventBus(c -> c.name(bus));
    for (int i = 0; i < events; i++) {
      client.putEvents(
          p -> p.entries(e -> e.eventBusName(bus).source("s").detailType("t").detail("{}")));
    }
  }

  private static List<String> row(Document page, String title) {
    Element row =
        page.select("table").first().select("tr").stream()
            .filter(r -> r.select("th").text().equals(title))
            .findFirst()
            .orElseThrow();
    // eachText() leaves out what is empty.
    return row.select("td").stream().map(Element::text).toList();
  }
}
