package dev.onboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What a person does with messages that nobody could work on. */
@ExtendWith(InBrowser.class)
class QueueInBrowserTest {

  @Test
  void deadLetters_areRedriven_oneByOneAndAll(Visitor visitor) {
    try (var queues = Queues.of(visitor, "parcels")) {
      queues.giveUp("first");
      queues.giveUp("second");
      queues.giveUp("third");
      Page page = visitor.open("queues");
      Locator row =
          page.locator("tr", new Page.LocatorOptions().setHasText("parcels-dead dead letters"));
      assertThat(row.locator("[data-label=visible]")).hasText("3");
      row.locator("a.whole").click();
      assertThat(page.locator("h1")).hasText("parcels-dead");
      assertThat(page.locator(".letters .why").first()).containsText("parcels");
      page.getByText("second", new Page.GetByTextOptions().setExact(true)).click();
      button(page, "Send back to queue parcels").click();
      assertThat(page.locator(".notice"))
          .containsText("1 message was sent again and is gone from here");
      assertThat(page.locator(".letters tbody tr")).hasCount(2);
      assertThat(queues.receive()).isEqualTo("second");

      button(page, "Redrive all").click();
      assertThat(page.locator(".empty")).containsText("The queue is empty");
      assertThat(page.locator("#task")).containsText("2 of 2 messages moved back");
      assertThat(queues.receive()).isEqualTo("first");
      assertThat(queues.receive()).isEqualTo("third");
    }
  }

  @ParameterizedTest
  @EnumSource
  void queueAndMessage_onEveryScreen_canBeRead(Look look, Visitor visitor) {
    try (var queues = Queues.of(visitor, "look-" + look.slug())) {
      queues.giveUp("{\"order\": 7, \"note\": \"<b>fragile</b>\"}");
      Page page = visitor.open("queues/look-" + look.slug() + "-dead", look);
      assertThat(page.locator(".letters tbody tr")).hasCount(1);
      visitor.check(page);
      visitor.screenshot(page, "queue", look);
      button(page, "Send a message").click();
      assertThat(page.getByLabel("Body")).isVisible();
      visitor.check(page);
      page.keyboard().press("Escape");
      page.locator(".letters a").click();
      assertThat(page.locator(".json")).containsText("<b>fragile</b>");
      visitor.check(page);
      visitor.screenshot(page, "message", look);
    }
  }

  @Test
  void message_isSent_andComesWhileOneLooks(Visitor visitor) {
    try (var queues = Queues.of(visitor, "letters-live")) {
      Page page = visitor.open("queues/letters-live");
      assertThat(page.locator("#live")).hasAttribute("data-state", "on");
      queues.send("it is live");
      assertThat(page.locator(".letters tbody tr")).containsText("it is live");
      button(page, "Send a message").click();
      page.getByLabel("Body").fill("from here");
      page.locator("#send button.primary").click();
      assertThat(page.locator(".notice")).containsText("Sent as message");
      assertThat(page.locator(".letters tbody tr").first()).containsText("from here");
      assertThat(page).hasURL(Pattern.compile("/queues/letters-live\\?notice="));
    }
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  /** A queue whose messages are given up after one try, and where those end. */
  private record Queues(Visitor visitor, SqsClient sqs, String url, String dead)
      implements AutoCloseable {
    static Queues of(Visitor visitor, String name) {
      SqsClient sqs = visitor.onboard().<SqsClient, SqsClientBuilder>client(SqsClient.builder());
      String dead = sqs.createQueue(c -> c.queueName(name + "-dead")).queueUrl();
      String arn =
          sqs.getQueueAttributes(g -> g.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
              .attributes()
              .get(QueueAttributeName.QUEUE_ARN);
      String policy = "{\"deadLetterTargetArn\": \"" + arn + "\", \"maxReceiveCount\": \"1\"}";
      String url =
          sqs.createQueue(c ->
                  c.queueName(name).attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)))
              .queueUrl();
      return new Queues(visitor, sqs, url, dead);
    }

    void send(String body) {
      sqs.sendMessage(s -> s.queueUrl(url).messageBody(body));
    }

    /** Receives a message twice without deleting it; the second time it is gone. */
    void giveUp(String body) {
      send(body);
      sqs.receiveMessage(r -> r.queueUrl(url).visibilityTimeout(0));
      assertThat(sqs.receiveMessage(r -> r.queueUrl(url)).messages()).isEmpty();
    }

    String receive() {
      return sqs.receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(5))
          .messages()
          .getFirst()
          .body();
    }

    @Override
    public void close() {
      // A page that looks on would ask for a queue that is gone.
      visitor.leave();
      sqs.deleteQueue(d -> d.queueUrl(url));
      sqs.deleteQueue(d -> d.queueUrl(dead));
      sqs.close();
    }
  }
}
