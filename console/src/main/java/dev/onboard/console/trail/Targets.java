package dev.onboard.console.trail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.web.Questions;
import dev.onboard.console.web.Sdk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** What targets do with the events that were delivered to them. */
public final class Targets {
  private static final int MOST_EXECUTIONS = 1000;

  private final Sdk sdk;
  private final Questions questions;
  private final List<JsonNode> waiting = new ArrayList<>();
  private final Map<String, List<String>> consumers = new HashMap<>();
  private final Map<String, Integer> depths = new HashMap<>();
  private final Map<String, List<ExecutionListItem>> executions = new HashMap<>();
  private final Map<String, List<String>> started = new HashMap<>();

  public Targets(Sdk sdk, Questions questions) {
    this.sdk = sdk;
    this.questions = questions;
  }

  /**
   * How far a delivery and what it led to have come.
   *
   * @param isOpen whether something is still under way
   */
  public record Standing(String text, boolean isOpen, boolean isFailed) {
    static Standing open(String text) {
      return new Standing(text, true, false);
    }

    static Standing failed(String text) {
      return new Standing(text, false, true);
    }

    static Standing done(String text) {
      return new Standing(text, false, false);
    }
  }

  /** Forgets what changes. */
  public void refresh() {
    waiting.clear();
    depths.clear();
    executions.clear();
    started.clear();
    waiting.addAll(questions.ask("invocations", Map.of("limit", "1000")));
  }

  /** The executions that an event started. */
  public List<String> executions(String eventId) {
    return started.getOrDefault(eventId, List.of());
  }

  public Standing standing(String eventId, Delivery delivery) {
    String error = delivery.error();
    return switch (delivery.status()) {
      case "DELIVERED" -> atTarget(eventId, delivery.target());
      case "NO_TARGET" -> Standing.done("matched, but has no target");
      case "PENDING" ->
          error.isEmpty()
              ? Standing.open("not attempted yet")
              : Standing.failed(
                  "failed, " + error + next(delivery.json().path("nextAttempt").asText("")));
      case "DEAD_LETTERED" -> Standing.failed("in the dead-letter queue, " + error);
      default ->
          delivery.isLost()
              ? Standing.failed("dropped, " + error)
              : Standing.done("not forwarded a second time");
    };
  }

  private static String next(String at) {
    return at.isEmpty() ? "" : "; the next attempt is at " + at;
  }

  private Standing atTarget(String eventId, String arn) {
    return switch (arn.split(":", 4)[2]) {
      case "lambda" -> atFunction(eventId);
      case "sqs" -> inQueue(arn);
      case "states" -> atStateMachine(eventId, arn);
      default -> Standing.done("delivered");
    };
  }

  private Standing atFunction(String eventId) {
    for (JsonNode invocation : waiting) {
      if (invocation.path("eventId").asText("").equals(eventId)) {
        int failed = invocation.path("attempts").asInt();
        return failed == 0
            ? Standing.open("running")
            : Standing.failed(
                "the function failed "
                    + (failed == 1 ? "once" : failed + " times")
                    + next(invocation.path("nextAttempt").asText()));
      }
    }
    return Standing.done("invoked");
  }

  private Standing inQueue(String arn) {
    List<String> by =
        consumers.computeIfAbsent(
            arn,
            a ->
                sdk
                    .client(LambdaClient.class)
                    .listEventSourceMappingsPaginator(l -> l.eventSourceArn(a))
                    .eventSourceMappings()
                    .stream()
                    .map(EventSourceMappingConfiguration::functionArn)
                    .map(TargetName::of)
                    .toList());
    if (by.isEmpty()) {
      return Standing.done("in the queue, which no function reads");
    }
    int depth = depths.computeIfAbsent(arn, this::depth);
    return depth > 0
        ? Standing.open("in the queue for " + String.join(", ", by))
        : Standing.done("taken by " + String.join(", ", by));
  }

  private int depth(String arn) {
    try {
      String name = arn.substring(arn.lastIndexOf(':') + 1);
      String url = sdk.client(SqsClient.class).getQueueUrl(g -> g.queueName(name)).queueUrl();
      var counts =
          sdk.client(SqsClient.class)
              .getQueueAttributes(g ->
                  g.queueUrl(url)
                      .attributeNames(
                          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
              .attributes();
      return counts.values().stream().mapToInt(Integer::parseInt).sum();
    } catch (SqsException e) {
      throw new IllegalStateException(
          "the queue " + arn + " cannot be looked into: " + e.getMessage(), e);
    }
  }

  private Standing atStateMachine(String eventId, String arn) {
    List<ExecutionListItem> own =
        executions
            .computeIfAbsent(
                arn,
                a ->
                    sdk.client(SfnClient.class)
                        .listExecutions(l -> l.stateMachineArn(a).maxResults(MOST_EXECUTIONS))
                        .executions())
            .stream()
            .filter(e -> e.name().startsWith(eventId))
            .toList();
    started
        .computeIfAbsent(eventId, e -> new ArrayList<>())
        .addAll(own.stream().map(ExecutionListItem::executionArn).toList());
    if (own.isEmpty()) {
      return Standing.done("started");
    }
    ExecutionListItem execution = own.getFirst();
    String text = "execution " + execution.statusAsString().toLowerCase(Locale.ROOT);
    return switch (execution.status()) {
      case RUNNING, PENDING_REDRIVE -> Standing.open(text);
      case SUCCEEDED -> Standing.done(text);
      default -> Standing.failed(text + " (" + execution.executionArn() + ")");
    };
  }
}
