package dev.onboard.console.queues;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.names.Names;
import dev.onboard.console.queues.Connections.Failing;
import dev.onboard.console.queues.Connections.Reader;
import dev.onboard.console.web.Json;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Sdk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DeadLetterConfig;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.DestinationConfig;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionEventInvokeConfig;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.Subscription;

/** Everything that is connected to queues, as the services that send and read say it. */
final class Wiring {
  private static final String REDRIVE_POLICY = "RedrivePolicy";

  private final Sdk sdk;
  private final Names names;
  private final Map<String, Connections> byArn = new HashMap<>();

  private Wiring(Sdk sdk, Names names) {
    this.sdk = sdk;
    this.names = names;
  }

  static Wiring read(Sdk sdk, Names names) {
    var wiring = new Wiring(sdk, names);
    wiring.buses();
    wiring.functions();
    wiring.subscriptions();
    return wiring;
  }

  /** What is connected to the queue of an ARN. */
  Connections of(String queueArn) {
    return byArn.computeIfAbsent(queueArn, _ -> Connections.none());
  }

  /** Notes a queue whose messages go to another one when they were received too often. */
  void redrives(String queueArn, @Nullable String policy) {
    if (policy != null) {
      String target = Json.read(policy).path("deadLetterTargetArn").asText();
      fails(target, queueArn, names.of(queueArn));
    }
  }

  private void fails(String deadLetters, String arn, Link link) {
    List<Failing> failing = of(deadLetters).failing();
    if (failing.stream().noneMatch(f -> f.link().equals(link))) {
      failing.add(new Failing(arn, link));
    }
  }

  // ------------------------------------------------------------------ EventBridge

  private void buses() {
    EventBridgeClient events = sdk.client(EventBridgeClient.class);
    pages(
            token -> events.listEventBuses(l -> l.nextToken(token)),
            p -> p.eventBuses().stream(),
            p -> p.nextToken())
        .forEach(bus -> {
          deadLetters(
              events.describeEventBus(d -> d.name(bus.name())).deadLetterConfig(), bus.arn());
          pages(
                  token -> events.listRules(l -> l.eventBusName(bus.name()).nextToken(token)),
                  p -> p.rules().stream(),
                  p -> p.nextToken())
              .forEach(rule -> rule(events, bus.name(), rule));
        });
  }

  private void deadLetters(@Nullable DeadLetterConfig config, String arn) {
    if (config != null && config.arn() != null) {
      fails(config.arn(), arn, names.of(arn));
    }
  }

  private void rule(EventBridgeClient events, String bus, Rule rule) {
    for (Target target :
        events.listTargetsByRule(l -> l.rule(rule.name()).eventBusName(bus)).targets()) {
      if (target.arn().split(":")[2].equals("sqs")) {
        of(target.arn()).senders().add(names.of(rule.arn()));
      }
      deadLetters(target.deadLetterConfig(), rule.arn());
    }
  }

  // ------------------------------------------------------------------ Lambda

  private void functions() {
    LambdaClient lambda = sdk.client(LambdaClient.class);
    for (FunctionConfiguration function : lambda.listFunctionsPaginator().functions()) {
      if (function.deadLetterConfig() != null && function.deadLetterConfig().targetArn() != null) {
        fails(
            function.deadLetterConfig().targetArn(),
            function.functionArn(),
            names.of(function.functionArn()));
      }
      lambda
          .listFunctionEventInvokeConfigsPaginator(l -> l.functionName(function.functionName()))
          .functionEventInvokeConfigs()
          .forEach(this::onFailure);
    }
    lambda
        .listEventSourceMappingsPaginator()
        .eventSourceMappings()
        .forEach(mapping ->
            of(mapping.eventSourceArn())
                .readers()
                .add(new Reader(names.of(mapping.functionArn()), mapping.state())));
  }

  private void onFailure(FunctionEventInvokeConfig config) {
    DestinationConfig destinations = config.destinationConfig();
    if (destinations != null
        && destinations.onFailure() != null
        && destinations.onFailure().destination() != null) {
      fails(
          destinations.onFailure().destination(),
          config.functionArn(),
          names.of(config.functionArn()));
    }
  }

  // ------------------------------------------------------------------ SNS

  private void subscriptions() {
    SnsClient sns = sdk.client(SnsClient.class);
    for (Subscription subscription : sns.listSubscriptionsPaginator().subscriptions()) {
      if (subscription.protocol().equals("sqs")) {
        of(subscription.endpoint()).senders().add(names.of(subscription.topicArn()));
      }
      // One that nobody has confirmed has no ARN yet.
      if (subscription.subscriptionArn().startsWith("arn:")) {
        String policy =
            sns.getSubscriptionAttributes(g -> g.subscriptionArn(subscription.subscriptionArn()))
                .attributes()
                .get(REDRIVE_POLICY);
        if (policy != null) {
          JsonNode target = Json.read(policy).path("deadLetterTargetArn");
          fails(target.asText(), subscription.subscriptionArn(), names.of(subscription.topicArn()));
        }
      }
    }
  }

  /** All that is listed page by page, by an operation for which the SDK has no paginator. */
  private static <P, T> Stream<T> pages(
      Function<@Nullable String, P> read,
      Function<P, Stream<T>> entries,
      Function<P, @Nullable String> next) {
    return Stream.iterate(
            read.apply(null),
            page -> page != null,
            page -> next.apply(page) == null ? null : read.apply(next.apply(page)))
        .flatMap(entries);
  }
}
