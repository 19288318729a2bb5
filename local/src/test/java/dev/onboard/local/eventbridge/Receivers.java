package dev.onboard.local.eventbridge;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Call;
import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** Twins of the services that targets belong to: they only write down, in the store, what came. */
final class Receivers {
  private final Store store;

  Receivers(Environment env) {
    this.store = env.store();
    store.migrate(
        "receivers",
        List.of(
            List.of(
                "CREATE TABLE received(seq INTEGER PRIMARY KEY, receiver TEXT, body TEXT,"
                    + " extra TEXT, caller TEXT)",
                "CREATE INDEX received_by ON received(receiver)",
                "CREATE TABLE streams(name TEXT PRIMARY KEY)")));
  }

  List<SdkClient> all() {
    return List.of(new Queues(), new Logs(), new Topics(), new StateMachines(), new Functions());
  }

  /** What a receiver got: the last part of a queue's, topic's, ... name. */
  record Received(String body, @Nullable String extra, String caller) {}

  static List<Received> of(Store store, String receiver) {
    return store.read(tx ->
        tx.list(
            "SELECT * FROM received WHERE receiver = ? ORDER BY seq",
            r -> new Received(r.string("body"), r.stringOrNull("extra"), r.string("caller")),
            receiver));
  }

  private void got(String receiver, String body, @Nullable String extra) {
    String caller = Call.current().caller().arn();
    store.write(tx ->
        tx.update(
            "INSERT INTO received(receiver, body, extra, caller) VALUES (?, ?, ?, ?)",
            receiver,
            body,
            extra,
            caller));
  }

  private static String name(String text) {
    return text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf(':')) + 1);
  }

  private final class Queues implements SqsClient {
    @Override
    public String serviceName() {
      return "sqs";
    }

    @Override
    public void close() {}

    @Override
    public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
      if (request.queueName().startsWith("missing")) {
        throw AwsErrors.error(
            QueueDoesNotExistException.builder(),
            400,
            "AWS.SimpleQueueService.NonExistentQueue",
            "The specified queue does not exist.");
      }
      return GetQueueUrlResponse.builder().queueUrl("http://q/" + request.queueName()).build();
    }

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
      Map<String, String> attributes =
          request.messageAttributes().entrySet().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey,
                      e -> e.getValue().stringValue(),
                      (a, b) -> a,
                      TreeMap::new));
      got(
          name(request.queueUrl()),
          request.messageBody(),
          attributes.isEmpty() ? request.messageGroupId() : attributes.toString());
      return SendMessageResponse.builder().messageId("m").build();
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
      request
          .entries()
          .forEach(e -> got(name(request.queueUrl()), e.messageBody(), e.messageGroupId()));
      return SendMessageBatchResponse.builder()
          .successful(new ArrayList<>())
          .failed(new ArrayList<>())
          .build();
    }
  }

  private final class Logs implements CloudWatchLogsClient {
    @Override
    public String serviceName() {
      return "logs";
    }

    @Override
    public void close() {}

    @Override
    public CreateLogStreamResponse createLogStream(CreateLogStreamRequest request) {
      if (request.logGroupName().startsWith("/missing")) {
        throw AwsErrors.error(
            ResourceNotFoundException.builder(),
            400,
            "ResourceNotFoundException",
            "The specified log group does not exist.");
      }
      store.write(tx -> tx.update("INSERT INTO streams VALUES (?)", request.logStreamName()));
      return CreateLogStreamResponse.builder().build();
    }

    @Override
    public PutLogEventsResponse putLogEvents(PutLogEventsRequest request) {
      if (!store.read(
          tx -> tx.exists("SELECT 1 FROM streams WHERE name = ?", request.logStreamName()))) {
        throw AwsErrors.error(
            ResourceNotFoundException.builder(),
            400,
            "ResourceNotFoundException",
            "The specified log stream does not exist.");
      }
      request
          .logEvents()
          .forEach(e -> got(request.logGroupName(), e.message(), "" + e.timestamp()));
      return PutLogEventsResponse.builder().build();
    }
  }

  private final class Topics implements SnsClient {
    @Override
    public String serviceName() {
      return "sns";
    }

    @Override
    public void close() {}

    @Override
    public PublishResponse publish(PublishRequest request) {
      got(name(request.topicArn()), request.message(), null);
      return PublishResponse.builder().messageId("m").build();
    }
  }

  private final class StateMachines implements SfnClient {
    @Override
    public String serviceName() {
      return "states";
    }

    @Override
    public void close() {}

    @Override
    public StartExecutionResponse startExecution(StartExecutionRequest request) {
      got(name(request.stateMachineArn()), request.input(), request.name());
      return StartExecutionResponse.builder().executionArn("e").build();
    }
  }

  private final class Functions implements LambdaClient {
    @Override
    public String serviceName() {
      return "lambda";
    }

    @Override
    public void close() {}

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
      got(
          name(request.functionName()),
          request.payload().asUtf8String(),
          request.invocationTypeAsString());
      return InvokeResponse.builder().statusCode(202).build();
    }
  }
}
