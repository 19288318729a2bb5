package dev.onboard.local.sfn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.sfn.asl.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** What happens to executions when the runtime is stopped in the middle and started again. */
class RestartTest {
  private static final String COUNT =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Zero", "States": {
        "Zero": {"Type": "Pass", "Assign": {"n": 0}, "Next": "Add"},
        "Add": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:updateItem",
          "Arguments": {"TableName": "counts", "Key": {"id": {"S": "a"}},
            "UpdateExpression": "ADD n :one",
            "ExpressionAttributeValues": {":one": {"N": "1"}}},
          "Assign": {"n": "{% $n + 1 %}"}, "Next": "Enough?"},
        "Enough?": {"Type": "Choice",
          "Choices": [{"Condition": "{% $n < $states.context.Execution.Input.times %}",
            "Next": "Add"}],
          "Default": "Done"},
        "Done": {"Type": "Succeed"}}}
      """;

  @TempDir Path folder;

  @Test
  void waiting_goesOnToTheSameTime() {
    String execution;
    try (var before = new Workflows(folder, new FunctionTwin())) {
      String machine =
          before.create(
              "waits",
              """
              {"StartAt": "W", "States": {
                "W": {"Type": "Wait", "Seconds": 100, "Next": "P"},
                "P": {"Type": "Pass", "End": true}}}
              """);
      execution = before.start(machine, "{}");
      before.rooms.clock.advance(java.time.Duration.ofSeconds(40));
    }
    try (var after = new Workflows(folder, new FunctionTwin())) {
      var end = after.end(execution);
      assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(end.stopDate()).isEqualTo(end.startDate().plusSeconds(100));
      assertConsecutive(after.history(execution));
    }
  }

  @Test
  void retryTimer_goesOnToTheSameTime() {
    var failing =
        new FunctionTwin()
            .with(
                "f",
                in -> {
                  throw new IllegalStateException("no");
                });
    String execution;
    try (var before = new Workflows(folder, failing)) {
      String machine =
          before.create(
              "retries",
              """
              {"StartAt": "T", "States": {"T": {"Type": "Task",
                "Resource": "arn:aws:lambda:us-east-1:000000000000:function:f",
                "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 300}],
                "End": true}}}
              """);
      execution = before.start(machine, "{}");
      before.rooms.clock.advance(java.time.Duration.ofSeconds(10));
    }
    assertThat(failing.invoked).hasSize(1);
    var working = new FunctionTwin().with("f", in -> Json.object().put("ok", true));
    try (var after = new Workflows(folder, working)) {
      var end = after.end(execution);
      assertThat(end.output()).isEqualTo("{\"ok\":true}");
      assertThat(end.stopDate()).isEqualTo(end.startDate().plusSeconds(300));
      assertThat(after.events(execution))
          .endsWith(
              "5<-4 LambdaFunctionFailed",
              "6<-5 LambdaFunctionScheduled",
              "7<-6 LambdaFunctionStarted",
              "8<-7 LambdaFunctionSucceeded",
              "9<-8 TaskStateExited",
              "10<-9 ExecutionSucceeded");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 17, 60, 150})
  void stoppedAnywhere_callsOfTheStoreHappenExactlyOnce(int when) {
    String execution;
    try (var before = new Workflows(folder, new FunctionTwin())) {
      table(before);
      execution = before.start(before.create("count", COUNT), "{\"times\": 200}");
      while (count(before) < when) {
        Thread.onSpinWait();
      }
    }
    try (var after = new Workflows(folder, new FunctionTwin())) {
      var end = after.end(execution);
      assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(count(after)).isEqualTo(200);
      List<HistoryEvent> history = after.history(execution);
      assertConsecutive(history);
      assertThat(history).filteredOn(e -> e.typeAsString().equals("TaskSucceeded")).hasSize(200);
      assertThat(history).filteredOn(e -> e.typeAsString().equals("TaskScheduled")).hasSize(200);
    }
  }

  @Test
  void functionInFlight_isCalledAgainWithoutAnotherScheduledEvent() throws Exception {
    var called = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    var hanging =
        new FunctionTwin()
            .with(
                "f",
                in -> {
                  called.countDown();
                  await(never);
                  return Json.object();
                });
    String execution;
    try (var before = new Workflows(folder, hanging)) {
      execution =
          before.start(
              before.create(
                  "flight",
                  """
                  {"StartAt": "T", "States": {"T": {"Type": "Task",
                    "Resource": "arn:aws:states:::lambda:invoke",
                    "Parameters": {"FunctionName": "f", "Payload.$": "$"}, "End": true}}}
                  """),
              "{\"a\": 1}");
      called.await();
    }
    var working = new FunctionTwin().with("f", in -> in);
    try (var after = new Workflows(folder, working)) {
      assertThat(after.end(execution).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(after.events(execution))
          .containsExactly(
              "1<-0 ExecutionStarted",
              "2<-0 TaskStateEntered",
              "3<-2 TaskScheduled",
              "4<-3 TaskStarted",
              "5<-4 TaskSucceeded",
              "6<-5 TaskStateExited",
              "7<-6 ExecutionSucceeded");
    }
  }

  @Test
  void inlineMapHalfWay_goesOnWithTheIterationsThatAreLeft() throws Exception {
    var done = ConcurrentHashMap.<Integer>newKeySet();
    var third = new CountDownLatch(1);
    var hanging =
        new FunctionTwin()
            .with(
                "f",
                in -> {
                  if (in.intValue() == 2) {
                    third.countDown();
                    await(new CountDownLatch(1));
                  }
                  done.add(in.intValue());
                  return in;
                });
    String execution;
    try (var before = new Workflows(folder, hanging)) {
      execution =
          before.start(
              before.create(
                  "map",
                  """
                  {"StartAt": "M", "States": {"M": {"Type": "Map", "MaxConcurrency": 1,
                    "ItemProcessor": {"StartAt": "T", "States": {"T": {"Type": "Task",
                      "Resource": "arn:aws:lambda:us-east-1:000000000000:function:f",
                      "End": true}}}, "End": true}}}
                  """),
              "[0,1,2,3]");
      third.await();
    }
    assertThat(done).containsExactlyInAnyOrder(0, 1);
    var again = new ConcurrentSkipListSet<Integer>();
    var working =
        new FunctionTwin()
            .with(
                "f",
                in -> {
                  again.add(in.intValue());
                  return in;
                });
    try (var after = new Workflows(folder, working)) {
      assertThat(after.end(execution).output()).isEqualTo("[0,1,2,3]");
      assertThat(again).containsExactly(2, 3);
      assertConsecutive(after.history(execution));
    }
  }

  @Test
  void mapRunHalfWay_doesNotRunFinishedChildrenAgain() throws Exception {
    Map<Integer, AtomicInteger> runs = new ConcurrentHashMap<>();
    var hung = new CountDownLatch(2);
    var hanging =
        new FunctionTwin()
            .with(
                "f",
                in -> {
                  int n = number(in);
                  if (n >= 30) {
                    hung.countDown();
                    await(new CountDownLatch(1));
                  }
                  runs.computeIfAbsent(n, k -> new AtomicInteger()).incrementAndGet();
                  return in;
                });
    String execution;
    try (var before = new Workflows(folder, hanging)) {
      S3Client s3 = before.rooms.client(S3Client.class);
      s3.createBucket(b -> b.bucket("files"));
      String rows =
          IntStream.range(0, 100)
              .mapToObj(i -> i + ",name " + i + "\n")
              .reduce("n,name\n", String::concat);
      s3.putObject(b -> b.bucket("files").key("rows.csv"), RequestBody.fromString(rows));
      execution = before.start(before.create("rows", MAP_RUN), "{}");
      hung.await();
    }
    var working =
        new FunctionTwin()
            .with(
                "f",
                in -> {
                  runs.computeIfAbsent(number(in), k -> new AtomicInteger()).incrementAndGet();
                  return in;
                });
    try (var after = new Workflows(folder, working)) {
      var end = after.end(execution);
      assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(runs).hasSize(10);
      assertThat(runs.values()).allMatch(n -> n.get() == 1);
      assertThat(Json.read(end.output()).size()).isEqualTo(10);
      String mapRun =
          after.sfn.listMapRuns(b -> b.executionArn(execution)).mapRuns().getFirst().mapRunArn();
      var described = after.sfn.describeMapRun(b -> b.mapRunArn(mapRun));
      assertThat(described.itemCounts().succeeded()).isEqualTo(100);
      assertThat(described.executionCounts().succeeded()).isEqualTo(10);
      assertThat(described.executionCounts().running()).isZero();
    }
  }

  private static final String MAP_RUN =
      """
      {"QueryLanguage": "JSONata", "StartAt": "M", "States": {"M": {"Type": "Map",
        "MaxConcurrency": 2, "Label": "Rows",
        "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
          "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"},
          "Arguments": {"Bucket": "files", "Key": "rows.csv"}},
        "ItemBatcher": {"MaxItemsPerBatch": 10, "BatchInput": {"k": "v"}},
        "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
          "StartAt": "T", "States": {"T": {"Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Arguments": {"FunctionName": "f", "Payload": "{% $states.input %}"},
            "Output": "{% $count($states.result.Payload.Items) %}", "End": true}}},
        "End": true}}}
      """;

  /** The first row of a batch. */
  private static int number(JsonNode batch) {
    return Integer.parseInt(batch.path("Items").path(0).path("n").asText());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void table(Workflows workflows) {
    workflows
        .rooms
        .client(DynamoDbClient.class)
        .createTable(b ->
            b.tableName("counts")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    AttributeDefinition.builder().attributeName("id").attributeType("S").build())
                .keySchema(KeySchemaElement.builder().attributeName("id").keyType("HASH").build()));
  }

  private static int count(Workflows workflows) {
    AttributeValue n =
        workflows
            .rooms
            .client(DynamoDbClient.class)
            .getItem(b -> b.tableName("counts").key(Map.of("id", AttributeValue.fromS("a"))))
            .item()
            .get("n");
    return n == null ? 0 : Integer.parseInt(n.n());
  }

  private static void assertConsecutive(List<HistoryEvent> history) {
    assertThat(history)
        .extracting(HistoryEvent::id)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, history.size()).boxed().toList());
  }
}
