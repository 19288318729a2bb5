package dev.onboard.local.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.clock.Timer;
import dev.onboard.local.lambda.process.Outcome;
import dev.onboard.local.store.Row;
import dev.onboard.local.wire.SdkJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionEventInvokeConfigResponse;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * Asynchronous invocations: kept until the function succeeded or its retries and their time are
 * spent, then told to a destination or a dead-letter queue.
 *
 * <p>Retries after one minute and then two, as "Error handling for asynchronous invocation" has it.
 */
final class AsyncInvocations {
  private static final Logger LOG = LoggerFactory.getLogger(AsyncInvocations.class);
  private static final int AT_ONCE = 20;

  private final Environment env;
  private final Functions functions;
  private final java.util.function.Supplier<Invocations> invocations;
  private final Set<Long> running = new HashSet<>();
  private @Nullable Timer timer;

  AsyncInvocations(
      Environment env, Functions functions, java.util.function.Supplier<Invocations> invocations) {
    this.env = env;
    this.functions = functions;
    this.invocations = invocations;
  }

  private record Event(
      long id,
      String function,
      @Nullable String qualifier,
      String requestId,
      byte[] payload,
      int attempts,
      Instant receivedAt) {
    static Event of(Row row) {
      return new Event(
          row.number("id"),
          row.string("function"),
          row.stringOrNull("qualifier"),
          row.string("request_id"),
          row.bytes("payload"),
          row.integer("attempts"),
          row.instant("received_at"));
    }

    FunctionName name() {
      return new FunctionName(function, qualifier);
    }
  }

  /** Keeps an event; it is durable with the current write. */
  void accept(FunctionName function, String requestId, byte[] payload) {
    Instant now = env.clock().now();
    env.store()
        .write(tx ->
            tx.update(
                "INSERT INTO lambda_async(function, qualifier, request_id, payload, attempts,"
                    + " next_at, received_at) VALUES (?, ?, ?, ?, 0, ?, ?)",
                function.name(),
                function.qualifier(),
                requestId,
                payload,
                now,
                now));
    env.store().afterCommit(this::dispatch);
  }

  /** Begins what is due and sets the alarm for what is next. */
  synchronized void dispatch() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    Instant now = env.clock().now();
    List<Event> due =
        env.store()
            .read(tx ->
                tx.list(
                    "SELECT * FROM lambda_async WHERE next_at <= ? ORDER BY next_at, id LIMIT ?",
                    Event::of,
                    now,
                    AT_ONCE + running.size()));
    for (Event event : due) {
      if (running.size() >= AT_ONCE) {
        return;
      }
      if (running.add(event.id())) {
        env.clock().start("lambda event " + event.function(), () -> attempt(event));
      }
    }
    env.store()
        .read(tx ->
            tx.first(
                "SELECT min(next_at) AS next FROM lambda_async WHERE next_at > ?",
                r -> Optional.ofNullable(r.instantOrNull("next")),
                now))
        .flatMap(next -> next)
        .ifPresent(next -> timer = env.clock().at(next, this::dispatch));
  }

  private void attempt(Event event) {
    try {
      Functions.Version version = functions.resolve(event.name());
      Outcome outcome =
          invocations.get().run(version, event.name(), event.requestId(), event.payload());
      settle(event, version, outcome);
    } catch (AwsServiceException e) {
      LOG.warn(
          "the event {} for {} is dropped: {}",
          event.requestId(),
          event.function(),
          AwsErrors.message(e));
      remove(event);
    } finally {
      synchronized (this) {
        running.remove(event.id());
      }
      dispatch();
    }
  }

  private void settle(Event event, Functions.Version version, Outcome outcome) {
    var config = config(event);
    int attempts = event.attempts() + 1;
    if (outcome instanceof Outcome.Success) {
      tell(event, version, outcome, "Success", attempts, destination(config, true));
      return;
    }
    int retries =
        config == null || config.maximumRetryAttempts() == null
            ? Limits.DEFAULT_RETRIES
            : config.maximumRetryAttempts();
    int age =
        config == null || config.maximumEventAgeInSeconds() == null
            ? Limits.DEFAULT_EVENT_AGE
            : config.maximumEventAgeInSeconds();
    Instant next = env.clock().now().plus(Duration.ofMinutes(attempts));
    boolean tooOld = next.isAfter(event.receivedAt().plusSeconds(age));
    if (attempts <= retries && !tooOld) {
      env.store()
          .write(tx ->
              tx.update(
                  "UPDATE lambda_async SET attempts = ?, next_at = ? WHERE id = ?",
                  attempts,
                  next,
                  event.id()));
      return;
    }
    String condition = attempts <= retries ? "EventAgeExceeded" : "RetriesExhausted";
    String destination = destination(config, false);
    if (destination == null && version.config().deadLetterConfig() != null) {
      deadLetter(event, version, outcome);
    } else {
      tell(event, version, outcome, condition, attempts, destination);
    }
  }

  private @Nullable GetFunctionEventInvokeConfigResponse config(Event event) {
    return env.store()
        .read(tx ->
            tx.first(
                    "SELECT config FROM lambda_invoke_config WHERE function = ? AND qualifier = ?",
                    r -> SdkJson.read(GetFunctionEventInvokeConfigResponse.class, r.string(1)),
                    event.function(),
                    event.name().qualifierOrLatest())
                .orElse(null));
  }

  private static @Nullable String destination(
      @Nullable GetFunctionEventInvokeConfigResponse config, boolean success) {
    if (config == null || config.destinationConfig() == null) {
      return null;
    }
    var destinations = config.destinationConfig();
    if (success) {
      return destinations.onSuccess() == null ? null : destinations.onSuccess().destination();
    }
    return destinations.onFailure() == null ? null : destinations.onFailure().destination();
  }

  /** Removes the event and, in the same write, tells its destination. */
  private void tell(
      Event event,
      Functions.Version version,
      Outcome outcome,
      String condition,
      int attempts,
      @Nullable String destination) {
    if (destination == null) {
      remove(event);
      return;
    }
    String record =
        new String(
            Json.bytes(record(event, version, outcome, condition, attempts)),
            StandardCharsets.UTF_8);
    env.store()
        .write(tx -> {
          tx.update("DELETE FROM lambda_async WHERE id = ?", event.id());
          try {
            send(version, destination, record, outcome);
          } catch (AwsServiceException e) {
            LOG.warn(
                "the result of {} could not be sent to {}: {}",
                event.function(),
                destination,
                AwsErrors.message(e));
          }
          return null;
        });
  }

  private ObjectNode record(
      Event event, Functions.Version version, Outcome outcome, String condition, int attempts) {
    ObjectNode record = Json.MAPPER.createObjectNode();
    record.put("version", "1.0").put("timestamp", env.clock().now().toString());
    record
        .putObject("requestContext")
        .put("requestId", event.requestId())
        .put(
            "functionArn", functions.arn(event.function()) + ":" + event.name().qualifierOrLatest())
        .put("condition", condition)
        .put("approximateInvokeCount", attempts);
    record.set("requestPayload", Json.tree(event.payload()));
    ObjectNode context =
        record
            .putObject("responseContext")
            .put("statusCode", 200)
            .put("executedVersion", version.config().version());
    if (outcome instanceof Outcome.Failure) {
      context.put("functionError", "Unhandled");
    }
    record.set("responsePayload", Json.tree(outcome.payload()));
    return record;
  }

  private void send(Functions.Version version, String destination, String record, Outcome outcome) {
    Principal role = role(version);
    switch (destination.split(":")[2]) {
      case "sqs" -> sendTo(role, destination, record, Map.of());
      case "sns" ->
          env.client(SnsClient.class, role).publish(p -> p.topicArn(destination).message(record));
      case "lambda" ->
          env.client(LambdaClient.class, role)
              .invoke(i ->
                  i.functionName(destination)
                      .invocationType("Event")
                      .payload(software.amazon.awssdk.core.SdkBytes.fromUtf8String(record)));
      case "events" ->
          env.client(EventBridgeClient.class, new Principal.Service("lambda.amazonaws.com"))
              .putEvents(p ->
                  p.entries(e ->
                      e.eventBusName(destination)
                          .source("lambda")
                          .detailType(
                              "Lambda Function Invocation Result - "
                                  + (outcome instanceof Outcome.Success ? "Success" : "Failure"))
                          .resources(version.config().functionArn(), destination)
                          .detail(record)));
      default -> throw Functions.unsupported("Invoke", "destination " + destination);
    }
  }

  private void deadLetter(Event event, Functions.Version version, Outcome outcome) {
    String target = version.config().deadLetterConfig().targetArn();
    String message = Json.tree(outcome.payload()).path("errorMessage").asText("");
    String body = new String(event.payload(), StandardCharsets.UTF_8);
    env.store()
        .write(tx -> {
          tx.update("DELETE FROM lambda_async WHERE id = ?", event.id());
          try {
            if (target.split(":")[2].equals("sns")) {
              env.client(SnsClient.class, role(version))
                  .publish(p -> p.topicArn(target).message(body));
            } else {
              sendTo(
                  role(version),
                  target,
                  body,
                  Map.of(
                      "RequestID", text(event.requestId()),
                      "ErrorCode", number("200"),
                      "ErrorMessage", text(message.isEmpty() ? "Unhandled" : message)));
            }
          } catch (AwsServiceException e) {
            LOG.warn(
                "the event {} of {} could not be sent to {}: {}",
                event.requestId(),
                event.function(),
                target,
                AwsErrors.message(e));
          }
          return null;
        });
  }

  private void sendTo(
      Principal role, String queueArn, String body, Map<String, MessageAttributeValue> attributes) {
    SqsClient sqs = env.client(SqsClient.class, role);
    String url =
        sqs.getQueueUrl(
                GetQueueUrlRequest.builder()
                    .queueName(queueArn.substring(queueArn.lastIndexOf(':') + 1))
                    .build())
            .queueUrl();
    sqs.sendMessage(
        SendMessageRequest.builder()
            .queueUrl(url)
            .messageBody(body)
            .messageAttributes(attributes)
            .build());
  }

  private static Principal role(Functions.Version version) {
    return new Principal.RoleSession(version.config().role(), version.config().functionName());
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  private static MessageAttributeValue number(String value) {
    return MessageAttributeValue.builder().dataType("Number").stringValue(value).build();
  }

  private void remove(Event event) {
    env.store().write(tx -> tx.update("DELETE FROM lambda_async WHERE id = ?", event.id()));
  }
}
