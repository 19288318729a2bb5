package dev.onboard.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onboard.local.call.AwsErrors;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;

class QueuesTest extends SqsFixture {
  @Test
  void created_hasAwsDefaults() {
    String url = queue("orders");
    assertThat(url).isEqualTo("http://127.0.0.1:4566/000000000000/orders");
    assertThat(
            sqs.getQueueAttributes(b -> b.queueUrl(url).attributeNamesWithStrings("All"))
                .attributesAsStrings())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("ApproximateNumberOfMessages", "0"),
                Map.entry("ApproximateNumberOfMessagesDelayed", "0"),
                Map.entry("ApproximateNumberOfMessagesNotVisible", "0"),
                Map.entry("CreatedTimestamp", "1767225600"),
                Map.entry("LastModifiedTimestamp", "1767225600"),
                Map.entry("DelaySeconds", "0"),
                Map.entry("MaximumMessageSize", "1048576"),
                Map.entry("MessageRetentionPeriod", "345600"),
                Map.entry("QueueArn", "arn:aws:sqs:us-east-1:000000000000:orders"),
                Map.entry("ReceiveMessageWaitTimeSeconds", "0"),
                Map.entry("SqsManagedSseEnabled", "true"),
                Map.entry("VisibilityTimeout", "30")));
  }

  @Test
  void createdAgain_sameAttributes_isTheSameQueue() {
    String url = queue("orders", Map.of("DelaySeconds", "5"));
    assertThat(queue("orders", Map.of("DelaySeconds", "5"))).isEqualTo(url);
    assertThat(queue("orders")).isEqualTo(url);
  }

  @Test
  void createdAgain_otherAttributes_isRefused() {
    queue("orders", Map.of("DelaySeconds", "5"));
    assertThatThrownBy(() -> queue("orders", Map.of("DelaySeconds", "6")))
        .isInstanceOf(QueueNameExistsException.class);
    assertError(
        () -> queue("orders", Map.of("DelaySeconds", "6")),
        "QueueNameExists",
        "A queue already exists with the same name and a different value for attribute"
            + " DelaySeconds");
  }

  @Test
  void urlOfAnotherHost_meansTheSameQueue() {
    queue("orders");
    send("https://sqs.us-east-1.amazonaws.com/000000000000/orders", "hello");
    assertThat(bodies("http://localhost:9/000000000000/orders")).containsExactly("hello");
  }

  @Test
  void unknownQueue_isRefusedUnderBothCodes() {
    assertThatThrownBy(() -> send("http://x/000000000000/none", "hello"))
        .isInstanceOfSatisfying(
            QueueDoesNotExistException.class,
            e -> {
              assertThat(AwsErrors.code(e)).isEqualTo("QueueDoesNotExist");
              assertThat(new SqsWire().code(AwsErrors.code(e)))
                  .isEqualTo("AWS.SimpleQueueService.NonExistentQueue");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "DelaySeconds,901,InvalidAttributeValue: Invalid value for the parameter DelaySeconds.",
    "VisibilityTimeout,x,InvalidAttributeValue: Invalid value for the parameter VisibilityTimeout.",
    "MaximumMessageSize,1048577,InvalidAttributeValue: Invalid value for the parameter"
        + " MaximumMessageSize.",
    "Policy,nothing,InvalidAttributeValue: Invalid value for the parameter Policy.",
    "FifoQueue,true,InvalidAttributeName: Unknown Attribute FifoQueue.",
    "Nonsense,1,InvalidAttributeName: Unknown Attribute Nonsense.",
    "DeduplicationScope,queue,InvalidAttributeName: You can specify the DeduplicationScope only"
        + " when FifoQueue is set to true."
  })
  void badAttribute_isRefused(String name, String value, String expected) {
    String url = queue("orders");
    String[] parts = expected.split(": ", 2);
    assertError(
        () ->
            sqs.setQueueAttributes(b -> b.queueUrl(url).attributesWithStrings(Map.of(name, value))),
        parts[0],
        parts[1]);
  }

  @Test
  void attributesSet_holdAfterRestart() {
    String url = queue("orders");
    sqs.setQueueAttributes(b ->
        b.queueUrl(url)
            .attributes(
                Map.of(
                    QueueAttributeName.KMS_MASTER_KEY_ID, "alias/aws/sqs",
                    QueueAttributeName.VISIBILITY_TIMEOUT, "90")));
    sqs.tagQueue(b -> b.queueUrl(url).tags(Map.of("a", "1", "b", "2")));
    sqs.untagQueue(b -> b.queueUrl(url).tagKeys("a"));
    restart();
    assertThat(attribute(url, "KmsMasterKeyId")).isEqualTo("alias/aws/sqs");
    assertThat(attribute(url, "SqsManagedSseEnabled")).isEqualTo("false");
    assertThat(attribute(url, "VisibilityTimeout")).isEqualTo("90");
    assertThat(sqs.listQueueTags(b -> b.queueUrl(url)).tags()).isEqualTo(Map.of("b", "2"));
  }

  @Test
  void list_isPagedOnlyWhenAsked() {
    IntStream.range(0, 5).forEach(i -> queue("q" + i));
    queue("other");
    assertThat(sqs.listQueues(b -> b.queueNamePrefix("q")).queueUrls()).hasSize(5);
    var first = sqs.listQueues(b -> b.queueNamePrefix("q").maxResults(2));
    assertThat(first.queueUrls()).hasSize(2);
    var rest =
        sqs.listQueues(b -> b.queueNamePrefix("q").maxResults(3).nextToken(first.nextToken()));
    assertThat(rest.queueUrls()).hasSize(3);
    assertThat(rest.nextToken()).isNull();
  }

  @Test
  void deleted_isGoneWithItsMessages() {
    String url = queue("orders");
    send(url, "a");
    sqs.deleteQueue(b -> b.queueUrl(url));
    assertThatThrownBy(() -> receive(url)).isInstanceOf(QueueDoesNotExistException.class);
    assertThat(bodies(queue("orders"))).isEmpty();
  }

  @Test
  void purge_emptiesOnceAMinute() {
    String url = queue("orders");
    send(url, "a", "b");
    sqs.purgeQueue(b -> b.queueUrl(url));
    assertThat(counts(url)).isEqualTo("0 0 0");
    assertError(
        () -> sqs.purgeQueue(b -> b.queueUrl(url)),
        "PurgeQueueInProgress",
        "Only one PurgeQueue operation on orders is allowed every 60 seconds.");
    rooms.clock.advance(Duration.ofSeconds(60));
    sqs.purgeQueue(b -> b.queueUrl(url));
  }

  @Test
  void permission_becomesAPolicyStatement() {
    String url = queue("orders");
    sqs.addPermission(
        b -> b.queueUrl(url).label("other").awsAccountIds("111111111111").actions("SendMessage"));
    assertThat(attribute(url, "Policy"))
        .isEqualTo(
            "{\"Version\":\"2008-10-17\","
                + "\"Id\":\"arn:aws:sqs:us-east-1:000000000000:orders/SQSDefaultPolicy\","
                + "\"Statement\":[{\"Sid\":\"other\",\"Effect\":\"Allow\","
                + "\"Principal\":{\"AWS\":\"arn:aws:iam::111111111111:root\"},"
                + "\"Action\":\"SQS:SendMessage\","
                + "\"Resource\":\"arn:aws:sqs:us-east-1:000000000000:orders\"}]}");
    sqs.removePermission(b -> b.queueUrl(url).label("other"));
    assertThat(attribute(url, "Policy")).isNull();
    assertError(
        () -> sqs.removePermission(b -> b.queueUrl(url).label("other")),
        "InvalidParameterValueException",
        "Value other for parameter Label is invalid. Reason: can't find label.");
  }

  @Test
  void queueMadeInAWriteThatFails_isNotThere() {
    assertThatThrownBy(() ->
            rooms.store.write(tx -> {
              String url = queue("orders", Map.of("DelaySeconds", "7"));
              send(url, "a");
              throw new IllegalStateException("no");
            }))
        .hasMessage("no");
    assertThat(sqs.listQueues().queueUrls()).isEqualTo(List.of());
    assertThat(attribute(queue("orders"), "DelaySeconds")).isEqualTo("0");
  }
}
