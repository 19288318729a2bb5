package dev.onboard.local.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onboard.local.Rooms;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Call;
import dev.onboard.local.sqs.LocalSqs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** SNS with queues and functions to deliver to, for the tests of this package. */
abstract class SnsFixture {
  @TempDir Path folder;
  Rooms rooms;
  SnsClient sns;
  SqsClient sqs;
  final Functions functions = new Functions();

  @BeforeEach
  void open() {
    open(Rooms.START);
  }

  void open(Instant at) {
    rooms = Rooms.open(folder, at, env -> List.of(new LocalSns(env), new LocalSqs(env), functions));
    sns = rooms.client(SnsClient.class);
    sqs = rooms.client(SqsClient.class);
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  void restart() {
    Instant now = rooms.clock.now();
    rooms.close();
    open(now);
  }

  String topic(String name, Map<String, String> attributes) {
    return sns.createTopic(b -> b.name(name).attributes(attributes)).topicArn();
  }

  String queue(String name) {
    return sqs.createQueue(b -> b.queueName(name)).queueUrl();
  }

  String arn(String queue) {
    return sqs.getQueueAttributes(
            b -> b.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
        .attributes()
        .get(QueueAttributeName.QUEUE_ARN);
  }

  String subscribe(String topic, String queue, Map<String, String> attributes) {
    return sns.subscribe(
            b -> b.topicArn(topic).protocol("sqs").endpoint(arn(queue)).attributes(attributes))
        .subscriptionArn();
  }

  List<Message> receive(String queue) {
    return sqs.receiveMessage(b ->
            b.queueUrl(queue)
                .maxNumberOfMessages(10)
                .messageAttributeNames("All")
                .messageSystemAttributeNamesWithStrings("All"))
        .messages();
  }

  static PublishBatchRequestEntry entry(String id, String message) {
    return PublishBatchRequestEntry.builder().id(id).message(message).build();
  }

  static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  static MessageAttributeValue number(String value) {
    return MessageAttributeValue.builder().dataType("Number").stringValue(value).build();
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static void assertError(ThrowingCallable call, String code, String message) {
    AwsServiceException e = catchThrowableOfType(AwsServiceException.class, call);
    assertThat(e).as("the error").isNotNull();
    assertThat(AwsErrors.code(e) + ": " + AwsErrors.message(e)).isEqualTo(code + ": " + message);
  }

  /** Functions that remember how they were invoked. */
  static final class Functions implements LambdaClient {
    final List<InvokeRequest> requests = new ArrayList<>();
    final List<String> callers = new ArrayList<>();

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
      callers.add(Call.current().caller().arn());
      requests.add(request);
      return InvokeResponse.builder().statusCode(202).build();
    }

    @Override
    public String serviceName() {
      return "lambda";
    }

    @Override
    public void close() {}
  }
}
