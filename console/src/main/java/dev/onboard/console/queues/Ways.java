package dev.onboard.console.queues;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.names.Names;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Sdk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * What can be done with a message that was set aside. SQS takes back what came from another queue;
 * what EventBridge or Lambda gave up is theirs no more, so it is done again as they would.
 */
final class Ways {
  private static final String OURS = "aws.";
  private static final int EXECUTION_NAME = 80;

  private final Sdk sdk;
  private final Names names;
  private final Connections connections;

  Ways(Sdk sdk, Names names, Connections connections) {
    this.sdk = sdk;
    this.names = names;
    this.connections = connections;
  }

  /** The ways of a message, the one that does least beside what is wanted first. */
  List<Way> of(QueuedMessage message) {
    if (message.attribute("RULE_ARN") != null && message.attribute("TARGET_ARN") != null) {
      return ofEvent(message);
    } else if (message.isLambdaRecord()) {
      JsonNode json = message.json();
      return List.of(
          invoke(
              json.at("/requestContext/functionArn").asText(),
              json.path("requestPayload").toString()));
    } else if (message.source() != null) {
      return List.of(back(message, message.source()));
    } else if (message.attribute("RequestID") != null) {
      List<String> functions =
          connections.failing().stream()
              .filter(f -> f.isOf("lambda"))
              .map(Connections.Failing::arn)
              .toList();
      return functions.size() == 1
          ? List.of(invoke(functions.getFirst(), message.body()))
          : List.of();
    }
    return List.of();
  }

  /** Why there is none for what EventBridge gave up; null for other messages. */
  @Nullable String whyNone(QueuedMessage message) {
    if (message.attribute("RULE_ARN") == null) {
      return null;
    }
    return "EventBridge takes events of "
        + (message.event() == null ? "aws.*" : message.event().path("source").asText())
        + " from that service alone, and the target cannot be handed what its rule makes of the"
        + " event. Have the service send it again, or give the event by hand to whatever was to"
        + " have it.";
  }

  // ------------------------------------------------------------------ EventBridge

  private List<Way> ofEvent(QueuedMessage message) {
    var ways = new ArrayList<Way>();
    String ruleArn = String.valueOf(message.attribute("RULE_ARN"));
    String[] parts = ruleArn.split("/");
    String bus = parts.length > 2 ? parts[parts.length - 2] : "default";
    String targetArn = String.valueOf(message.attribute("TARGET_ARN"));
    Target target = target(bus, parts[parts.length - 1], targetArn);
    if (target != null) {
      addTarget(ways, message, target);
    }
    JsonNode event = message.event();
    if (event != null && !event.path("source").asText().startsWith(OURS)) {
      ways.add(
          new Way(
              "bus",
              "Publish again on bus " + bus,
              "Every rule of the bus that matches takes the event once more, under a new id.",
              () -> publish(bus, event)));
    }
    return ways;
  }

  /**
   * The target as its rule has it now; null if it has it no more, or if what the rule makes of the
   * event for it is EventBridge's alone to make.
   */
  private @Nullable Target target(String bus, String rule, String arn) {
    try {
      List<Target> found =
          sdk
              .client(EventBridgeClient.class)
              .listTargetsByRule(l -> l.eventBusName(bus).rule(rule))
              .targets()
              .stream()
              .filter(t -> t.arn().equals(arn))
              .toList();
      boolean isPlain =
          found.size() == 1
              && found.getFirst().inputPath() == null
              && found.getFirst().inputTransformer() == null;
      return isPlain ? found.getFirst() : null;
    } catch (ResourceNotFoundException e) {
      return null;
    }
  }

  private void addTarget(List<Way> ways, QueuedMessage message, Target target) {
    String input = target.input() == null ? message.body() : target.input();
    Runnable deed =
        switch (target.arn().split(":")[2]) {
          case "sqs" ->
              () -> send(target.arn(), s -> s.messageBody(input).messageGroupId(group(target)));
          case "lambda" -> () -> invokeNow(target.arn(), input);
          case "states" -> () -> start(target.arn(), message, input);
          case "sns" ->
              () ->
                  sdk.client(SnsClient.class).publish(p -> p.topicArn(target.arn()).message(input));
          default -> null;
        };
    if (deed != null) {
      Link link = names.of(target.arn());
      ways.add(
          new Way(
              "target",
              "Send to " + link.text(),
              "Only " + link.text() + " gets it, as the rule would have sent it, but in your name.",
              deed));
    }
  }

  private static @Nullable String group(Target target) {
    return target.sqsParameters() == null ? null : target.sqsParameters().messageGroupId();
  }

  /** The name lets nobody start it twice for one dead letter. */
  private void start(String machine, QueuedMessage message, String input) {
    String name = "redriven-" + message.id();
    sdk.client(SfnClient.class)
        .startExecution(s ->
            s.stateMachineArn(machine)
                .name(name.substring(0, Math.min(EXECUTION_NAME, name.length())))
                .input(input));
  }

  private void publish(String bus, JsonNode event) {
    var entry =
        PutEventsRequestEntry.builder()
            .eventBusName(bus)
            .source(event.path("source").asText())
            .detailType(event.path("detail-type").asText())
            .detail(event.path("detail").toString())
            .resources(texts(event.path("resources")))
            .build();
    PutEventsResultEntry result =
        sdk.client(EventBridgeClient.class).putEvents(p -> p.entries(entry)).entries().getFirst();
    if (result.errorCode() != null) {
      throw new IllegalStateException(result.errorCode() + ": " + result.errorMessage());
    }
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(t -> texts.add(t.asText()));
    return texts;
  }

  // ------------------------------------------------------------------ Lambda and SQS

  private Way invoke(String functionArn, String payload) {
    Link function = names.of(functionArn);
    return new Way(
        "function",
        "Invoke " + function.text() + " again",
        "It is invoked asynchronously, with retries of its own, with what it was given the first"
            + " time.",
        () -> invokeNow(functionArn, payload));
  }

  private void invokeNow(String functionArn, String payload) {
    sdk.client(LambdaClient.class)
        .invoke(i ->
            i.functionName(functionArn)
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromUtf8String(payload)));
  }

  private Way back(QueuedMessage message, String queueArn) {
    Link queue = names.of(queueArn);
    return new Way(
        "queue",
        "Send back to " + queue.text(),
        "It is a new message there, with the same body and attributes.",
        () -> {
          var attributes = new LinkedHashMap<String, MessageAttributeValue>();
          message.attributes().forEach((name, value) -> attributes.put(name, value.toSend()));
          send(
              queueArn,
              s ->
                  s.messageBody(message.body())
                      .messageGroupId(message.group())
                      .messageDeduplicationId(message.group() == null ? null : message.id())
                      .messageAttributes(attributes));
        });
  }

  private void send(String queueArn, Consumer<SendMessageRequest.Builder> message) {
    SqsClient sqs = sdk.client(SqsClient.class);
    String url =
        sqs.getQueueUrl(g -> g.queueName(queueArn.substring(queueArn.lastIndexOf(':') + 1)))
            .queueUrl();
    sqs.sendMessage(s -> message.accept(s.queueUrl(url)));
  }
}
