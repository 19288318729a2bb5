package dev.onboard.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.onboard.local.Rooms;
import dev.onboard.local.call.AwsErrors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** A queue service for one test, and short ways to say what is done with it. */
abstract class SqsFixture {
  @TempDir Path folder;
  Rooms rooms;
  SqsClient sqs;

  @BeforeEach
  void open() {
    rooms = Rooms.open(folder, env -> List.of(new LocalSqs(env)));
    sqs = rooms.client(SqsClient.class);
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  void restart() {
    java.time.Instant now = rooms.clock.now();
    rooms.close();
    rooms = Rooms.open(folder, now, env -> List.of(new LocalSqs(env)));
    sqs = rooms.client(SqsClient.class);
  }

  String queue(String name) {
    return queue(name, Map.of());
  }

  String queue(String name, Map<String, String> attributes) {
    return sqs.createQueue(b -> b.queueName(name).attributesWithStrings(attributes)).queueUrl();
  }

  String fifo(String name, Map<String, String> more) {
    var attributes = new java.util.HashMap<>(more);
    attributes.put("FifoQueue", "true");
    return queue(name + ".fifo", attributes);
  }

  String arn(String url) {
    return attribute(url, "QueueArn");
  }

  String attribute(String url, String name) {
    return sqs.getQueueAttributes(b -> b.queueUrl(url).attributeNamesWithStrings("All"))
        .attributes()
        .get(QueueAttributeName.fromValue(name));
  }

  /** Visible, in flight, delayed. */
  String counts(String url) {
    return attribute(url, "ApproximateNumberOfMessages")
        + " "
        + attribute(url, "ApproximateNumberOfMessagesNotVisible")
        + " "
        + attribute(url, "ApproximateNumberOfMessagesDelayed");
  }

  void send(String url, String... bodies) {
    for (String body : bodies) {
      send(url, b -> b.messageBody(body));
    }
  }

  void send(String url, Consumer<SendMessageRequest.Builder> message) {
    sqs.sendMessage(b -> message.accept(b.queueUrl(url)));
  }

  void sendFifo(String url, String group, String... bodies) {
    for (String body : bodies) {
      send(
          url, b -> b.messageBody(body).messageGroupId(group).messageDeduplicationId(group + body));
    }
  }

  List<Message> receive(String url) {
    return receive(url, b -> {});
  }

  List<Message> receive(String url, Consumer<ReceiveMessageRequest.Builder> more) {
    return sqs.receiveMessage(
            b -> {
              b.queueUrl(url)
                  .maxNumberOfMessages(10)
                  .messageSystemAttributeNamesWithStrings("All")
                  .messageAttributeNames("All");
              more.accept(b);
            })
        .messages();
  }

  List<String> bodies(String url) {
    return receive(url).stream().map(Message::body).toList();
  }

  void delete(String url, Message message) {
    sqs.deleteMessage(b -> b.queueUrl(url).receiptHandle(message.receiptHandle()));
  }

  static void assertError(ThrowingCallable call, String code, String message) {
    AwsServiceException e = catchThrowableOfType(AwsServiceException.class, call);
    assertThat(e).as("the error").isNotNull();
    assertThat(AwsErrors.code(e) + ": " + AwsErrors.message(e)).isEqualTo(code + ": " + message);
  }
}
