package dev.onboard.local.sfn;

import dev.onboard.local.Rooms;
import dev.onboard.local.dynamodb.LocalDynamoDb;
import dev.onboard.local.eventbridge.LocalEventBridge;
import dev.onboard.local.s3.LocalS3;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sqs.LocalSqs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.StateMachineType;

/** Step Functions with what its workflows call, for tests. */
final class Workflows implements AutoCloseable {
  static final String ROLE = "arn:aws:iam::000000000000:role/workflow";
  final Rooms rooms;
  final SfnClient sfn;

  Workflows(Path folder, FunctionTwin functions) {
    this(folder, Rooms.START, functions);
  }

  /** Those of a runtime that is started at a time. */
  Workflows(Path folder, Instant start, FunctionTwin functions) {
    this.rooms =
        Rooms.open(
            folder,
            start,
            env ->
                List.of(
                    new LocalDynamoDb(env),
                    new LocalS3(env),
                    new LocalSqs(env),
                    new LocalEventBridge(env),
                    functions,
                    new LocalSfn(env)));
    this.sfn = rooms.client(SfnClient.class);
  }

  String create(String name, String definition) {
    return create(name, StateMachineType.STANDARD, definition);
  }

  String create(String name, StateMachineType type, String definition) {
    return sfn.createStateMachine(b -> b.name(name).roleArn(ROLE).type(type).definition(definition))
        .stateMachineArn();
  }

  /** Starts an execution and runs it to its end. */
  DescribeExecutionResponse run(String machine, String input) {
    return end(start(machine, input));
  }

  String start(String machine, String input) {
    return sfn.startExecution(b -> b.stateMachineArn(machine).input(input)).executionArn();
  }

  DescribeExecutionResponse end(String execution) {
    rooms.clock.advanceUntil(() -> isOver(execution), Duration.ofDays(1));
    return describe(execution);
  }

  boolean isOver(String execution) {
    return describe(execution).status() != ExecutionStatus.RUNNING;
  }

  DescribeExecutionResponse describe(String execution) {
    return sfn.describeExecution(b -> b.executionArn(execution));
  }

  List<HistoryEvent> history(String execution) {
    return sfn.getExecutionHistoryPaginator(b -> b.executionArn(execution)).events().stream()
        .toList();
  }

  /** The history as lines such as {@code 3<-2 PassStateExited}. */
  List<String> events(String execution) {
    return history(execution).stream()
        .map(e -> e.id() + "<-" + e.previousEventId() + " " + e.typeAsString())
        .toList();
  }

  static Object tree(String json) {
    return json == null ? null : Json.MAPPER.convertValue(Json.read(json), Object.class);
  }

  static Map<String, String> sorted(Map<String, String> map) {
    return new TreeMap<>(map);
  }

  @Override
  public void close() {
    rooms.close();
  }
}
