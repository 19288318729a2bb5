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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

class SnsTest {
  @TempDir Path folder;
  private Rooms rooms;
  private SnsClient sns;
  private SqsClient sqs;
  private final Functions functions = new Functions();

  @BeforeEach
  void open() {
    open(Rooms.START);
  }

  private void open(Instant at) {
    rooms = Rooms.open(folder, at, env -> List.of(new LocalSns(env), new LocalSqs(env), functions));
    sns = rooms.client(SnsClient.class);
    sqs = rooms.client(SqsClient.class);
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  void topic_isDescribedAsOnAws() {
    String topic = topic("t", Map.of("DisplayName", "T"));
    assertThat(topic).isEqualTo("arn:aws:sns:us-east-1:000000000000:t");
    assertThat(sns.getTopicAttributes(b -> b.topicArn(topic)).attributes())
        .containsEntry("DisplayName", "T")
        .containsEntry("Owner", "000000000000")
        .containsEntry("SubscriptionsConfirmed", "0")
        .containsKeys("Policy", "EffectiveDeliveryPolicy", "TopicArn")
        .doesNotContainKey("FifoTopic");
    assertThat(topic("t", Map.of("DisplayName", "T"))).isEqualTo(topic);
    assertError(
        () -> topic("t", Map.of("DisplayName", "U")),
        "InvalidParameter",
        "Invalid parameter: Attributes Reason: Topic already exists with different attributes");
    sns.setTopicAttributes(
        b -> b.topicArn(topic).attributeName("SignatureVersion").attributeValue("2"));
    sns.tagResource(b -> b.resourceArn(topic).tags(t -> t.key("a").value("1")));
    restart();
    assertThat(sns.getTopicAttributes(b -> b.topicArn(topic)).attributes())
        .containsEntry("SignatureVersion", "2");
    assertThat(sns.listTagsForResource(b -> b.resourceArn(topic)).tags()).hasSize(1);
    assertThat(sns.listTopics().topics()).hasSize(1);
    sns.deleteTopic(b -> b.topicArn(topic));
    sns.deleteTopic(b -> b.topicArn(topic));
    assertError(
        () -> sns.getTopicAttributes(b -> b.topicArn(topic)), "NotFound", "Topic does not exist");
  }

  @Test
  void published_reachesAQueueInTheEnvelope() {
    String topic = topic("t", Map.of());
    String queue = queue("q");
    String subscription = subscribe(topic, queue, Map.of());
    String id =
        sns.publish(b ->
                b.topicArn(topic)
                    .message("say \"hi\"")
                    .subject("S")
                    .messageAttributes(Map.of("n", number("5"))))
            .messageId();
    Message message = receive(queue).getFirst();
    assertThat(message.body())
        .isEqualTo(
            """
            {
              "Type" : "Notification",
              "MessageId" : "%s",
              "TopicArn" : "%s",
              "Subject" : "S",
              "Message" : "say \\"hi\\"",
              "Timestamp" : "2026-01-01T00:00:00.000Z",
              "SignatureVersion" : "1",
              "Signature" : "not-signed-by-the-local-runtime",
              "SigningCertURL" : "https://sns.us-east-1.amazonaws.com/not-signed-by-the-local-runtime.pem",
              "UnsubscribeURL" : "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=%s",
              "MessageAttributes" : {
                "n" : {"Type":"Number","Value":"5"}
              }
            }\
            """
                .formatted(id, topic, subscription));
  }

  @Test
  void rawDelivery_isTheMessageItself() {
    String topic = topic("t", Map.of());
    String queue = queue("q");
    subscribe(topic, queue, Map.of("RawMessageDelivery", "true"));
    sns.publish(
        b -> b.topicArn(topic).message("plain").messageAttributes(Map.of("n", number("5"))));
    Message message = receive(queue).getFirst();
    assertThat(message.body()).isEqualTo("plain");
    assertThat(message.messageAttributes().get("n").stringValue()).isEqualTo("5");
  }

  @Test
  void published_invokesAFunctionAsynchronously() {
    String topic = topic("t", Map.of());
    String subscription =
        sns.subscribe(b ->
                b.topicArn(topic)
                    .protocol("lambda")
                    .endpoint("arn:aws:lambda:us-east-1:000000000000:function:f"))
            .subscriptionArn();
    sns.publish(b -> b.topicArn(topic).message("hello"));
    InvokeRequest request = functions.requests.getFirst();
    assertThat(request.invocationType()).isEqualTo(InvocationType.EVENT);
    assertThat(functions.callers).containsExactly("sns.amazonaws.com");
    JsonNode record = json(request.payload().asUtf8String()).at("/Records/0");
    assertThat(record.at("/EventSource").asText()).isEqualTo("aws:sns");
    assertThat(record.at("/EventSubscriptionArn").asText()).isEqualTo(subscription);
    assertThat(record.at("/Sns/Message").asText()).isEqualTo("hello");
    assertThat(record.at("/Sns/Subject").isNull()).isTrue();
    assertThat(record.at("/Sns/MessageAttributes").isEmpty()).isTrue();
  }

  @Test
  void messageStructure_choosesByProtocol() {
    String topic = topic("t", Map.of());
    String queue = queue("q");
    subscribe(topic, queue, Map.of("RawMessageDelivery", "true"));
    sns.publish(b ->
        b.topicArn(topic).messageStructure("json").message("{\"default\":\"d\",\"sqs\":\"s\"}"));
    assertThat(receive(queue)).extracting(Message::body).containsExactly("s");
    assertError(
        () -> sns.publish(b -> b.topicArn(topic).messageStructure("json").message("{}")),
        "InvalidParameter",
        "Invalid parameter: Message Structure - No default entry in JSON message body");
    assertError(
        () -> sns.publish(b -> b.topicArn(topic).messageStructure("json").message("{")),
        "InvalidParameter",
        "Invalid parameter: Message Structure - JSON message body failed to parse");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":[\"a\",\"b\"]}|type=a|true",
        "{\"type\":[\"a\"]}|type=c|false",
        "{\"type\":[\"a\"]}||false",
        "{\"type\":[{\"prefix\":\"a\"}]}|type=abc|true",
        "{\"type\":[{\"anything-but\":\"a\"}]}|type=b|true",
        "{\"type\":[{\"exists\":false}]}||true",
        "{\"n\":[{\"numeric\":[\">\",3,\"<\",6]}]}|n=5|true",
        "{\"n\":[{\"numeric\":[\">\",6]}]}|n=5|false",
        "{\"type\":[\"a\"],\"n\":[5]}|type=a;n=5|true",
        "{}|type=a|true"
      })
  void filterPolicy_decidesByAttributes(String policy, String attributes, boolean wanted) {
    String topic = topic("t", Map.of());
    String queue = queue("q");
    subscribe(topic, queue, Map.of("FilterPolicy", policy));
    var values = new java.util.HashMap<String, MessageAttributeValue>();
    if (attributes != null) {
      for (String pair : attributes.split(";")) {
        String[] parts = pair.split("=");
        values.put(parts[0], parts[0].equals("n") ? number(parts[1]) : text(parts[1]));
      }
    }
    sns.publish(b -> b.topicArn(topic).message("m").messageAttributes(values));
    assertThat(receive(queue)).hasSize(wanted ? 1 : 0);
  }

  @Test
  void filterPolicy_decidesByBody() {
    String topic = topic("t", Map.of());
    String queue = queue("q");
    subscribe(
        topic,
        queue,
        Map.of(
            "FilterPolicyScope", "MessageBody",
            "FilterPolicy", "{\"detail\":{\"kind\":[\"a\"]}}",
            "RawMessageDelivery", "true"));
    sns.publish(b -> b.topicArn(topic).message("{\"detail\":{\"kind\":\"a\"}}"));
    sns.publish(b -> b.topicArn(topic).message("{\"detail\":{\"kind\":\"b\"}}"));
    sns.publish(b -> b.topicArn(topic).message("not json"));
    assertThat(receive(queue)).hasSize(1);
  }

  @Test
  void badFilterPolicies_areRefusedInSnssWords() {
    String topic = topic("t", Map.of());
    String queue = queue("q");
    assertError(
        () -> subscribe(topic, queue, Map.of("FilterPolicy", "{\"key\":[[\"value\"]]}")),
        "InvalidParameter",
        "Invalid parameter: Attributes Reason: FilterPolicy: Match value must be String, number,"
            + " true, false, or null\n"
            + " at [Source: (String)\"{\"key\":[[\"value\"]]}\"; line: 1, column: 10]");
    assertError(
        () ->
            subscribe(
                topic,
                queue,
                Map.of(
                    "FilterPolicy",
                    "{\"a\":[1],\"b\":[1],\"c\":[1],\"d\":[1],\"e\":[1],\"f\":[1]}")),
        "InvalidParameter",
        "Invalid parameter: Attributes Reason: FilterPolicy: Filter policy can not have more than 5"
            + " keys");
    String subscription = subscribe(topic, queue, Map.of());
    assertError(
        () ->
            sns.setSubscriptionAttributes(b ->
                b.subscriptionArn(subscription)
                    .attributeName("FilterPolicy")
                    .attributeValue("{\"a\":{\"b\":[1]}}")),
        "InvalidParameter",
        "Invalid parameter: Filter policy scope MessageAttributes does not support nested filter"
            + " policy");
  }

  @Test
  void queueGone_goesToTheDeadLetters() {
    String topic = topic("t", Map.of());
    String queue = queue("q");
    String dead = queue("dead");
    subscribe(
        topic,
        queue,
        Map.of(
            "RawMessageDelivery",
            "true",
            "RedrivePolicy",
            "{\"deadLetterTargetArn\":\"" + arn(dead) + "\"}"));
    sqs.deleteQueue(b -> b.queueUrl(queue));
    sns.publish(b -> b.topicArn(topic).message("m"));
    assertThat(receive(dead)).extracting(Message::body).containsExactly("m");
  }

  @Test
  void queueDown_isTriedAgain_alsoAfterARestart() {
    String topic = topic("t", Map.of());
    String queue = queue("q");
    subscribe(topic, queue, Map.of("RawMessageDelivery", "true"));
    down(6);
    sns.publish(b -> b.topicArn(topic).message("m").messageAttributes(Map.of("a", text("x"))));
    rooms.clock.advance(Duration.ZERO);
    assertThat(receive(queue)).isEmpty();
    restart();
    down(1);
    rooms.clock.advance(Duration.ofMinutes(1));
    Message message = receive(queue).getFirst();
    assertThat(message.body()).isEqualTo("m");
    assertThat(message.messageAttributes()).containsKey("a");
    assertThat(receive(queue)).isEmpty();
  }

  private void down(int times) {
    rooms.faults.inject(
        "sqs",
        "SendMessage",
        times,
        c -> true,
        AwsErrors.error(SqsException.builder(), 500, "InternalError", "down"));
  }

  @Test
  void mailSubscription_staysPending() {
    String topic = topic("t", Map.of());
    assertThat(
            sns.subscribe(b -> b.topicArn(topic).protocol("email").endpoint("ops@example.com"))
                .subscriptionArn())
        .isEqualTo("pending confirmation");
    assertThat(sns.listSubscriptionsByTopic(b -> b.topicArn(topic)).subscriptions())
        .extracting(s -> s.subscriptionArn())
        .containsExactly("PendingConfirmation");
    assertThat(sns.getTopicAttributes(b -> b.topicArn(topic)).attributes())
        .containsEntry("SubscriptionsPending", "1");
    sns.publish(b -> b.topicArn(topic).message("m"));
    assertError(
        () -> sns.subscribe(b -> b.topicArn(topic).protocol("https").endpoint("https://x")),
        "NotSupportedByLocalRuntime",
        "sns:Subscribe with the protocol https is not supported: the local runtime does not have"
            + " it");
    assertError(
        () -> sns.subscribe(b -> b.topicArn(topic).protocol("pigeon").endpoint("x")),
        "InvalidParameter",
        "Invalid parameter: Amazon SNS does not support this protocol string: pigeon");
  }

  @Test
  void subscription_isMadeOnce_andTakenAway() {
    String topic = topic("t", Map.of());
    String queue = queue("q");
    String arn = subscribe(topic, queue, Map.of("RawMessageDelivery", "true"));
    assertThat(subscribe(topic, queue, Map.of("RawMessageDelivery", "true"))).isEqualTo(arn);
    assertError(
        () -> subscribe(topic, queue, Map.of("RawMessageDelivery", "false")),
        "InvalidParameter",
        "Invalid parameter: Attributes Reason: Subscription already exists with different"
            + " attributes");
    assertThat(sns.getSubscriptionAttributes(b -> b.subscriptionArn(arn)).attributes())
        .containsEntry("PendingConfirmation", "false")
        .containsEntry("RawMessageDelivery", "true")
        .containsEntry("SubscriptionPrincipal", "arn:aws:iam::000000000000:user/administrator");
    sns.unsubscribe(b -> b.subscriptionArn(arn));
    sns.unsubscribe(b -> b.subscriptionArn(arn));
    assertError(
        () -> sns.getSubscriptionAttributes(b -> b.subscriptionArn(arn)),
        "NotFound",
        "Subscription does not exist");
    assertThat(sns.getTopicAttributes(b -> b.topicArn(topic)).attributes())
        .containsEntry("SubscriptionsDeleted", "1");
  }

  @Test
  void badMessages_areRefused() {
    String topic = topic("t", Map.of());
    assertError(
        () -> sns.publish(b -> b.topicArn(topic).message("")),
        "InvalidParameter",
        "Invalid parameter: Empty message");
    assertError(
        () -> sns.publish(b -> b.topicArn(topic).message("x".repeat(262_145))),
        "InvalidParameter",
        "Invalid parameter: Message too long");
    assertError(
        () -> sns.publish(b -> b.topicArn(topic).message("x").subject("")),
        "InvalidParameter",
        "Invalid parameter: Subject");
    assertError(
        () -> sns.publish(b -> b.topicArn(topic + "x").message("x")),
        "NotFound",
        "Topic does not exist");
    assertError(
        () -> sns.publish(b -> b.topicArn("random:arn").message("x")),
        "InvalidParameter",
        "Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 2");
    assertError(
        () ->
            sns.publish(
                b -> b.topicArn(topic).message("x").messageAttributes(Map.of("a^", text("x")))),
        "ParameterValueInvalid",
        "Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can"
            + " only include alphanumeric characters, hyphens, underscores, or dots.");
  }

  @Test
  void batch_publishesEach() {
    String topic = topic("t", Map.of());
    String queue = queue("q");
    subscribe(topic, queue, Map.of("RawMessageDelivery", "true"));
    var response =
        sns.publishBatch(b ->
            b.topicArn(topic)
                .publishBatchRequestEntries(entry("1", "a"), entry("2", ""), entry("3", "c")));
    assertThat(response.successful()).extracting(e -> e.id()).containsExactly("1", "3");
    assertThat(response.failed())
        .extracting(e -> e.id() + e.code())
        .containsExactly("2InvalidParameter");
    assertThat(receive(queue)).extracting(Message::body).containsExactly("a", "c");
    assertError(
        () ->
            sns.publishBatch(b ->
                b.topicArn(topic).publishBatchRequestEntries(entry("1", "a"), entry("1", "b"))),
        "BatchEntryIdsNotDistinct",
        "Two or more batch entries in the request have the same Id.");
  }

  @Test
  void fifoTopic_keepsOrder_andDropsRepeats() {
    String topic =
        topic("t.fifo", Map.of("FifoTopic", "true", "ContentBasedDeduplication", "true"));
    String queue =
        sqs.createQueue(b ->
                b.queueName("q.fifo").attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
            .queueUrl();
    subscribe(topic, queue, Map.of("RawMessageDelivery", "true"));
    String first =
        sns.publish(b -> b.topicArn(topic).message("a").messageGroupId("g")).sequenceNumber();
    String again =
        sns.publish(b -> b.topicArn(topic).message("a").messageGroupId("g")).sequenceNumber();
    String second =
        sns.publish(b -> b.topicArn(topic).message("b").messageGroupId("g")).sequenceNumber();
    assertThat(first).hasSize(20).isEqualTo(again).isLessThan(second);
    List<Message> messages = receive(queue);
    assertThat(messages).extracting(Message::body).containsExactly("a", "b");
    assertThat(messages.getFirst().attributes())
        .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "g");
    assertError(
        () -> sns.publish(b -> b.topicArn(topic).message("x")),
        "InvalidParameter",
        "Invalid parameter: The MessageGroupId parameter is required for FIFO topics");
    assertError(
        () -> subscribe(topic("plain", Map.of()), queue, Map.of()),
        "InvalidParameter",
        "Invalid parameter: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be"
            + " subscribed to standard SNS topics");
  }

  private void restart() {
    Instant now = rooms.clock.now();
    rooms.close();
    open(now);
  }

  private String topic(String name, Map<String, String> attributes) {
    return sns.createTopic(b -> b.name(name).attributes(attributes)).topicArn();
  }

  private String queue(String name) {
    return sqs.createQueue(b -> b.queueName(name)).queueUrl();
  }

  private String arn(String queue) {
    return sqs.getQueueAttributes(
            b -> b.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
        .attributes()
        .get(QueueAttributeName.QUEUE_ARN);
  }

  private String subscribe(String topic, String queue, Map<String, String> attributes) {
    return sns.subscribe(
            b -> b.topicArn(topic).protocol("sqs").endpoint(arn(queue)).attributes(attributes))
        .subscriptionArn();
  }

  private List<Message> receive(String queue) {
    return sqs.receiveMessage(b ->
            b.queueUrl(queue)
                .maxNumberOfMessages(10)
                .messageAttributeNames("All")
                .messageSystemAttributeNamesWithStrings("All"))
        .messages();
  }

  private static PublishBatchRequestEntry entry(String id, String message) {
    return PublishBatchRequestEntry.builder().id(id).message(message).build();
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  private static MessageAttributeValue number(String value) {
    return MessageAttributeValue.builder().dataType("Number").stringValue(value).build();
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertError(ThrowingCallable call, String code, String message) {
    AwsServiceException e = catchThrowableOfType(AwsServiceException.class, call);
    assertThat(e).as("the error").isNotNull();
    assertThat(AwsErrors.code(e) + ": " + AwsErrors.message(e)).isEqualTo(code + ": " + message);
  }

  /** Functions that remember how they were invoked. */
  private static final class Functions implements LambdaClient {
    private final List<InvokeRequest> requests = new ArrayList<>();
    private final List<String> callers = new ArrayList<>();

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
