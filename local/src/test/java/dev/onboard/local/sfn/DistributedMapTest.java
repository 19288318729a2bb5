package dev.onboard.local.sfn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.sfn.asl.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.MapRunStatus;
import software.amazon.awssdk.services.sfn.model.SfnException;

class DistributedMapTest {
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  @TempDir Path folder;
  private Workflows workflows;
  private S3Client s3;

  @BeforeEach
  void open() {
    workflows =
        new Workflows(
            folder,
            new FunctionTwin()
                .with(
                    "odd",
                    in -> {
                      if (in.intValue() % 2 == 0) {
                        throw new IllegalArgumentException("even");
                      }
                      return in;
                    }));
    s3 = workflows.rooms.client(S3Client.class);
    s3.createBucket(b -> b.bucket("files"));
  }

  @AfterEach
  void close() {
    workflows.close();
  }

  @Test
  void executions_areFoundByWhatIsInTheirInput() {
    String machine =
        workflows.create(
            "found",
            map(
                "EXPRESS",
                "\"ItemBatcher\": {\"MaxItemsPerBatch\": 1},",
                "{\"Type\": \"Succeed\"}"));
    String parent =
        workflows.run(machine, "[\"Ada@Example.com\", \"bob@example.com\"]").executionArn();
    var executions = new StartedExecutions(workflows.rooms.store);
    List<StartedExecutions.Started> found =
        executions.containing("ada@example.COM", Long.MAX_VALUE, 10);
    String mapRun =
        workflows.sfn.listMapRuns(l -> l.executionArn(parent)).mapRuns().getFirst().mapRunArn();
    assertThat(found).hasSize(2);
    assertThat(found.getFirst().mapRun()).isEqualTo(mapRun);
    assertThat(found.getFirst().status()).isEqualTo("SUCCEEDED");
    assertThat(found.getLast().arn()).isEqualTo(parent);
    assertThat(found.getLast().mapRun()).isNull();
    assertThat(executions.containing("ada@example.com", found.getFirst().number(), 10)).hasSize(1);
    assertThat(executions.containing("eve@example.com", Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  void executions_areListedByWhatTheyAre_withoutTheChildrenOfMapRuns() {
    String maps =
        workflows.create("maps", map("EXPRESS", "", "{\"Type\": \"Fail\", \"Error\": \"E\"}"));
    String passes =
        workflows.create(
            "passes",
            "{\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"End\": true}}}");
    String failed = workflows.run(maps, "[1, 2]").executionArn();
    workflows.rooms.clock.advance(Duration.ofHours(1));
    Instant later = workflows.rooms.clock.now();
    String good =
        workflows.sfn.startExecution(b -> b.stateMachineArn(passes).name("Good-1")).executionArn();
    workflows.end(good);

    var all = new StartedExecutions.Wanted(null, null, "", Instant.EPOCH, LAST);
    assertThat(list(all)).containsExactly(good, failed);
    assertThat(list(new StartedExecutions.Wanted(maps, null, "", Instant.EPOCH, LAST)))
        .containsExactly(failed);
    assertThat(list(new StartedExecutions.Wanted(null, "FAILED", "", Instant.EPOCH, LAST)))
        .containsExactly(failed);
    assertThat(list(new StartedExecutions.Wanted(null, null, "gOOD", Instant.EPOCH, LAST)))
        .containsExactly(good);
    assertThat(list(new StartedExecutions.Wanted(null, null, "", later, LAST)))
        .containsExactly(good);
    assertThat(list(new StartedExecutions.Wanted(null, null, "", Instant.EPOCH, later)))
        .containsExactly(failed);
    var executions = new StartedExecutions(workflows.rooms.store);
    StartedExecutions.Started newest = executions.list(all, Long.MAX_VALUE, 1).getFirst();
    assertThat(newest.arn()).isEqualTo(good);
    StartedExecutions.Started older = executions.list(all, newest.number(), 1).getFirst();
    assertThat(older.arn()).isEqualTo(failed);
    assertThat(older.error()).isEqualTo("States.ExceedToleratedFailureThreshold");
  }

  private List<String> list(StartedExecutions.Wanted wanted) {
    return new StartedExecutions(workflows.rooms.store)
        .list(wanted, Long.MAX_VALUE, 10).stream().map(StartedExecutions.Started::arn).toList();
  }

  private static String map(String type, String fields, String state) {
    return """
    {"StartAt": "M", "States": {"M": {"Type": "Map", "Label": "L", %s
      "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "%s"},
        "StartAt": "C", "States": {"C": %s}}, "End": true}}}
    """
        .formatted(fields, type, state);
  }

  private JsonNode rows(String file, String config) {
    s3.putObject(b -> b.bucket("files").key("rows"), RequestBody.fromString(file));
    String machine =
        workflows.create(
            "read" + System.identityHashCode(file),
            map(
                "EXPRESS",
                """
                "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
                  "ReaderConfig": %s, "Parameters": {"Bucket": "files", "Key": "rows"}},
                """
                    .formatted(config),
                "{\"Type\": \"Pass\", \"End\": true}"));
    var end = workflows.run(machine, "{}");
    assertThat(end.cause()).isNull();
    return Json.read(end.output());
  }

  @Test
  void csv_isReadAsStepFunctionsReadsIt() {
    String file =
        "a,b\r\n1,\"x, \"\"y\"\"\nz\"\nshort\nlong,2,3\n\\\"q\\\",back\\\\slash\\x\n\n\"last\",";
    JsonNode rows = rows(file, "{\"InputType\": \"CSV\", \"CSVHeaderLocation\": \"FIRST_ROW\"}");
    assertThat(rows)
        .isEqualTo(
            Json.read(
                """
                [{"a": "1", "b": "x, \\"y\\"\\nz"}, {"a": "short", "b": ""},
                 {"a": "long", "b": "2"}, {"a": "\\"q\\"", "b": "back\\\\slashx"},
                 {"a": "", "b": ""}, {"a": "last", "b": ""}]
                """));
  }

  @Test
  void csvWithGivenHeaderDelimiterAndMaxItems_isCutOff() {
    JsonNode rows =
        rows(
            "1|2\n3|4\n5|6\n",
            """
            {"InputType": "CSV", "CSVHeaderLocation": "GIVEN", "CSVHeaders": ["x", "y"],
             "CSVDelimiter": "PIPE", "MaxItems": 2}
            """);
    assertThat(rows).isEqualTo(Json.read("[{\"x\":\"1\",\"y\":\"2\"},{\"x\":\"3\",\"y\":\"4\"}]"));
  }

  @Test
  void jsonAndJsonLines_giveTheirValues() {
    assertThat(rows("[1, {\"a\": null}]", "{\"InputType\": \"JSON\"}"))
        .isEqualTo(Json.read("[1, {\"a\": null}]"));
    assertThat(rows("{\"a\":1}\n\n\"x\"\n", "{\"InputType\": \"JSONL\"}"))
        .isEqualTo(Json.read("[{\"a\":1},\"x\"]"));
  }

  @Test
  void objectThatIsNotThere_failsTheMapRunAndCanBeCaught() {
    String machine =
        workflows.create(
            "gone",
            map(
                "STANDARD",
                """
                "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
                  "ReaderConfig": {"InputType": "JSON"},
                  "Parameters": {"Bucket": "files", "Key": "gone"}},
                """,
                "{\"Type\": \"Pass\", \"End\": true}"));
    var end = workflows.run(machine, "{}");
    assertThat(end.error()).isEqualTo("States.ItemReaderFailed");
    assertThat(workflows.events(end.executionArn()))
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 MapStateEntered",
            "3<-2 MapStateStarted",
            "4<-3 MapRunStarted",
            "5<-4 MapRunFailed",
            "6<-5 MapStateFailed",
            "7<-6 ExecutionFailed");
  }

  @Test
  void batches_areCutByItemsAndByBytes() {
    String machine =
        workflows.create(
            "batches",
            map(
                "EXPRESS",
                """
                "ItemSelector": {"i.$": "$$.Map.Item.Index", "v.$": "$$.Map.Item.Value"},
                "ItemBatcher": {"MaxItemsPerBatch": 3, "MaxInputBytesPerBatch": 60,
                  "BatchInput": {"k.$": "$.k"}}, "ItemsPath": "$.xs",
                """,
                "{\"Type\": \"Pass\", \"End\": true}"));
    var end = workflows.run(machine, "{\"k\": 1, \"xs\": [1, 2, \"0123456789\", 4]}");
    assertThat(end.output())
        .isEqualTo(
            "[{\"BatchInput\":{\"k\":1},\"Items\":[{\"i\":0,\"v\":1},{\"i\":1,\"v\":2}]},"
                + "{\"BatchInput\":{\"k\":1},\"Items\":[{\"i\":2,\"v\":\"0123456789\"}]},"
                + "{\"BatchInput\":{\"k\":1},\"Items\":[{\"i\":3,\"v\":4}]}]");
  }

  @Test
  void toleratedFailures_areWrittenBesideTheResults() {
    String machine =
        workflows.create(
            "tolerates",
            map(
                "STANDARD",
                """
                "ToleratedFailurePercentage": 50,
                "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
                  "Parameters": {"Bucket": "files", "Prefix": "out"}},
                """,
                ODD));
    var end = workflows.run(machine, "[1, 2, 3, 4]");
    assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    JsonNode result = Json.read(end.output());
    JsonNode manifest = object(result.path("ResultWriterDetails").path("Key").asText());
    assertThat(manifest.path("DestinationBucket").asText()).isEqualTo("files");
    assertThat(manifest.path("MapRunArn")).isEqualTo(result.path("MapRunArn"));
    JsonNode good = object(key(manifest, "SUCCEEDED"));
    JsonNode bad = object(key(manifest, "FAILED"));
    assertThat(good.valueStream().map(n -> n.path("Output").asText())).containsExactly("1", "3");
    assertThat(bad.valueStream().map(n -> n.path("Error").asText()))
        .containsExactly("IllegalArgumentException", "IllegalArgumentException");
    assertThat(good.path(0).path("StateMachineArn").asText()).endsWith(":stateMachine:tolerates/L");
    var run = workflows.sfn.describeMapRun(b -> b.mapRunArn(result.path("MapRunArn").asText()));
    assertThat(run.status()).isEqualTo(MapRunStatus.SUCCEEDED);
    assertThat(run.itemCounts().failed()).isEqualTo(2);
    assertThat(run.itemCounts().succeeded()).isEqualTo(2);
    assertThat(run.itemCounts().resultsWritten()).isEqualTo(4);
  }

  @Test
  void moreFailuresThanTolerated_failTheMap() {
    String machine = workflows.create("strict", map("EXPRESS", "", ODD));
    var end = workflows.run(machine, "[1, 2, 3]");
    assertThat(end.error()).isEqualTo("States.ExceedToleratedFailureThreshold");
    assertThat(end.cause()).isEqualTo("The specified tolerated failure threshold was exceeded");
  }

  @Test
  void compactAndFlatten_writeOutputsAlone() {
    for (String transformation : List.of("COMPACT", "FLATTEN")) {
      String machine =
          workflows.create(
              transformation,
              map(
                  "EXPRESS",
                  """
                  "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
                    "Parameters": {"Bucket": "files", "Prefix": "out"},
                    "WriterConfig": {"Transformation": "%s", "OutputType": "JSONL"}},
                  """
                      .formatted(transformation),
                  "{\"Type\": \"Pass\", \"End\": true}"));
      JsonNode result = Json.read(workflows.run(machine, "[[1,2],[3]]").output());
      JsonNode manifest = object(result.path("ResultWriterDetails").path("Key").asText());
      String key = key(manifest, "SUCCEEDED");
      assertThat(key).endsWith("/SUCCEEDED_0.jsonl");
      String text = s3.getObjectAsBytes(b -> b.bucket("files").key(key)).asUtf8String();
      assertThat(text).isEqualTo(transformation.equals("COMPACT") ? "[1,2]\n[3]" : "1\n2\n3");
    }
  }

  @Test
  void standardChildren_areExecutionsWithHistories() {
    String machine =
        workflows.create("kids", map("STANDARD", "", "{\"Type\": \"Pass\", \"End\": true}"));
    var end = workflows.run(machine, "[7]");
    String run =
        workflows
            .sfn
            .listMapRuns(b -> b.executionArn(end.executionArn()))
            .mapRuns()
            .getFirst()
            .mapRunArn();
    var child = workflows.sfn.listExecutions(b -> b.mapRunArn(run)).executions().getFirst();
    assertThat(child.executionArn()).contains(":execution:kids/L:");
    assertThat(child.itemCount()).isEqualTo(1);
    assertThat(workflows.events(child.executionArn()))
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 PassStateEntered",
            "3<-2 PassStateExited",
            "4<-3 ExecutionSucceeded");
    assertThat(workflows.describe(child.executionArn()).mapRunArn()).isEqualTo(run);
  }

  @Test
  void expressChild_isDescribedButHasNoHistory() {
    String machine =
        workflows.create("quick", map("EXPRESS", "", "{\"Type\": \"Pass\", \"End\": true}"));
    var end = workflows.run(machine, "[7]");
    String run =
        workflows
            .sfn
            .listMapRuns(b -> b.executionArn(end.executionArn()))
            .mapRuns()
            .getFirst()
            .mapRunArn();
    String child =
        workflows.sfn.listExecutions(b -> b.mapRunArn(run)).executions().getFirst().executionArn();
    assertThat(workflows.describe(child).output()).isEqualTo("7");
    assertThatThrownBy(() -> workflows.sfn.getExecutionHistory(b -> b.executionArn(child)))
        .isInstanceOf(SfnException.class)
        .hasMessageContaining("Resource type not valid in this context: express");
  }

  @Test
  void stoppedExecution_stopsItsMapRunAndChildren() {
    String machine =
        workflows.create(
            "stops", map("STANDARD", "", "{\"Type\": \"Wait\", \"Seconds\": 900, \"End\": true}"));
    String execution = workflows.start(machine, "[1, 2]");
    workflows.rooms.clock.advance(Duration.ofSeconds(1));
    String run =
        workflows.sfn.listMapRuns(b -> b.executionArn(execution)).mapRuns().getFirst().mapRunArn();
    assertThat(workflows.sfn.describeMapRun(b -> b.mapRunArn(run)).executionCounts().running())
        .isEqualTo(2);
    workflows.sfn.stopExecution(b -> b.executionArn(execution));
    workflows.rooms.clock.advance(Duration.ofSeconds(1));
    var described = workflows.sfn.describeMapRun(b -> b.mapRunArn(run));
    assertThat(described.status()).isEqualTo(MapRunStatus.ABORTED);
    assertThat(described.executionCounts().aborted()).isEqualTo(2);
  }

  @Test
  void updatedMapRun_takesTheNewConcurrency() {
    String machine =
        workflows.create(
            "faster",
            map(
                "EXPRESS",
                "\"MaxConcurrency\": 1,",
                "{\"Type\": \"Wait\", \"Seconds\": 60, \"End\": true}"));
    String execution = workflows.start(machine, "[1, 2, 3, 4]");
    workflows.rooms.clock.advance(Duration.ofSeconds(1));
    String run =
        workflows.sfn.listMapRuns(b -> b.executionArn(execution)).mapRuns().getFirst().mapRunArn();
    workflows.sfn.updateMapRun(b -> b.mapRunArn(run).maxConcurrency(4));
    var end = workflows.end(execution);
    assertThat(Duration.between(end.startDate(), end.stopDate()))
        .isLessThan(Duration.ofSeconds(65));
  }

  private static final String ODD =
      """
      {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:odd",
       "End": true}
      """;

  private static String key(JsonNode manifest, String group) {
    return manifest.path("ResultFiles").path(group).path(0).path("Key").asText();
  }

  private JsonNode object(String key) {
    return Json.read(s3.getObjectAsBytes(b -> b.bucket("files").key(key)).asUtf8String());
  }
}
