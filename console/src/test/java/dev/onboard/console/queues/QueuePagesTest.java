package dev.onboard.console.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.console.RunningConsole;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DeadLetterConfig;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** The queues and what can be done with them, as a browser gets them. */
class QueuePagesTest {
  private static final String OURS = "Sec-Fetch-Site";
  private static final String MARKUP = "<script>alert(1)</script>&\"'";

  private RunningConsole console;

  @BeforeEach
  void start(@TempDir Path data) {
    console = RunningConsole.start(data);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  // ------------------------------------------------------------------ looking

  @Test
  void queues_withoutAny_saysHowToGetSome() {
    assertThat(console.page("queues").select(".empty").text())
        .contains("There is no queue", "./onboard deploy");
  }

  @Test
  void queues_areTold_withWhatTheyAreForAndHowMuchWaits() {
    String letters = queue("letters");
    String orders = queue("orders", redrive("letters"));
    String set = queue("aside");
    queue("lonely");
    rule("odd", "aside", null);
    send(orders, "one");
    sqs().sendMessage(s -> s.queueUrl(orders).messageBody("later").delaySeconds(60));
    send(letters, "lost");
    console.runtime().clock().advance(Duration.ofSeconds(5));
    send(set, "set aside");
    Document page = console.page("queues");
    assertThat(row(page, "orders").select("td").eachText())
        .containsExactly("queue", "1", "0", "1", "5 s");
    assertThat(row(page, "letters").select("td").eachText())
        .containsExactly("dead letters", "1", "0", "0", "5 s", "queue orders");
    assertThat(row(page, "aside").select("td").eachText())
        .containsExactly("quarantine", "1", "0", "0", "0 s");
    assertThat(row(page, "lonely").select("td").eachText()).containsExactly("queue", "0", "0", "0");
    assertThat(page.select("main [role=status]").text())
        .isEqualTo("4 messages in 4 queues; 2 wait for you");
    assertThat(row(page, "letters").select(".badge").hasClass("bad")).isTrue();
  }

  @Test
  void queues_arePaged() {
    IntStream.range(0, 103).forEach(i -> queue("q%03d".formatted(i)));
    Document first = console.page("queues");
    assertThat(first.select("tbody tr")).hasSize(100);
    Document second = console.page(first.select(".pager a[rel=next]").attr("href"));
    assertThat(second.select("tbody th").eachText()).containsExactly("q100", "q101", "q102");
  }

  @Test
  void messages_areShown_andReceivedByNobody() {
    String url = queue("orders");
    send(url, "{\"order\": 7, \"note\": \"" + "<b>".repeat(2) + "\"}");
    Document page = console.page("queues/orders");
    assertThat(page.select(".letter").text()).isEqualTo("{\"order\": 7, \"note\": \"<b><b>\"}");
    Document message = console.page(page.select(".letter").attr("href"));
    assertThat(message.select("pre.json").text()).contains("\"order\" : 7");
    assertThat(message.select(".json b")).isEmpty();
    for (int i = 0; i < 3; i++) {
      console.page("queues/orders");
    }
    assertThat(receive(url).attributesAsStrings()).containsEntry("ApproximateReceiveCount", "1");
  }

  @Test
  void message_thatIsNoJson_isText() {
    String url = queue("orders");
    sqs()
        .sendMessage(s ->
            s.queueUrl(url)
                .messageBody(MARKUP)
                .messageAttributes(
                    Map.of(
                        "n" + "ame",
                        MessageAttributeValue.builder()
                            .dataType("Number")
                            .stringValue("7")
                            .build())));
    Document message = console.page(firstMessage("orders"));
    assertThat(message.select("h1").text()).isEqualTo(MARKUP);
    assertThat(message.select("main pre.text").text()).isEqualTo(MARKUP);
    assertThat(message.select("main script")).isEmpty();
    assertThat(message.select("table td").eachText()).containsExactly("Number", "7");
  }

  @Test
  void messages_areFoundByTheirBody_andPaged() {
    String url = queue("orders");
    for (int i = 0; i < 6; i++) {
      int from = i * 10;
      sqs()
          .sendMessageBatch(b ->
              b.queueUrl(url)
                  .entries(
                      IntStream.range(from, from + 10)
                          .mapToObj(n ->
                              SendMessageBatchRequestEntry.builder()
                                  .id("m" + n)
                                  .messageBody("order " + n)
                                  .build())
                          .toList()));
    }
    Document first = console.page("queues/orders");
    assertThat(first.select(".letter").eachText()).hasSize(50).startsWith("order 59", "order 58");
    Document second = console.page(first.select(".pager a[rel=next]").attr("href"));
    assertThat(second.select(".letter").eachText()).hasSize(10).endsWith("order 0");
    assertThat(second.select(".pager a").eachText()).containsExactly("Newest");
    assertThat(console.page("queues/orders?q=order%207").select(".letter").eachText())
        .containsExactly("order 7");
    assertThat(console.page("queues/orders?q=nothing").select(".empty").text())
        .isEqualTo("No message has that in its body.");
  }

  @Test
  void emptyQueue_saysHowToFillIt() {
    queue("orders");
    assertThat(console.page("queues/orders").select(".empty").text())
        .contains("The queue is empty", "aws sqs send-message", "--endpoint-url http://127.0.0.1");
  }

  @Test
  void messageInFlight_saysUntilWhen() {
    String url = queue("orders");
    send(url, "busy");
    receive(url);
    Document message = console.page(firstMessage("orders"));
    assertThat(message.select(".head .badge").text()).isEqualTo("in flight");
    assertThat(message.select("dt").eachText()).contains("Hidden until");
    assertThat(message.select("dd").eachText()).anyMatch(t -> t.startsWith("1 time, first"));
  }

  @Test
  void whatIsNotThere_isNotFound() {
    queue("orders");
    assertThat(console.get("queues/other").statusCode()).isEqualTo(404);
    assertThat(console.get("queues/orders/7").statusCode()).isEqualTo(404);
    assertThat(console.get("queues/orders/x").statusCode()).isEqualTo(404);
  }

  // ------------------------------------------------------------------ why

  @Test
  void deadLetterOfEventBridge_saysWhichTargetFailedAndWhy() {
    queue("letters");
    rule("ordered", "orders", "letters");
    publish("Ordered");
    String why = console.page("queues/letters").select(".why").text();
    assertThat(why)
        .contains("EventBridge could not deliver the event to queue orders for rule ordered")
        .contains("Such an error does not pass by itself, so it did not try again.");
    Document message = console.page(firstMessage("letters"));
    assertThat(message.select("h1").text()).isEqualTo("Ordered from shop");
    assertThat(message.select(".reason dt").eachText())
        .contains("RULE_ARN", "TARGET_ARN", "ERROR_CODE", "ERROR_MESSAGE");
    assertThat(message.select(".reason a[href=/_console/queues/orders]").text())
        .isEqualTo("queue orders");
    assertThat(console.page("queues/letters").select(".facts").text()).contains("rule ordered");
  }

  @Test
  void deadLetterOfAQueue_saysWhereItWasReceivedTooOften() {
    deadLetterOf("orders", "letters", "poison");
    assertThat(console.page("queues/letters").select(".why").text())
        .startsWith("It was received once from queue orders without being deleted");
  }

  @Test
  void recordOfLambda_saysWhatTheFunctionFailedWith() {
    send(queue("letters"), lambdaRecord("RetriesExhausted"));
    Document message = console.page(firstMessage("letters"));
    assertThat(message.select(".reason p").text())
        .isEqualTo(
            "Function register failed 3 times: no such table <b> (java.lang.IllegalStateException)."
                + " Its retries are used up.");
    assertThat(message.select(".reason pre").text()).contains("Register.java:12");
  }

  @Test
  void whatARuleSetAside_saysSo() {
    queue("aside");
    rule("odd", "aside", null);
    publish("Odd");
    assertThat(console.page("queues/aside").select(".why").text())
        .isEqualTo("It was set aside by rule odd.");
  }

  // ------------------------------------------------------------------ doing

  @Test
  void deadLetterOfEventBridge_isSentToItsTarget_onceThatIsThere() {
    queue("letters");
    rule("ordered", "orders", "letters");
    publish("Ordered");
    String message = firstMessage("letters");
    assertThat(console.page(message).select(".way button").eachText())
        .containsExactly("Send to queue orders", "Publish again on bus default", "Delete");
    // The target is still missing, so nothing may be lost.
    Document failed = deal("letters", message, "target");
    assertThat(failed.select(".notice.bad").text()).contains("stays, for it was not taken");
    assertThat(console.page("queues/letters").select(".letter")).hasSize(1);

    String orders = queue("orders");
    Document done = deal("letters", message, "target");
    assertThat(done.select(".notice.good").text())
        .isEqualTo("1 message was sent again and is gone from here.");
    assertThat(done.select(".empty").text()).contains("The queue is empty");
    assertThat(receive(orders).body()).contains("\"detail-type\":\"Ordered\"");
  }

  @Test
  void deadLetterOfEventBridge_isPublishedAgain_forAllRules() {
    queue("letters");
    rule("ordered", "orders", "letters");
    String others = queue("others");
    rule("also", "others", null);
    publish("Ordered");
    receive(others);
    String orders = queue("orders");
    deal("letters", firstMessage("letters"), "bus");
    assertThat(receive(orders).body()).contains("\"detail\":{\"order\":7}");
    assertThat(receive(others).body()).contains("\"detail\":{\"order\":7}");
    assertThat(console.page("queues/letters").select(".letter")).isEmpty();
  }

  @Test
  void deadLetterOfAService_whoseTargetIsABus_hasNoWay() {
    String url = queue("letters");
    events().putRule(p -> p.name("forward").eventPattern("{\"source\": [\"aws.s3\"]}"));
    Map<String, MessageAttributeValue> attributes =
        Map.of(
            "RULE_ARN", text("arn:aws:events:us-east-1:000000000000:rule/forward"),
            "TARGET_ARN", text("arn:aws:events:us-east-1:000000000000:event-bus/gone"),
            "ERROR_CODE", text("NO_RESOURCE"),
            "ERROR_MESSAGE", text("The bus does not exist."));
    sqs()
        .sendMessage(s ->
            s.queueUrl(url)
                .messageBody(
                    "{\"id\": \"1\", \"source\": \"aws.s3\", \"detail-type\": \"Object Created\","
                        + " \"detail\": {}}")
                .messageAttributes(attributes));
    Document message = console.page(firstMessage("letters"));
    assertThat(message.select(".way button").eachText()).containsExactly("Delete");
    assertThat(message.select(".deeds p").text())
        .startsWith("EventBridge takes events of aws.s3 from that service alone");
    assertThat(console.page("queues/letters").select("button[value=again]")).isEmpty();
  }

  @Test
  void deadLetterOfAQueue_thatIsChosen_goesBackWithItsAttributes() {
    String orders = deadLetterOf("orders", "letters", "poison");
    Document done = deal("letters", firstMessage("letters"), "again");
    assertThat(done.select(".notice").text()).contains("1 message was sent again");
    Message back = receive(orders);
    assertThat(back.body()).isEqualTo("poison");
    assertThat(back.messageAttributes().get("kind").stringValue()).isEqualTo("test");
  }

  @Test
  void deadLettersOfAQueue_areAllMovedBackBySqs() {
    String orders = deadLetterOf("orders", "letters", "poison");
    Document page = console.page("queues/letters");
    assertThat(page.select("form[action$=/move] button").text()).isEqualTo("Redrive all");
    HttpResponse<String> answer = post("queues/letters/move", "");
    assertThat(console.page(location(answer)).select(".notice").text())
        .isEqualTo("SQS moves 1 message back to where they came from.");
    console.runtime().clock().advance(Duration.ofSeconds(1));
    assertThat(receive(orders).body()).isEqualTo("poison");
    assertThat(console.page("queues/letters").select("#task").text())
        .contains("completed", "1 of 1 messages moved back");
  }

  @Test
  void queueOfNobodysDeadLetters_isNotRedriven() {
    queue("orders");
    assertThat(console.page("queues/orders").select("form[action$=/move]")).isEmpty();
    assertThat(console.page(location(post("queues/orders/move", ""))).select(".notice.bad").text())
        .contains("Source queue must be configured as a Dead Letter Queue.");
  }

  @Test
  void functionThatIsGone_leavesTheRecordWhereItIs() {
    send(queue("letters"), lambdaRecord("RetriesExhausted"));
    Document answer = deal("letters", firstMessage("letters"), "function");
    assertThat(answer.select(".notice.bad").text()).contains("Function not found");
    assertThat(console.page("queues/letters").select(".letter")).hasSize(1);
  }

  @Test
  void message_isDeletedAlone() {
    String url = queue("orders");
    send(url, "keep");
    send(url, "delete");
    Document answer = deal("orders", firstMessage("orders"), "delete");
    assertThat(answer.select(".notice").text()).isEqualTo("1 message was deleted.");
    assertThat(answer.select(".letter").eachText()).containsExactly("keep");
    Document again = deal("orders", "/_console/queues/orders/1", "delete");
    assertThat(again.select(".notice").text()).startsWith("Nothing was done");
  }

  @Test
  void purge_mustBeConfirmed() {
    String url = queue("orders");
    send(url, "one");
    send(url, "two");
    assertThat(post("queues/orders/purge", "").statusCode()).isEqualTo(400);
    assertThat(console.page("queues/orders").select(".letter")).hasSize(2);
    assertThat(
            console
                .page(location(post("queues/orders/purge", "sure=yes")))
                .select(".notice")
                .text())
        .isEqualTo("Every message of the queue was deleted.");
    assertThat(console.page("queues/orders").select(".letter")).isEmpty();
  }

  @Test
  void message_isSent() {
    String url = queue("orders");
    Document answer =
        console.page(location(post("queues/orders/send", "body=%7B%22a%22%3A+1%7D&delay=")));
    assertThat(answer.select(".notice").text()).startsWith("Sent as message ");
    assertThat(receive(url).body()).isEqualTo("{\"a\": 1}");
    assertThat(console.page(location(post("queues/orders/send", "body="))).select(".notice.bad"))
        .isNotEmpty();
    assertThat(post("queues/orders/send", "body=x&delay=soon").statusCode()).isEqualTo(400);
  }

  @Test
  void otherSites_mayDoNothing() {
    String url = queue("orders");
    send(url, "one");
    for (String deed : List.of("messages", "send", "purge", "move", "cancel")) {
      HttpResponse<String> answer =
          console.post("queues/orders/" + deed, "sure=yes&body=x&do=delete", OURS, "cross-site");
      assertThat(answer.statusCode()).isEqualTo(403);
    }
    assertThat(console.page("queues/orders").select(".letter").eachText()).containsExactly("one");
  }

  // ------------------------------------------------------------------ the stage

  private SqsClient sqs() {
    return console.client(SqsClient.class);
  }

  private EventBridgeClient events() {
    return console.client(EventBridgeClient.class);
  }

  private String queue(String name) {
    return queue(name, Map.of());
  }

  private String queue(String name, Map<QueueAttributeName, String> attributes) {
    return sqs().createQueue(c -> c.queueName(name).attributes(attributes)).queueUrl();
  }

  private static Map<QueueAttributeName, String> redrive(String letters) {
    return Map.of(
        QueueAttributeName.REDRIVE_POLICY,
        "{\"deadLetterTargetArn\": \"" + arn(letters) + "\", \"maxReceiveCount\": 1}");
  }

  private static String arn(String queue) {
    return "arn:aws:sqs:us-east-1:000000000000:" + queue;
  }

  /** A rule of the default bus for every event of the shop, to a queue that may not be there. */
  private void rule(String name, String target, String letters) {
    events().putRule(p -> p.name(name).eventPattern("{\"source\": [\"shop\"]}"));
    events()
        .putTargets(p ->
            p.rule(name)
                .targets(t ->
                    t.id("t")
                        .arn(arn(target))
                        .deadLetterConfig(
                            letters == null
                                ? null
                                : DeadLetterConfig.builder().arn(arn(letters)).build())));
  }

  private void publish(String type) {
    events()
        .putEvents(p -> p.entries(e -> e.source("shop").detailType(type).detail("{\"order\": 7}")));
  }

  private String deadLetterOf(String name, String letters, String body) {
    queue(letters);
    String url = queue(name, redrive(letters));
    sqs()
        .sendMessage(
            s -> s.queueUrl(url).messageBody(body).messageAttributes(Map.of("kind", text("test"))));
    sqs().receiveMessage(r -> r.queueUrl(url).visibilityTimeout(0));
    sqs().receiveMessage(r -> r.queueUrl(url));
    return url;
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  private static String lambdaRecord(String condition) {
    return """
    {"version": "1.0", "requestContext": {"requestId": "r-1",
      "functionArn": "arn:aws:lambda:us-east-1:000000000000:function:register:live",
      "condition": "%s", "approximateInvokeCount": 3},
     "requestPayload": {"id": "e-1", "source": "shop", "detail-type": "UserRegistered", "detail": {}},
     "responsePayload": {"errorType": "java.lang.IllegalStateException",
      "errorMessage": "no such table <b>", "stackTrace": ["Register.handle(Register.java:12)"]}}
    """
        .formatted(condition);
  }

  private void send(String url, String body) {
    sqs().sendMessage(s -> s.queueUrl(url).messageBody(body));
  }

  private Message receive(String url) {
    return sqs()
        .receiveMessage(r ->
            r.queueUrl(url)
                .messageSystemAttributeNamesWithStrings("All")
                .messageAttributeNames("All"))
        .messages()
        .getFirst();
  }

  private String firstMessage(String queue) {
    return console.page("queues/" + queue).select(".letter").first().attr("href");
  }

  private static Element row(Document page, String queue) {
    return page.getElementById("queue-" + queue);
  }

  /** Does something with one message and answers the page that follows. */
  private Document deal(String queue, String message, String deed) {
    String number = message.substring(message.lastIndexOf('/') + 1);
    return console.page(
        location(post("queues/" + queue + "/messages", "m-" + number + "=on&one=yes&do=" + deed)));
  }

  private HttpResponse<String> post(String path, String form) {
    return console.post(path, form, OURS, "same-origin");
  }

  private static String location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return answer.headers().firstValue("Location").orElseThrow();
  }
}
