package dev.onboard.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

class MessagesTest extends SqsFixture {
  private static final MessageAttributeValue BAR =
      MessageAttributeValue.builder().dataType("String").stringValue("Bar").build();

  @Test
  void sentAndReceived_carriesDigestsAndSystemAttributes() {
    String url = queue("q");
    var sent = sqs.sendMessage(b -> b.queueUrl(url).messageBody("message"));
    assertThat(sent.md5OfMessageBody()).isEqualTo("78e731027d8fd50ed642340b7c9a63b3");
    rooms.clock.advance(Duration.ofSeconds(2));
    Message message = receive(url).getFirst();
    assertThat(message.messageId()).isEqualTo(sent.messageId());
    assertThat(message.md5OfBody()).isEqualTo(sent.md5OfMessageBody());
    assertThat(message.attributes())
        .containsEntry(MessageSystemAttributeName.SENT_TIMESTAMP, "1767225600000")
        .containsEntry(
            MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP, "1767225602000")
        .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")
        .hasSize(4);
    assertThat(message.attributes().get(MessageSystemAttributeName.SENDER_ID)).startsWith("AIDA");
  }

  @Test
  void attributeDigests_areThoseOfAws() {
    String url = queue("q");
    var binary =
        MessageAttributeValue.builder()
            .dataType("Binary")
            .binaryValue(
                SdkBytes.fromString(
                    "traceparent\u001e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01",
                    StandardCharsets.UTF_8))
            .build();
    assertThat(
            sqs.sendMessage(
                    b -> b.queueUrl(url).messageBody("t").messageAttributes(Map.of("Foo", BAR)))
                .md5OfMessageAttributes())
        .isEqualTo("ae7155c6026991b6d54b11589678bf9c");
    sqs.sendMessage(
        b -> b.queueUrl(url).messageBody("t").messageAttributes(Map.of("attr1", binary)));
    Message message = receive(url).get(1);
    assertThat(message.md5OfMessageAttributes()).isEqualTo("8cbe4db156db8a94db8b801b7addb984");
    assertThat(message.messageAttributes()).isEqualTo(Map.of("attr1", binary));
  }

  @Test
  void attributesAskedFor_areTheOnlyOnesGiven() {
    String url = queue("q");
    send(
        url,
        b -> b.messageBody("m").messageAttributes(Map.of("Foo", BAR, "Foo.x", BAR, "Other", BAR)));
    Message message =
        receive(
                url,
                b ->
                    b.messageAttributeNames("Foo.*")
                        .messageSystemAttributeNamesWithStrings("SentTimestamp"))
            .getFirst();
    assertThat(message.messageAttributes()).containsOnlyKeys("Foo", "Foo.x");
    assertThat(message.attributes()).containsOnlyKeys(MessageSystemAttributeName.SENT_TIMESTAMP);
    rooms.clock.advance(Duration.ofSeconds(30));
    Message plain = sqs.receiveMessage(b -> b.queueUrl(url)).messages().getFirst();
    assertThat(plain.hasMessageAttributes()).isFalse();
    assertThat(plain.hasAttributes()).isFalse();
    assertThat(plain.md5OfMessageAttributes()).isNull();
  }

  @Test
  void traceHeader_isASystemAttribute() {
    String url = queue("q");
    send(
        url,
        b ->
            b.messageBody("m")
                .messageSystemAttributes(
                    Map.of(
                        MessageSystemAttributeNameForSends.AWS_TRACE_HEADER,
                        MessageSystemAttributeValue.builder()
                            .dataType("String")
                            .stringValue("Root=1")
                            .build())));
    assertThat(receive(url).getFirst().attributes())
        .containsEntry(MessageSystemAttributeName.AWS_TRACE_HEADER, "Root=1");
  }

  @Test
  void receivedMessage_isHiddenUntilItsTimeIsUp() {
    String url = queue("q");
    send(url, "a");
    Message first = receive(url).getFirst();
    assertThat(receive(url)).isEmpty();
    assertThat(counts(url)).isEqualTo("0 1 0");
    rooms.clock.advance(Duration.ofSeconds(30));
    Message second = receive(url).getFirst();
    assertThat(second.attributes())
        .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2")
        .containsEntry(
            MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP, "1767225600000");
    delete(url, first);
    assertThat(counts(url)).as("an old handle deletes nothing").isEqualTo("0 1 0");
    delete(url, second);
    assertThat(counts(url)).isEqualTo("0 0 0");
  }

  @Test
  void visibilityChanged_countsFromNow() {
    String url = queue("q");
    send(url, "a");
    Message message = receive(url).getFirst();
    sqs.changeMessageVisibility(
        b -> b.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(100));
    rooms.clock.advance(Duration.ofSeconds(99));
    assertThat(receive(url)).isEmpty();
    sqs.changeMessageVisibility(
        b -> b.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(0));
    assertThat(bodies(url)).containsExactly("a");
    assertError(
        () ->
            sqs.changeMessageVisibility(
                b -> b.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(1)),
        "InvalidParameterValueException",
        "Value "
            + message.receiptHandle()
            + " for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not"
            + " available for visibility timeout change.");
  }

  @Test
  void visibilityChangedAfterItsTimeIsUp_hidesTheMessageAgain() {
    String url = queue("q");
    send(url, "a");
    Message message = receive(url).getFirst();
    rooms.clock.advance(Duration.ofSeconds(31));
    sqs.changeMessageVisibility(
        b -> b.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(10));
    assertThat(receive(url)).isEmpty();
    rooms.clock.advance(Duration.ofSeconds(10));
    assertThat(bodies(url)).containsExactly("a");
  }

  @Test
  void visibilityBeyondTwelveHours_isRefused() {
    String url = queue("q");
    send(url, "a");
    Message message = receive(url, b -> b.visibilityTimeout(100)).getFirst();
    rooms.clock.advance(Duration.ofSeconds(50));
    assertError(
        () ->
            sqs.changeMessageVisibility(b ->
                b.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(43_200)),
        "InvalidParameterValueException",
        "Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout"
            + " for the message is beyond the limit [43200 seconds]");
  }

  @Test
  void delayed_isSeenLater() {
    String url = queue("q", Map.of("DelaySeconds", "5"));
    send(url, "queue's");
    send(url, b -> b.messageBody("own").delaySeconds(10));
    assertThat(counts(url)).isEqualTo("0 0 2");
    rooms.clock.advance(Duration.ofSeconds(5));
    assertThat(bodies(url)).containsExactly("queue's");
    rooms.clock.advance(Duration.ofSeconds(5));
    assertThat(bodies(url)).containsExactly("own");
  }

  @Test
  void keptTooLong_isGone() {
    String url = queue("q", Map.of("MessageRetentionPeriod", "60"));
    send(url, "a");
    rooms.clock.advance(Duration.ofSeconds(59));
    send(url, "b");
    rooms.clock.advance(Duration.ofSeconds(1));
    assertThat(counts(url)).isEqualTo("1 0 0");
    assertThat(rows()).isEqualTo(1);
    restart();
    rooms.clock.advance(Duration.ofSeconds(59));
    assertThat(rows()).isZero();
  }

  private long rows() {
    return rooms.store.read(tx -> tx.number("SELECT count(*) FROM sqs_message"));
  }

  @Test
  void tooLarge_isRefused() {
    String url = queue("q");
    send(url, "x".repeat(1_048_576));
    assertError(
        () -> send(url, "x".repeat(1_048_577)),
        "InvalidParameterValueException",
        "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.");
    assertError(
        () ->
            send(
                url,
                b ->
                    b.messageBody("x".repeat(1_048_576 - 11))
                        .messageAttributes(Map.of("Foo", BAR))),
        "InvalidParameterValueException",
        "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.");
  }

  @Test
  void badContents_areRefused() {
    String url = queue("q");
    assertError(
        () -> send(url, ""),
        "MissingRequiredParameterException",
        "The request must contain the parameter MessageBody.");
    assertError(
        () -> send(url, "\u0001"),
        "InvalidMessageContents",
        "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF |"
            + " #xE000 to #xFFFD | #x10000 to #x10FFFF");
    assertError(
        () ->
            send(
                url,
                b ->
                    b.messageBody("x")
                        .messageAttributes(
                            Map.of(
                                "E",
                                MessageAttributeValue.builder()
                                    .dataType("String")
                                    .stringValue("")
                                    .build()))),
        "InvalidParameterValueException",
        "Message (user) attribute 'E' must contain a non-empty value of type 'String'.");
  }

  @Test
  void badReceiveParameters_areRefused() {
    String url = queue("q");
    assertError(
        () -> receive(url, b -> b.maxNumberOfMessages(11)),
        "InvalidParameterValueException",
        "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10,"
            + " if provided.");
    assertError(
        () -> receive(url, b -> b.waitTimeSeconds(21)),
        "InvalidParameterValueException",
        "Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if"
            + " provided.");
  }

  @Test
  void handleOfAnotherQueue_isRefused() {
    String url = queue("q");
    send(url, "a");
    String other = queue("other");
    String handle = receive(url).getFirst().receiptHandle();
    assertError(
        () -> sqs.deleteMessage(b -> b.queueUrl(other).receiptHandle(handle)),
        "ReceiptHandleIsInvalid",
        "The input receipt handle \"" + handle + "\" is not a valid receipt handle.");
    assertError(
        () -> sqs.deleteMessage(b -> b.queueUrl(other).receiptHandle("nonsense")),
        "ReceiptHandleIsInvalid",
        "The input receipt handle \"nonsense\" is not a valid receipt handle.");
  }

  @Test
  void batch_entriesFailAlone() {
    String url = queue("q", Map.of("MaximumMessageSize", "1024"));
    var response =
        sqs.sendMessageBatch(b ->
            b.queueUrl(url)
                .entries(entry("1", "x".repeat(1025)), entry("2", "fine"), entry("3", "")));
    assertThat(response.successful()).extracting(e -> e.id()).containsExactly("2");
    assertThat(response.failed())
        .extracting(e -> e.id() + " " + e.code() + " " + e.senderFault() + " " + e.message())
        .containsExactlyInAnyOrder(
            "1 InvalidParameterValue true One or more parameters cannot be validated. Reason:"
                + " Message must be shorter than 1024 bytes.",
            "3 MissingParameter true The request must contain the parameter MessageBody.");
    List<Message> received = receive(url);
    var deleted =
        sqs.deleteMessageBatch(b ->
            b.queueUrl(url)
                .entries(
                    e -> e.id("a").receiptHandle(received.getFirst().receiptHandle()),
                    e -> e.id("b").receiptHandle("nonsense")));
    assertThat(deleted.successful()).extracting(e -> e.id()).containsExactly("a");
    assertThat(deleted.failed())
        .extracting(e -> e.id() + e.code())
        .containsExactly("bReceiptHandleIsInvalid");
    assertThat(counts(url)).isEqualTo("0 0 0");
  }

  @Test
  void badBatch_failsAsAWhole() {
    String url = queue("q");
    assertError(
        () -> sqs.sendMessageBatch(b -> b.queueUrl(url)),
        "EmptyBatchRequest",
        "There should be at least one SendMessageBatchRequestEntry in the request.");
    assertError(
        () ->
            sqs.sendMessageBatch(b ->
                b.queueUrl(url)
                    .entries(IntStream.range(0, 11).mapToObj(i -> entry("e" + i, "x")).toList())),
        "TooManyEntriesInBatchRequest",
        "Maximum number of entries per request are 10. You have sent 11.");
    assertError(
        () -> sqs.sendMessageBatch(b -> b.queueUrl(url).entries(entry("a", "x"), entry("a", "y"))),
        "BatchEntryIdsNotDistinct",
        "Id a repeated.");
    assertError(
        () -> sqs.sendMessageBatch(b -> b.queueUrl(url).entries(entry("a b", "x"))),
        "InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can"
            + " be at most 80 letters long.");
    assertError(
        () ->
            sqs.sendMessageBatch(b ->
                b.queueUrl(url)
                    .entries(entry("a", "x".repeat(524_288)), entry("b", "x".repeat(524_289)))),
        "BatchRequestTooLong",
        "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.");
    assertThat(counts(url)).isEqualTo("0 0 0");
  }

  @Test
  void messagesSentAndInFlight_surviveARestart() {
    String url = queue("q");
    send(url, "a", "b");
    Message a = receive(url, b -> b.maxNumberOfMessages(1)).getFirst();
    restart();
    assertThat(counts(url)).isEqualTo("1 1 0");
    delete(url, a);
    assertThat(bodies(url)).containsExactly("b");
  }

  private static SendMessageBatchRequestEntry entry(String id, String body) {
    return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
  }
}
