package dev.onboard.console.rules;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.console.RunningConsole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Rules, what they did and the sandbox, as a browser gets them. */
class RulePagesTest {
  private static final String PATTERN = "{\"source\": [\"shop\"], \"detail\": {\"size\": [\"S\"]}}";
  private static final String EVENT =
      "{\"source\": \"shop\", \"detail-type\": \"Ordered\", \"detail\": {\"size\": \"s\"}}";

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
  void rules_areListedByBus_withTargetsAndWhatTheyDid() {
    events().createEventBus(b -> b.name("orders"));
    rule("orders", "small", PATTERN, "small-orders");
    rule("default", "odd", "{\"source\": [\"x\"]}", null);
    publish("orders", "{\"size\": \"S\"}");
    settle();
    Document page = console.page("rules");
    assertThat(page.select(".head [role=status]").text()).isEqualTo("2 rules");
    assertThat(page.select("section h2").eachText())
        .containsExactly("default its events", "orders its events");
    Element row = page.selectFirst("#rule-orders-small");
    assertThat(row.text()).contains("small", "queue small-orders", "\"size\"");
    assertThat(row.select(".number").eachText()).containsExactly("1", "1", "0", "0");
    assertThat(row.select("a.whole").attr("href")).endsWith("/rules/orders/small");
    assertThat(page.selectFirst("section").text()).contains("no target");
  }

  @Test
  void rules_areFoundByBusAndName() {
    events().createEventBus(b -> b.name("orders"));
    rule("orders", "Small", PATTERN, null);
    rule("orders", "large", PATTERN, null);
    rule("default", "other", PATTERN, null);
    assertThat(names(console.page("rules?bus=orders"))).containsExactly("Small", "large");
    assertThat(names(console.page("rules?q=SMALL"))).containsExactly("Small");
    assertThat(console.page("rules?q=nothing").select(".empty").text())
        .isEqualTo("No rule is called so.");
    assertThat(console.get("rules?bus=nowhere").statusCode()).isEqualTo(404);
    assertThat(console.get("rules?since=2y").statusCode()).isEqualTo(400);
  }

  @Test
  void rules_thatAreMany_arePaged() {
    for (int i = 0; i < 130; i++) {
      String name = "rule-%03d".formatted(i);
      events().putRule(r -> r.name(name).eventPattern(PATTERN));
    }
    Document glance = console.page("rules");
    assertThat(names(glance)).hasSize(25);
    assertThat(glance.select("a[rel=next]").text()).isEqualTo("All 130 rules of default");
    var seen = new ArrayList<String>();
    String next = glance.select("a[rel=next]").attr("href");
    while (!next.isEmpty()) {
      Document page = console.page(next);
      seen.addAll(names(page));
      next = page.select("a[rel=next]").attr("href");
    }
    assertThat(seen).hasSize(130).doesNotHaveDuplicates();
  }

  @Test
  void rule_showsPatternTargetsCountsAndItsEvents() {
    rule("default", "small", PATTERN, "small-orders");
    events()
        .putTargets(t ->
            t.rule("small")
                .targets(x ->
                    x.id("told")
                        .arn(queue("told"))
                        .inputTransformer(i ->
                            i.inputPathsMap(Map.of("s", "$.detail.size"))
                                .inputTemplate("\"size <s>\""))
                        .retryPolicy(r -> r.maximumRetryAttempts(3).maximumEventAgeInSeconds(120))
                        .deadLetterConfig(d -> d.arn(queue("dead")))));
    publish("default", "{\"size\": \"S\"}");
    publish("default", "{\"size\": \"S\"}");
    publish("default", "{\"size\": \"L\"}");
    settle();
    Document page = console.page("rules/default/small");
    assertThat(page.select("h1").text()).isEqualTo("small");
    assertThat(page.select(".json").text()).contains("\"size\"");
    assertThat(page.select("#target-q").text())
        .contains(
            "queue small-orders",
            "Gets the event; tried again 185 times within 24 h.",
            "Without a dead-letter queue");
    assertThat(page.select("#target-told").text())
        .contains(
            "what a template makes of it",
            "\"size <s>\"",
            "<s> is $.detail.size",
            "tried again 3 times within 2 min",
            "What fails goes to queue dead");
    assertThat(page.select(".chart svg").eachAttr("aria-label"))
        .contains(
            "Matched: 2 in the last hour, at most 2 a minute", "Failed: none in the last hour");
    assertThat(page.select(".chart rect")).isNotEmpty();
    assertThat(page.select("tbody tr")).hasSize(2);
    assertThat(page.selectFirst("tbody tr").text()).contains("Ordered", "2 delivered");
    assertThat(
            console
                .page("rules/default/small?since=7d")
                .select(".chart svg")
                .eachAttr("aria-label"))
        .contains("Matched: 2 in the last 7 days, at most 2 in four hours");
    assertThat(console.get("rules/default/none").statusCode()).isEqualTo(404);
    assertThat(console.get("rules/nowhere/small").statusCode()).isEqualTo(404);
  }

  @Test
  void rule_withASchedule_saysWhenItIsDue() {
    events().putRule(r -> r.name("often").scheduleExpression("rate(5 minutes)"));
    Document page = console.page("rules/default/often");
    assertThat(page.select(".facts").text()).contains("Runs rate(5 minutes), next 20");
    assertThat(page.select(".facts time")).hasSize(3);
    assertThat(page.text()).contains("It takes no events").doesNotContain("Near misses");
  }

  @Test
  void nearMisses_sayWhatFailed_onceForAllThatFailAlike() {
    rule("default", "small", PATTERN, null);
    for (int i = 0; i < 3; i++) {
      publish("default", "{\"size\": \"s\"}");
    }
    publish("default", "{\"colour\": \"red\"}");
    Document page = console.page("rules/default/small?show=near");
    assertThat(page.text()).contains("small matches 0 of the newest 4 events on default.");
    assertThat(page.select(".near > li")).hasSize(2);
    assertThat(page.select(".near").text())
        .contains("and 2 older ones for the same reasons", "detail.size is \"s\", wanted: \"S\"");
    String sandbox = page.select(".near a[href*=try]").attr("href");
    assertThat(console.page(sandbox).select("#pattern").text()).contains("\"shop\"");
  }

  @Test
  void rule_isDisabledAndEnabled_byOurOwnPageAlone() {
    rule("default", "small", PATTERN, null);
    assertThat(console.post("rules/default/small/state", "do=disable").statusCode()).isEqualTo(403);
    console.post("rules/default/small/state", "do=disable", "Sec-Fetch-Site", "same-origin");
    assertThat(events().describeRule(d -> d.name("small")).state()).isEqualTo(RuleState.DISABLED);
    assertThat(console.page("rules").select("#rule-default-small .badge").text())
        .isEqualTo("disabled");
    console.post("rules/default/small/state", "do=enable", "Sec-Fetch-Site", "same-origin");
    assertThat(events().describeRule(d -> d.name("small")).state()).isEqualTo(RuleState.ENABLED);
  }

  @Test
  void sandbox_saysWhichFieldFails_andWhatMayHaveBeenMeant() {
    Document page = sandbox(PATTERN, EVENT);
    assertThat(page.select("#verdict").text()).isEqualTo("The event does not match");
    assertThat(page.select(".findings th code").eachText())
        .containsExactly("detail.size", "source");
    Element failed = page.selectFirst(".findings tbody tr");
    assertThat(failed.text()).contains("no", "\"S\"", "is \"s\"");
    assertThat(failed.select(".hint")).isNotEmpty();
    assertThat(page.text()).contains("As a bus would have it, with account, id, region,");
    assertThat(sandbox(PATTERN, EVENT.replace("\"s\"", "\"S\"")).select("#verdict").text())
        .isEqualTo("The event matches");
  }

  @Test
  void sandbox_takesTheLongestEventThatCanBeTyped() {
    String note = "ä".repeat(60_000 - EVENT.length() - 20);
    Document page = sandbox(PATTERN, EVENT.replace("\"s\"", "\"S\", \"n\": \"" + note + "\""));
    assertThat(page.select("#verdict").text()).isEqualTo("The event matches");
  }

  @Test
  void sandbox_showsTheNearestAlternativeFirst() {
    Document page =
        sandbox(
            "{\"$or\": [{\"source\": [\"x\"], \"detail-type\": [\"y\"]}, {\"source\": [\"shop\"],"
                + " \"detail-type\": [\"Paid\"]}]}",
            EVENT);
    assertThat(page.select("h3").eachText())
        .containsExactly("Nearest alternative of 2", "Alternative 2 of 2");
    assertThat(page.selectFirst(".findings").text()).contains("\"Paid\"", "is \"Ordered\"");
  }

  @Test
  void sandbox_saysWhereTheTextIsNoPatternOrNoEvent() {
    Document pattern = sandbox("{\"source\": \"shop\"}", EVENT);
    assertThat(pattern.select("#verdict").text()).isEqualTo("The pattern cannot be read");
    assertThat(pattern.select(".problem").text()).contains("line 1, column");
    Document event = sandbox(PATTERN, "{\"source\": \"<b>shop</b>\"");
    assertThat(event.select("#verdict").text()).isEqualTo("The event cannot be read");
    assertThat(event.select(".problem").text()).startsWith("The event is no JSON: ");
    assertThat(event.select("#event").text()).isEqualTo("{\"source\": \"<b>shop</b>\"");
    assertThat(sandbox(PATTERN, "{\"detail\": {}}").select(".problem").text())
        .isEqualTo("The event has no source.");
  }

  @Test
  void sandbox_beginsWithARuleAndTheNewestEvent_andStaysEmptyIfItIsEmptied() {
    assertThat(console.page("rules/try").select("#event").text()).contains("OrderPlaced");
    rule("default", "small", PATTERN, null);
    publish("default", "{\"size\": \"S\"}");
    Document page = console.page("rules/try?bus=default&rule=small");
    assertThat(page.select("#pattern").text()).contains("\"size\"");
    assertThat(page.select("#event").text()).contains("Ordered");
    assertThat(page.select("#verdict").text()).isEqualTo("The event matches");
    assertThat(page.select("tbody tr[id]")).hasSize(1);
    assertThat(console.page("rules/try?bus=default&rule=small&typed=yes").select("#pattern").text())
        .isEmpty();
    assertThat(console.get("rules/try?bus=default&rule=none").statusCode()).isEqualTo(404);
  }

  private Document sandbox(String pattern, String event) {
    return console.page(
        "rules/try?typed=yes&pattern=" + encode(pattern, UTF_8) + "&event=" + encode(event, UTF_8));
  }

  private static List<String> names(Document page) {
    return page.select("tbody a.whole").eachText();
  }

  private void rule(String bus, String name, String pattern, String queue) {
    events().putRule(r -> r.eventBusName(bus).name(name).eventPattern(pattern));
    if (queue != null) {
      String arn = queue(queue);
      events().putTargets(t -> t.eventBusName(bus).rule(name).targets(x -> x.id("q").arn(arn)));
    }
  }

  private String queue(String name) {
    console.client(SqsClient.class).createQueue(q -> q.queueName(name));
    return "arn:aws:sqs:us-east-1:000000000000:" + name;
  }

  private void publish(String bus, String detail) {
    events()
        .putEvents(p ->
            p.entries(
                e -> e.eventBusName(bus).source("shop").detailType("Ordered").detail(detail)));
  }

  /** Lets deliveries and metrics come to rest. */
  private void settle() {
    console.runtime().clock().advance(Duration.ofSeconds(1));
  }

  private EventBridgeClient events() {
    return console.client(EventBridgeClient.class);
  }
}
