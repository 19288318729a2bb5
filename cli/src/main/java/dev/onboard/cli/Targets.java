package dev.onboard.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.trail.Delivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** What targets do with the events that were delivered to them. */
final class Targets {
  private final RuntimeEndpoint runtime;
  private final Clients clients;
  private final List<JsonNode> waiting = new ArrayList<>();
  private final Map<String, List<String>> consumers = new HashMap<>();
  private final Map<String, Integer> depths = new HashMap<>();
  private final Map<String, List<ExecutionListItem>> executions = new HashMap<>();
  private final Map<String, List<String>> started = new HashMap<>();

  Targets(RuntimeEndpoint runtime, Clients clients) {
    this.runtime = runtime;
    this.clients = clients;
  }

  /**
   * How far a delivery and what it led to have come.
   *
   * @param isOpen whether something is still under way
   */
  record Standing(String text, boolean isOpen, boolean isFailed) {
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
  void refresh() {
    waiting.clear();
    depths.clear();
    executions.clear();
    started.clear();
    runtime.each("/_onboard/invocations?limit=1000", waiting::add);
  }

  /** The executions that an event started. */
  List<String> executions(String eventId) {
    return started.getOrDefault(eventId, List.of());
  }

  Standing standing(String eventId, Delivery delivery) {
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
                clients
                    .lambda()
                    .listEventSourceMappingsPaginator(l -> l.eventSourceArn(a))
                    .eventSourceMappings()
                    .stream()
                    .map(EventSourceMappingConfiguration::functionArn)
                    .map(Targets::shortName)
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
      String url = clients.sqs().getQueueUrl(g -> g.queueName(name)).queueUrl();
      var counts =
          clients
              .sqs()
              .getQueueAttributes(g ->
                  g.queueUrl(url)
                      .attributeNames(
                          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
              .attributes();
      return counts.values().stream().mapToInt(Integer::parseInt).sum();
    } catch (SqsException e) {
      throw new Failure("the queue " + arn + " cannot be looked into: " + e.getMessage(), e);
    }
  }

  private Standing atStateMachine(String eventId, String arn) {
    List<ExecutionListItem> own =
        executions
            .computeIfAbsent(
                arn,
                a -> clients.stepFunctions().listExecutions(l -> l.stateMachineArn(a)).executions())
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

  /** The end of an ARN that a person knows the thing by. */
  static String shortName(String arn) {
    String[] parts = arn.split(":", 6);
    return parts.length < 6
        ? arn
        : switch (parts[2]) {
          case "lambda" ->
              "function " + parts[5].replaceFirst("^function:", "").replaceFirst(":.*", "");
          case "sqs" -> "queue " + parts[5];
          case "sns" -> "topic " + parts[5];
          case "states" -> "workflow " + parts[5].replaceFirst("^stateMachine:", "");
          case "logs" ->
              "log group " + parts[5].replaceFirst("^log-group:", "").replaceFirst(":\\*$", "");
          case "events" ->
              parts[5]
                  .replaceFirst("^event-bus/", "bus ")
                  .replaceFirst("^api-destination/", "API destination ");
          default -> arn;
        };
  }
}
