package dev.onboard.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.Rooms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class QueuedMessagesTest {
  private static final long NEWEST = Long.MAX_VALUE;

  @TempDir Path folder;
  private Rooms rooms;
  private SqsClient sqs;
  private QueuedMessages messages;

  @BeforeEach
  void open() {
    rooms = Rooms.open(folder, env -> List.of(new LocalSqs(env)));
    sqs = rooms.client(SqsClient.class);
    messages = new QueuedMessages(rooms.store);
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  void looking_receivesNothing() {
    String url = sqs.createQueue(q -> q.queueName("q")).queueUrl();
    sqs.sendMessage(m ->
        m.queueUrl(url)
            .messageBody("first")
            .messageAttributes(
                Map.of(
                    "ERROR_CODE",
                    MessageAttributeValue.builder().dataType("String").stringValue("NO").build())));
    sqs.sendMessage(m -> m.queueUrl(url).messageBody("second"));
    assertThat(messages.in("q", null, NEWEST, 10))
        .extracting(QueuedMessages.Queued::body)
        .containsExactly("second", "first");
    QueuedMessages.Queued first = messages.in("q", "irs", NEWEST, 10).getFirst();
    assertThat(first.attributes().get("ERROR_CODE").stringValue()).isEqualTo("NO");
    assertThat(first.receives()).isZero();
    assertThat(first.firstReceived()).isNull();
    assertThat(first.sent()).isEqualTo(Rooms.START);
    assertThat(messages.in("q", null, first.number() + 1, 1))
        .extracting(QueuedMessages.Queued::body)
        .containsExactly("first");
    assertThat(messages.in("other", null, NEWEST, 10)).isEmpty();
    assertThat(sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10)).messages())
        .hasSize(2);
    assertThat(messages.in("q", null, NEWEST, 1).getFirst().receives()).isEqualTo(1);
  }

  @Test
  void messages_arePagedByTheirNumbers() {
    String url = sqs.createQueue(q -> q.queueName("q")).queueUrl();
    String other = sqs.createQueue(q -> q.queueName("other")).queueUrl();
    for (int i = 0; i < 5; i++) {
      String body = "m" + i;
      sqs.sendMessage(m -> m.queueUrl(url).messageBody(body));
      sqs.sendMessage(m -> m.queueUrl(other).messageBody("of the other"));
    }
    List<QueuedMessages.Queued> page = messages.in("q", null, NEWEST, 2);
    assertThat(page).extracting(QueuedMessages.Queued::body).containsExactly("m4", "m3");
    assertThat(messages.in("q", null, page.getLast().number(), 9))
        .extracting(QueuedMessages.Queued::body)
        .containsExactly("m2", "m1", "m0");
    assertThat(messages.find("q", page.getFirst().number())).contains(page.getFirst());
    assertThat(messages.find("other", page.getFirst().number())).isEmpty();
  }

  @Test
  void handle_ofAMessageThatIsLookedAt_deletesIt() {
    String url = sqs.createQueue(q -> q.queueName("q")).queueUrl();
    sqs.sendMessage(m -> m.queueUrl(url).messageBody("keep"));
    sqs.sendMessage(m -> m.queueUrl(url).messageBody("delete"));
    String handle = messages.in("q", "delete", NEWEST, 1).getFirst().handle();
    sqs.deleteMessage(d -> d.queueUrl(url).receiptHandle(handle));
    assertThat(messages.in("q", null, NEWEST, 10))
        .extracting(QueuedMessages.Queued::body)
        .containsExactly("keep");
  }

  @Test
  void handle_ofAMessageThatSomebodyReceivedSince_deletesNothing() {
    String url = sqs.createQueue(q -> q.queueName("q")).queueUrl();
    sqs.sendMessage(m -> m.queueUrl(url).messageBody("wanted by two"));
    String handle = messages.in("q", null, NEWEST, 1).getFirst().handle();
    sqs.receiveMessage(r -> r.queueUrl(url));
    sqs.deleteMessage(d -> d.queueUrl(url).receiptHandle(handle));
    QueuedMessages.Queued received = messages.in("q", null, NEWEST, 1).getFirst();
    assertThat(received.receives()).isEqualTo(1);
    sqs.deleteMessage(d -> d.queueUrl(url).receiptHandle(received.handle()));
    assertThat(messages.in("q", null, NEWEST, 1)).isEmpty();
  }

  @Test
  void oldest_isThatOfEachQueueWithMessages() {
    String url = sqs.createQueue(q -> q.queueName("q")).queueUrl();
    sqs.createQueue(q -> q.queueName("empty"));
    sqs.sendMessage(m -> m.queueUrl(url).messageBody("old"));
    rooms.clock.advance(Duration.ofSeconds(90));
    sqs.sendMessage(m -> m.queueUrl(url).messageBody("new"));
    assertThat(messages.oldest()).isEqualTo(Map.of("q", Rooms.START));
  }

  @Test
  void deadLetter_saysWhereItComesFrom() {
    String dead = sqs.createQueue(q -> q.queueName("dead")).queueUrl();
    String arn =
        sqs.getQueueAttributes(g -> g.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    String url =
        sqs.createQueue(q ->
                q.queueName("q")
                    .attributesWithStrings(
                        Map.of(
                            "RedrivePolicy",
                            "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":1}")))
            .queueUrl();
    sqs.sendMessage(m -> m.queueUrl(url).messageBody("poison"));
    for (int i = 0; i < 2; i++) {
      sqs.receiveMessage(r -> r.queueUrl(url).visibilityTimeout(1));
      rooms.clock.advance(Duration.ofSeconds(2));
    }
    QueuedMessages.Queued poison = messages.in("dead", null, NEWEST, 10).getFirst();
    assertThat(poison.source()).endsWith(":q");
    assertThat(poison.receives()).isEqualTo(1);
  }
}
