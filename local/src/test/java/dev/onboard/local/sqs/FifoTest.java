package dev.onboard.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

class FifoTest extends SqsFixture {
  @Test
  void groupInFlight_givesNothingMoreUntilDeleted() {
    String url = fifo("q", Map.of());
    sendFifo(url, "g", "1", "2");
    sendFifo(url, "h", "3");
    Message first = receive(url, b -> b.maxNumberOfMessages(1)).getFirst();
    assertThat(first.body()).isEqualTo("1");
    assertThat(bodies(url)).containsExactly("3");
    delete(url, first);
    assertThat(bodies(url)).containsExactly("2");
  }

  @Test
  void groupShownAgain_keepsItsOrder() {
    String url = fifo("q", Map.of());
    sendFifo(url, "g", "1", "2", "3");
    assertThat(bodies(url)).containsExactly("1", "2", "3");
    rooms.clock.advance(Duration.ofSeconds(30));
    assertThat(bodies(url)).containsExactly("1", "2", "3");
  }

  @Test
  void sequenceNumbers_grow_acrossRestarts() {
    String url = fifo("q", Map.of());
    String first =
        sqs.sendMessage(b ->
                b.queueUrl(url).messageBody("1").messageGroupId("g").messageDeduplicationId("1"))
            .sequenceNumber();
    assertThat(first).hasSize(20);
    restart();
    sendFifo(url, "g", "2");
    assertThat(receive(url))
        .extracting(m -> m.attributes().get(MessageSystemAttributeName.SEQUENCE_NUMBER))
        .isSorted()
        .startsWith(first);
  }

  @Test
  void sentTwiceWithinFiveMinutes_isOneMessage() {
    String url = fifo("q", Map.of("ContentBasedDeduplication", "true"));
    var one = sqs.sendMessage(b -> b.queueUrl(url).messageBody("x").messageGroupId("g"));
    restart();
    var two = sqs.sendMessage(b -> b.queueUrl(url).messageBody("x").messageGroupId("h"));
    assertThat(two.messageId()).isEqualTo(one.messageId());
    assertThat(two.sequenceNumber()).isEqualTo(one.sequenceNumber());
    Message message = receive(url).getFirst();
    delete(url, message);
    rooms.clock.advance(Duration.ofMinutes(5));
    sqs.sendMessage(b -> b.queueUrl(url).messageBody("x").messageGroupId("g"));
    assertThat(bodies(url)).containsExactly("x");
  }

  @Test
  void deduplicationByGroup_knowsNoOtherGroup() {
    String url = fifo("q", Map.of("DeduplicationScope", "messageGroup"));
    send(url, b -> b.messageBody("x").messageGroupId("g").messageDeduplicationId("1"));
    send(url, b -> b.messageBody("y").messageGroupId("h").messageDeduplicationId("1"));
    send(url, b -> b.messageBody("z").messageGroupId("g").messageDeduplicationId("1"));
    assertThat(bodies(url)).containsExactly("x", "y");
  }

  @Test
  void missingIds_areRefused() {
    String url = fifo("q", Map.of());
    assertError(
        () -> send(url, b -> b.messageBody("x").messageDeduplicationId("1")),
        "MissingRequiredParameterException",
        "The request must contain the parameter MessageGroupId.");
    assertError(
        () -> send(url, b -> b.messageBody("x").messageGroupId("g")),
        "InvalidParameterValueException",
        "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId"
            + " provided explicitly");
    assertError(
        () ->
            send(
                url,
                b ->
                    b.messageBody("x")
                        .messageGroupId("g")
                        .messageDeduplicationId("1")
                        .delaySeconds(2)),
        "InvalidParameterValueException",
        "Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that"
            + " is not valid for this queue type.");
  }

  @Test
  void deleteAfterTheTimeIsUp_isRefused() {
    String url = fifo("q", Map.of());
    sendFifo(url, "g", "1");
    Message message = receive(url).getFirst();
    rooms.clock.advance(Duration.ofSeconds(30));
    assertError(
        () -> delete(url, message),
        "InvalidParameterValueException",
        "Value "
            + message.receiptHandle()
            + " for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.");
  }

  @Test
  void sameAttempt_receivesTheSameMessages() {
    String url = fifo("q", Map.of());
    sendFifo(url, "g", "1", "2");
    var first = receive(url, b -> b.receiveRequestAttemptId("a"));
    restart();
    var again = receive(url, b -> b.receiveRequestAttemptId("a"));
    assertThat(again)
        .extracting(Message::receiptHandle)
        .isEqualTo(first.stream().map(Message::receiptHandle).toList());
    assertThat(receive(url, b -> b.receiveRequestAttemptId("b"))).isEmpty();
  }

  @Test
  void flags_mayBeGivenInAnyCase() {
    String url =
        sqs.createQueue(b ->
                b.queueName("any.fifo")
                    .attributesWithStrings(
                        Map.of("FifoQueue", "True", "ContentBasedDeduplication", "TRUE")))
            .queueUrl();
    assertThat(
            sqs.getQueueAttributes(b -> b.queueUrl(url).attributeNamesWithStrings("All"))
                .attributesAsStrings())
        .containsEntry("FifoQueue", "true")
        .containsEntry("ContentBasedDeduplication", "true");
  }

  @Test
  void delayOfNothing_isTheQueuesOwn() {
    String url =
        sqs.createQueue(b ->
                b.queueName("late.fifo")
                    .attributesWithStrings(
                        Map.of(
                            "FifoQueue", "true",
                            "ContentBasedDeduplication", "true",
                            "DelaySeconds", "2")))
            .queueUrl();
    sqs.sendMessage(b -> b.queueUrl(url).messageBody("a").messageGroupId("g").delaySeconds(0));
    assertThat(receive(url)).isEmpty();
    rooms.clock.advance(Duration.ofSeconds(2));
    assertThat(bodies(url)).containsExactly("a");
  }

  @Test
  void nameAndKind_mustFit() {
    assertError(
        () -> queue("q", Map.of("FifoQueue", "true")),
        "InvalidParameterValueException",
        "The name of a FIFO queue can only include alphanumeric characters, hyphens, or"
            + " underscores, must end with .fifo suffix and be 1 to 80 in length.");
    assertError(
        () -> queue("q.fifo"),
        "InvalidParameterValueException",
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
  }

  @Test
  void groupFreed_wakesAWaitingReceiver() {
    String url = fifo("q", Map.of());
    sendFifo(url, "g", "1", "2");
    Message first = receive(url, b -> b.maxNumberOfMessages(1)).getFirst();
    var seen = new java.util.concurrent.CopyOnWriteArrayList<String>();
    rooms.clock.start(
        "poll",
        () ->
            receive(url, b -> b.waitTimeSeconds(20))
                .forEach(m -> seen.add(m.body() + " " + rooms.clock.now())));
    rooms.clock.after(Duration.ofSeconds(2), () -> delete(url, first));
    rooms.clock.advance(Duration.ofSeconds(25));
    assertThat(seen).containsExactly("2 2026-01-01T00:00:02Z");
  }
}
