package dev.onboard.console.events;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.console.RunningConsole;
import dev.onboard.console.web.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ApiDestinationHttpMethod;
import software.amazon.awssdk.services.eventbridge.model.ConnectionAuthorizationType;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Events, what became of them and the form for new ones, as a browser gets them. */
class EventPagesTest {
  private static final String SCHEMA =
      """
      {"$schema": "http://json-schema.org/draft-04/schema#", "type": "object",
       "required": ["metadata", "size"],
       "properties": {
         "metadata": {"type": "object", "required": ["eventId"], "properties": {
           "eventId": {"type": "string", "minLength": 1}, "correlationId": {"type": "string"}}},
         "size": {"type": "string", "enum": ["S", "M"], "description": "How <b>large</b>."},
         "count": {"type": "integer", "minimum": 1},
         "gift": {"type": "boolean"},
         "labels": {"type": "object", "additionalProperties": {"type": "string"}}}}\
      """;

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
  void events_areListedNewestFirst_andSieved() {
    assertThat(console.page("events").select(".empty").text()).isEqualTo("No event yet.");
    events().createEventBus(b -> b.name("orders"));
    publish("default", "Ordered", "{\"email\": \"<i>ada</i>@example.com\"}");
    rule("orders", "all", "{\"source\": [\"shop\"]}", "taken");
    publish("orders", "Paid", "{\"sum\": 3}");
    settle();
    assertThat(types("events")).containsExactly("Paid", "Ordered");
    assertThat(types("events?bus=default")).containsExactly("Ordered");
    assertThat(types("events?q=ada")).containsExactly("Ordered");
    assertThat(types("events?pattern=" + encode("{\"detail\": {\"sum\": [3]}}", UTF_8)))
        .containsExactly("Paid");
    assertThat(types("events?became=unmatched")).containsExactly("Ordered");
    assertThat(types("events?bus=orders&rule=all")).containsExactly("Paid");
    assertThat(console.page("events").select(".about").eachText())
        .containsExactly("{\"sum\":3}", "<i>ada</i>@example.com");
    assertThat(console.page("events").select("tbody .badge").eachText())
        .containsExactly("delivered", "no rule");
    assertThat(console.page("events?q=nothing").select(".empty").text())
        .isEqualTo("No such event.");
    assertThat(console.page("events?pattern=%7B").select(".problem").text())
        .startsWith("The pattern cannot be read: ");
    assertThat(console.get("events?became=lost").statusCode()).isEqualTo(400);
  }

  @Test
  void events_thatAreMany_arePaged() {
    for (int i = 0; i < 120; i++) {
      publish("default", "Event%03d".formatted(i), "{}");
    }
    var seen = new ArrayList<String>();
    String next = "events";
    while (!next.isEmpty()) {
      Document page = console.page(next);
      seen.addAll(page.select("a.whole").eachText());
      next = page.select("a[rel=next]").attr("href");
    }
    assertThat(seen)
        .hasSize(120)
        .doesNotHaveDuplicates()
        .startsWith("Event119")
        .endsWith("Event000");
  }

  @Test
  void event_tellsEachDelivery_withItsAttempts() {
    rule("default", "taken", "{\"source\": [\"shop\"]}", "orders");
    rule("default", "gone", "{\"source\": [\"shop\"]}", null);
    events()
        .putTargets(t ->
            t.rule("gone").targets(x -> x.id("q").arn("arn:aws:sqs:us-east-1:000000000000:gone")));
    partner();
    events()
        .putTargets(t ->
            t.rule("taken")
                .targets(x ->
                    x.id("q")
                        .arn("arn:aws:sqs:us-east-1:000000000000:orders")
                        .inputTransformer(i ->
                            i.inputPathsMap(Map.of("note", "$.detail.note"))
                                .inputTemplate("\"it says <note>\""))));
    String id = publish("default", "Ordered", "{\"note\": \"<script>alert(1)</script>\"}");
    console.runtime().clock().advance(Duration.ofMinutes(10));
    Document page = console.page("events/" + id);
    assertThat(page.select("h1").text()).isEqualTo("Ordered");
    assertThat(page.select(".facts").text())
        .contains(id, "arn:aws:iam::000000000000:user/administrator", "no event that is known");
    assertThat(page.select("#page .json").text()).contains("<script>alert(1)</script>");
    assertThat(page.select("#page script")).isEmpty();
    assertThat(delivery(page, "taken").text())
        .contains("queue orders", "\"it says <script>alert(1)</script>\"", "delivered");
    assertThat(delivery(page, "gone").text()).contains("dropped", "queue gone");
    Element partner = delivery(page, "partner");
    assertThat(partner.text()).contains("failing", "attempts", "Next attempt");
    assertThat(partner.select(".attempts li").size()).isGreaterThan(1);
    assertThat(partner.select("a").first().attr("href")).endsWith("/rules/default/partner");
    assertThat(console.get("events/none").statusCode()).isEqualTo(404);
    assertThat(console.get("events/" + id + "?show=dance").statusCode()).isEqualTo(404);
  }

  @Test
  void event_tellsWhatEachRuleSaysToIt() {
    rule("default", "taken", "{\"source\": [\"shop\"]}", "orders");
    rule("default", "almost", "{\"source\": [\"shop\"], \"detail\": {\"size\": [\"S\"]}}", null);
    rule("default", "sleeping", "{\"source\": [\"shop\"]}", null);
    events().disableRule(d -> d.name("sleeping"));
    String id = publish("default", "Ordered", "{\"size\": \"L\"}");
    Document page = console.page("events/" + id + "?show=rules");
    assertThat(page.select(".verdicts > li > .verdict").eachText())
        .containsExactlyInAnyOrder(
            "yes sleeping is disabled try the pattern of sleeping",
            "yes taken try the pattern of taken",
            "no almost try the pattern of almost");
    assertThat(page.select(".verdicts > li").getLast().select(".reasons").text())
        .isEqualTo("detail.size is \"L\", wanted: \"S\"");
    assertThat(page.select(".shell code").text()).isEqualTo("./onboard why " + id);
    assertThat(console.page(page.select(".try").attr("href")).select("#event").text()).contains(id);
  }

  @Test
  void event_leadsToWhatCausedIt_andToWhatItCaused() {
    events().createEventBus(b -> b.name("orders"));
    events().putRule(r -> r.name("on").eventPattern("{\"source\": [\"shop\"]}"));
    events()
        .putTargets(t ->
            t.rule("on")
                .targets(
                    x -> x.id("b").arn("arn:aws:events:us-east-1:000000000000:event-bus/orders")));
    String first = publish("default", "Ordered", "{\"metadata\": {\"eventId\": \"order-1\"}}");
    String second = publish("orders", "Paid", "{\"metadata\": {\"causationId\": \"order-1\"}}");
    settle();
    Document cause = console.page("events/" + second);
    assertThat(cause.select(".cause").eachText())
        .containsExactly("Ordered on orders", "Ordered on default");
    Document page = console.page("events/" + first + "?show=caused");
    assertThat(page.select("[role=status]").text()).contains("2 events came of it", "all is done");
    assertThat(page.select(".tree b").eachText()).containsExactly("Ordered", "Ordered", "Paid");
    assertThat(page.select(".tree .tree .tree b").text()).isEqualTo("Paid");
    assertThat(console.page("events/" + first).select("h2").eachText())
        .containsExactly("Forwarded", "The event");
  }

  @Test
  void event_leadsToWhatItIsAbout() {
    String execution = "arn:aws:states:us-east-1:000000000000:execution:ship:one";
    String id =
        events()
            .putEvents(p ->
                p.entries(e ->
                    e.source("shop")
                        .detailType("Shipped")
                        .detail("{}")
                        .resources(execution, "arn:aws:s3:::orders")))
            .entries()
            .getFirst()
            .eventId();
    Document page = console.page("events/" + id);
    assertThat(page.select(".facts").text()).contains("execution one", "arn:aws:s3:::orders");
    assertThat(page.select(".facts a[href*=executions]").attr("href"))
        .isEqualTo("/_console/executions/" + execution);
  }

  @Test
  void event_thatDoesNotFitItsSchema_saysWhere() {
    schema();
    String id = publish("default", "Ordered", "{\"size\": \"XL\"}");
    settle();
    Element facts = console.page("events/" + id).selectFirst(".facts");
    assertThat(facts.text()).contains("Schema contracts/shop@Ordered does not fit");
    assertThat(facts.select(".reasons code").eachText()).contains("detail.size");
    assertThat(types("events?became=violating")).containsExactly("Ordered");
    assertThat(console.page("events").select("tbody .badge").eachText())
        .contains("does not fit its schema");
  }

  @Test
  void form_isMadeOfTheSchema_andFilledAsFarAsItCanBe() {
    schema();
    Document page = console.page("events/publish?kind=contracts/shop@Ordered");
    assertThat(page.select(".publish .facts").text()).isEqualTo("Source shop Detail-type Ordered");
    assertThat(page.select(".publish [name^=detail/]").eachAttr("name"))
        .containsExactly(
            "detail/metadata/eventId",
            "detail/metadata/correlationId",
            "detail/size",
            "detail/count",
            "detail/gift",
            "detail/labels");
    assertThat(value(page, "detail/metadata/eventId")).hasSize(36);
    assertThat(page.getElementsByAttributeValue("name", "detail/size").select("option").eachText())
        .containsExactly("S", "M");
    assertThat(page.select(".publish").text()).contains("How <b>large</b>.", "at least 1");
    assertThat(console.get("events/publish?kind=contracts/none").statusCode()).isEqualTo(404);
  }

  @Test
  void form_saysAtTheFieldWhatIsWrong_andPublishesItAllTheSameIfAsked() {
    schema();
    String form =
        "kind=contracts/shop@Ordered&bus=default&detail/metadata/eventId=1&detail/size=S"
            + "&detail/count=many&detail/gift=true&detail/labels=";
    HttpResponse<String> refused = post("events/publish", form);
    assertThat(refused.statusCode()).isEqualTo(200);
    Document page = Jsoup.parse(refused.body());
    assertThat(page.select("[role=alert]").text()).startsWith("It does not fit its schema yet");
    assertThat(page.select(".field:has(.bad) label").text()).isEqualTo("count");
    assertThat(value(page, "detail/count")).isEqualTo("many");
    assertThat(types("events?q=many")).isEmpty();
    Document empty =
        Jsoup.parse(post("events/publish", form.replace("eventId=1", "eventId=")).body());
    assertThat(empty.select(".field:has(.bad) label").text()).isEqualTo("eventId * required count");
    HttpResponse<String> forced = post("events/publish", form + "&force=yes");
    assertThat(forced.statusCode()).isEqualTo(303);
    Document event = console.page(forced.headers().firstValue("Location").orElseThrow());
    assertThat(Json.read(event.select("#page .json").text()).path("detail").toString())
        .isEqualTo(
            "{\"metadata\":{\"eventId\":\"1\"},\"size\":\"S\",\"count\":\"many\",\"gift\":true}");
    assertThat(console.post("events/publish", form).statusCode()).isEqualTo(403);
  }

  @Test
  void form_turnsIntoJsonAndBack_withWhatWasTyped() {
    schema();
    String form =
        "kind=contracts/shop@Ordered&bus=default&detail/metadata/eventId=1&detail/count=2"
            + "&detail/labels="
            + encode("{\"a\": \"b\"}", UTF_8);
    Document json = Jsoup.parse(post("events/publish", form + "&turn=json").body());
    String detail = json.select("#json").text();
    assertThat(Json.read(detail).toString())
        .isEqualTo("{\"metadata\":{\"eventId\":\"1\"},\"count\":2,\"labels\":{\"a\":\"b\"}}");
    String asJson =
        "kind=contracts/shop@Ordered&bus=default&as=json&detail="
            + encode(detail.replace("\"count\"", "\"extra\" : true, \"count\""), UTF_8);
    Document fields = Jsoup.parse(post("events/publish", asJson + "&turn=fields").body());
    assertThat(value(fields, "detail/count")).isEqualTo("2");
    assertThat(fields.select("textarea").eachText()).anyMatch(t -> t.contains("\"extra\" : true"));
    assertThat(post("events/publish", form.replace("%22b%22", "b")).body())
        .contains("is no JSON: ");
  }

  @Test
  void form_forAnyEvent_takesJson() {
    Document page = console.page("events/publish");
    assertThat(page.select("#json").text()).isEqualTo("{ }");
    String form = "bus=default&source=shop&detail-type=Odd&detail=";
    assertThat(post("events/publish", form + "%5B%5D").body()).contains("must be a JSON object");
    HttpResponse<String> done = post("events/publish", form + encode("{\"a\": 1}", UTF_8));
    assertThat(
            console.page(done.headers().firstValue("Location").orElseThrow()).select("h1").text())
        .isEqualTo("Odd");
    assertThat(
            post("events/publish", "bus=default&source=aws.mine&detail-type=x&detail=%7B%7D")
                .body())
        .contains("PutEvents refused it: NotAuthorizedForSourceException");
  }

  @Test
  void form_likeAnotherEvent_hasItsDetailWithNewIds() {
    schema();
    String id =
        publish("default", "Ordered", "{\"metadata\": {\"eventId\": \"old\"}, \"size\": \"M\"}");
    Document page =
        console.page(console.page("events/" + id).select(".head a[href*=id]").attr("href"));
    assertThat(value(page, "detail/metadata/eventId")).isNotEqualTo("old").hasSize(36);
    assertThat(page.select("option[value=M]").hasAttr("selected")).isTrue();
    assertThat(console.get("events/publish?id=none").statusCode()).isEqualTo(404);
  }

  @Test
  void archive_isReplayed() {
    assertThat(console.page("events/archives").select(".shell code").text())
        .startsWith("aws events create-archive ");
    String bus = "arn:aws:events:us-east-1:000000000000:event-bus/default";
    events().createArchive(a -> a.archiveName("all").eventSourceArn(bus));
    rule("default", "taken", "{\"source\": [\"shop\"]}", "orders");
    publish("default", "Ordered", "{}");
    console.runtime().clock().advance(Duration.ofMinutes(15));
    Document page = console.page("events/archives?archive=all");
    assertThat(page.select("#archive-all").text()).contains("default", "enabled", "for ever");
    String form =
        "archive=all&name=again&rule=taken&from="
            + encode(page.select("#from").attr("value"), UTF_8)
            + "&to="
            + encode(page.select("#to").attr("value"), UTF_8);
    assertThat(post("events/archives/replays", form).statusCode()).isEqualTo(303);
    console.runtime().clock().advance(Duration.ofMinutes(5));
    Document after = console.page("events/archives");
    assertThat(after.select("#replay-again").text()).contains("again", "all", "completed");
    Document replayed = console.page(after.select("#replay-again a").attr("href"));
    assertThat(replayed.select("tbody tr")).hasSize(1);
    assertThat(post("events/archives/replays", form).statusCode()).isEqualTo(400);
    assertThat(post("events/archives/replays", "archive=all&name=x&from=now&to=now").body())
        .contains("From must be a time in UTC such as 2026-01-31 12:00:00, not now.");
    assertThat(console.get("events/archives?archive=none").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> post(String path, String form) {
    return console.post(path, form, "Sec-Fetch-Site", "same-origin");
  }

  private List<String> types(String path) {
    return console.page(path).select("tbody a.whole").eachText();
  }

  private static Element delivery(Document page, String rule) {
    return page.select("tbody tr").stream()
        .filter(r -> r.select("td").first().text().equals(rule))
        .findFirst()
        .orElseThrow();
  }

  private static String value(Document page, String name) {
    return page.getElementsByAttributeValue("name", name).first().val();
  }

  private void schema() {
    SchemasClient schemas = console.client(SchemasClient.class);
    schemas.createRegistry(r -> r.registryName("contracts"));
    schemas.createSchema(s ->
        s.registryName("contracts")
            .schemaName("shop@Ordered")
            .type("JSONSchemaDraft4")
            .content(SCHEMA));
  }

  /** A rule whose target does not answer. */
  private void partner() {
    String connection =
        events()
            .createConnection(c ->
                c.name("partner")
                    .authorizationType(ConnectionAuthorizationType.API_KEY)
                    .authParameters(a ->
                        a.apiKeyAuthParameters(k -> k.apiKeyName("key").apiKeyValue("secret"))))
            .connectionArn();
    String destination =
        events()
            .createApiDestination(d ->
                d.name("partner")
                    .connectionArn(connection)
                    .httpMethod(ApiDestinationHttpMethod.POST)
                    .invocationEndpoint("https://127.0.0.1:1/"))
            .apiDestinationArn();
    events().putRule(r -> r.name("partner").eventPattern("{\"source\": [\"shop\"]}"));
    events()
        .putTargets(t ->
            t.rule("partner")
                .targets(x ->
                    x.id("p").arn(destination).roleArn("arn:aws:iam::000000000000:role/call")));
  }

  private void rule(String bus, String name, String pattern, String queue) {
    events().putRule(r -> r.eventBusName(bus).name(name).eventPattern(pattern));
    if (queue != null) {
      console.client(SqsClient.class).createQueue(q -> q.queueName(queue));
      String arn = "arn:aws:sqs:us-east-1:000000000000:" + queue;
      events().putTargets(t -> t.eventBusName(bus).rule(name).targets(x -> x.id("q").arn(arn)));
    }
  }

  private String publish(String bus, String type, String detail) {
    return events()
        .putEvents(
            p -> p.entries(e -> e.eventBusName(bus).source("shop").detailType(type).detail(detail)))
        .entries()
        .getFirst()
        .eventId();
  }

  /** Lets deliveries and what works behind the buses come to rest. */
  private void settle() {
    console.runtime().clock().advance(Duration.ofSeconds(1));
  }

  private EventBridgeClient events() {
    return console.client(EventBridgeClient.class);
  }
}
