package dev.onboard.statemachine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue beside the stack that a rule of its bus hands every event of ours. */
final class Probe {
  static final String NAME = "probe";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SqsClient sqs;
  private final String queue;
  private final List<JsonNode> events = new ArrayList<>();

  private Probe(SqsClient sqs, String queue) {
    this.sqs = sqs;
    this.queue = queue;
  }

  /** Adds the queue and the rule. */
  static Probe add(Clients clients, Stack stack) {
    SqsClient sqs = clients.sqs();
    String url = sqs.createQueue(c -> c.queueName(NAME)).queueUrl();
    String arn =
        sqs.getQueueAttributes(g -> g.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    String policy =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage",
          "Principal": {"Service": "events.amazonaws.com"}, "Resource": "%s"}]}\
        """
            .formatted(arn);
    sqs.setQueueAttributes(
        s -> s.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, policy)));
    String bus = stack.output("EventBusName");
    clients
        .events()
        .putRule(
            p -> p.name(NAME).eventBusName(bus).eventPattern("{\"source\": [\"onboard.users\"]}"));
    clients
        .events()
        .putTargets(p -> p.rule(NAME).eventBusName(bus).targets(t -> t.id("queue").arn(arn)));
    return new Probe(sqs, url);
  }

  /** A probe that was added before. */
  static Probe of(Clients clients) {
    return new Probe(clients.sqs(), clients.sqs().getQueueUrl(g -> g.queueName(NAME)).queueUrl());
  }

  /** Forgets what came so far. */
  void clear() {
    receive();
    events.clear();
  }

  /** The ids of the events of a type. */
  Set<String> ids(String type) {
    receive();
    return events.stream()
        .filter(e -> e.path("detail-type").asText().equals(type))
        .map(e -> e.at("/detail/metadata/eventId").asText())
        .collect(Collectors.toSet());
  }

  private void receive() {
    while (true) {
      List<Message> messages =
          sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10)).messages();
      if (messages.isEmpty()) {
        return;
      }
      messages.forEach(m -> events.add(tree(m.body())));
      sqs.deleteMessageBatch(d ->
          d.queueUrl(queue)
              .entries(
                  messages.stream()
                      .map(m ->
                          DeleteMessageBatchRequestEntry.builder()
                              .id(m.messageId())
                              .receiptHandle(m.receiptHandle())
                              .build())
                      .toList()));
    }
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
