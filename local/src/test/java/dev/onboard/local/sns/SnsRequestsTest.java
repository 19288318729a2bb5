package dev.onboard.local.sns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What SNS takes and refuses of topics, subscriptions and messages. */
class SnsRequestsTest extends SnsFixture {
  private static final Map<String, String> FIFO = Map.of("FifoTopic", "true");

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
        sns.publishBatch(
            b -> b.topicArn(topic).publishBatchRequestEntries(entry("1", "a"), entry("2", "b")));
    assertThat(response.successful()).extracting(e -> e.id()).containsExactly("1", "2");
    assertThat(response.failed()).isEmpty();
    assertThat(receive(queue)).extracting(Message::body).containsExactly("a", "b");
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

  @Test
  void subscription_takesTheFlagInAnyCase_andAnyPartOfWhatItHasAlready() {
    String topic = topic("t", Map.of());
    String queue = queue("q");
    var attributes =
        Map.of(
            "RawMessageDelivery", "TrUe",
            "FilterPolicyScope", "MessageBody",
            "FilterPolicy", "");
    String arn = subscribe(topic, queue, attributes);
    assertThat(subscribe(topic, queue, Map.of("RawMessageDelivery", "true"))).isEqualTo(arn);
    assertThat(subscribe(topic, queue, Map.of())).isEqualTo(arn);
    assertThat(sns.getSubscriptionAttributes(b -> b.subscriptionArn(arn)).attributes())
        .as("the scope shows with a policy only")
        .containsEntry("RawMessageDelivery", "true")
        .doesNotContainKeys("FilterPolicy", "FilterPolicyScope");
    assertError(
        () -> subscribe(topic, queue, Map.of("FilterPolicyScope", "MessageAttributes")),
        "InvalidParameter",
        "Invalid parameter: Attributes Reason: Subscription already exists with different"
            + " attributes");
    sns.setSubscriptionAttributes(b ->
        b.subscriptionArn(arn)
            .attributeName("FilterPolicy")
            .attributeValue("{\"a\":{\"b\":[\"c\"]}}"));
    assertThat(sns.getSubscriptionAttributes(b -> b.subscriptionArn(arn)).attributes())
        .containsEntry("FilterPolicyScope", "MessageBody");
  }

  @Test
  void emptyArn_isNoneOfASubscription_butABadOneOfATopic() {
    assertError(
        () -> sns.unsubscribe(b -> b.subscriptionArn("")),
        "InvalidParameter",
        "Invalid parameter: SubscriptionArn Reason: no value for required parameter");
    assertError(
        () -> sns.publish(b -> b.topicArn("").message("m")),
        "InvalidParameter",
        "Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1");
  }

  @Test
  void topicName_isRefusedInTheSameWords_whetherFifoOrNot() {
    for (Map<String, String> attributes : List.of(Map.<String, String>of(), FIFO)) {
      assertError(
          () -> topic("t".repeat(257), attributes),
          "InvalidParameter",
          "Invalid parameter: Topic Name");
    }
    assertError(() -> topic("t", FIFO), "InvalidParameter", "Invalid parameter: Topic Name");
    assertError(
        () -> topic("t.fifo", Map.of()), "InvalidParameter", "Invalid parameter: Topic Name");
  }

  @Test
  void attributesOfAMessage_countForItsLength_andNeedALabelAfterADot() {
    String topic = topic("t", Map.of());
    var five = Map.of("n", number("5"));
    int left = 262_144 - "n".length() - "Number".length() - "5".length();
    sns.publish(b -> b.topicArn(topic).message("x".repeat(left)).messageAttributes(five));
    assertError(
        () ->
            sns.publish(
                b -> b.topicArn(topic).message("x".repeat(left + 1)).messageAttributes(five)),
        "InvalidParameter",
        "Invalid parameter: Message too long");
    for (String type : List.of("String.", "Stringlike")) {
      assertError(
          () ->
              sns.publish(b ->
                  b.topicArn(topic)
                      .message("x")
                      .messageAttributes(
                          Map.of("a", text("x").toBuilder().dataType(type).build()))),
          "ParameterValueInvalid",
          "The message attribute 'a' has an invalid message attribute type, the set of supported"
              + " type prefixes is Binary, Number, and String.");
    }
  }

  @Test
  void fifoTopic_signsNothing_andLeavesItsGroupsToFifoQueues() {
    String topic = topic("t.fifo", FIFO);
    String standard = queue("standard");
    subscribe(topic, standard, Map.of());
    sns.publish(
        b -> b.topicArn(topic).message("m").messageGroupId("g").messageDeduplicationId("d"));
    Message message = receive(standard).getFirst();
    assertThat(json(message.body()).propertyStream().map(Map.Entry::getKey))
        .containsExactly(
            "Type",
            "MessageId",
            "SequenceNumber",
            "TopicArn",
            "Message",
            "Timestamp",
            "UnsubscribeURL");
    assertThat(message.attributes()).doesNotContainKey(MessageSystemAttributeName.MESSAGE_GROUP_ID);
  }

  @Test
  void standardTopic_passesTheGroupOn() {
    String topic = topic("t", Map.of());
    String queue = queue("q");
    subscribe(topic, queue, Map.of());
    sns.publish(b -> b.topicArn(topic).message("m").messageGroupId("g"));
    assertThat(receive(queue).getFirst().attributes())
        .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "g");
  }

  @Test
  void deadLetters_areFifo_whereBothTheTopicAndTheQueueAre() {
    String topic = topic("t.fifo", FIFO);
    String standard = queue("standard");
    String fifo =
        sqs.createQueue(b ->
                b.queueName("q.fifo").attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
            .queueUrl();
    var redrive = Map.of("RedrivePolicy", "{\"deadLetterTargetArn\":\"" + arn(standard) + "\"}");
    subscribe(topic, standard, redrive);
    assertError(
        () -> subscribe(topic, fifo, redrive),
        "InvalidParameter",
        "Invalid parameter: Attributes Reason: RedrivePolicy: must use a FIFO queue as DLQ for a"
            + " FIFO Subscription to a FIFO Topic.");
  }

  @Test
  void badEntry_failsTheWholeBatch() {
    String topic = topic("t", Map.of());
    String queue = queue("q");
    subscribe(topic, queue, Map.of());
    PublishBatchRequestEntry.Builder bad = entry("2", "b").toBuilder();
    assertError(
        () -> publish(topic, entry("1", "a"), bad.messageStructure("json").build()),
        "InvalidParameter",
        "Invalid parameter: Message Structure - JSON message body failed to parse");
    assertError(
        () ->
            publish(
                topic,
                entry("1", "a"),
                bad.messageStructure(null).messageAttributes(Map.of("a.", text("x"))).build()),
        "ParameterValueInvalid",
        "Invalid message attribute name ending with character '.' was found.");
    assertThat(receive(queue)).isEmpty();
  }

  private void publish(String topic, PublishBatchRequestEntry... entries) {
    sns.publishBatch(b -> b.topicArn(topic).publishBatchRequestEntries(entries));
  }
}
