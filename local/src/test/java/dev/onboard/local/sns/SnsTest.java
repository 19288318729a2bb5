package dev.onboard.local.sns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.call.AwsErrors;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SqsException;

class SnsTest extends SnsFixture {
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
        () -> publishJson(topic, "{}"),
        "InvalidParameter",
        "Invalid parameter: Message Structure - No default entry in JSON message body");
    assertError(
        () -> publishJson(topic, "{"),
        "InvalidParameter",
        "Invalid parameter: Message Structure - JSON message body failed to parse");
    assertError(
        () -> publishJson(topic, "{\"default\":\"d\"} }"),
        "InvalidParameter",
        "Invalid parameter: Message Structure - JSON message body failed to parse");
  }

  private void publishJson(String topic, String message) {
    sns.publish(b -> b.topicArn(topic).messageStructure("json").message(message));
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
        "{\"$or\":[{\"type\":[\"a\"]},{\"n\":[5]}]}|type=b;n=5|true",
        "{\"$or\":[{\"type\":[\"a\"]},{\"n\":[5]}]}|type=b;n=6|false",
        "{\"type\":[{\"cidr\":\"10.0.0.0/24\"}]}|type=10.0.0.255|true",
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
}
