package dev.onboard.local.sfn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.Rooms;
import dev.onboard.local.sfn.asl.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.MapRunStatus;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** Map runs that go on when their execution is redriven, as recordings of AWS have them. */
class MapRunRedriveTest {
  @TempDir Path folder;
  private final Set<Integer> broken = ConcurrentHashMap.newKeySet();
  private final Map<Integer, AtomicInteger> calls = new ConcurrentHashMap<>();
  private Workflows workflows;

  @BeforeEach
  void open() {
    workflows = new Workflows(folder, functions());
    workflows.rooms.client(S3Client.class).createBucket(b -> b.bucket("files"));
  }

  @AfterEach
  void close() {
    workflows.close();
  }

  private FunctionTwin functions() {
    return new FunctionTwin()
        .with(
            "f",
            in -> {
              int n = in.intValue();
              calls.computeIfAbsent(n, k -> new AtomicInteger()).incrementAndGet();
              if (broken.contains(n)) {
                throw new IllegalStateException("broken: " + n);
              }
              return in;
            });
  }

  private String machine(String name, String type, String fields) {
    return workflows.create(
        name,
        """
        {"StartAt": "M", "States": {
          "M": {"Type": "Map", "Label": "L", %s
            "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "%s"},
              "StartAt": "Before", "States": {
                "Before": {"Type": "Pass", "Next": "Work"},
                "Work": {"Type": "Task",
                  "Resource": "arn:aws:lambda:us-east-1:000000000000:function:f", "Next": "After"},
                "After": {"Type": "Pass", "Parameters": {"n.$": "$",
                  "redrives.$": "$$.Execution.RedriveCount"}, "End": true}}},
            "Next": "Done"},
          "Done": {"Type": "Pass", "End": true}}}
        """
            .formatted(fields, type));
  }

  private static final String WRITER =
      """
      "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
        "Parameters": {"Bucket": "files", "Prefix": "out"}},
      """;

  private void redrive(String execution) {
    workflows.rooms.clock.advance(Duration.ofSeconds(1));
    workflows.sfn.redriveExecution(b -> b.executionArn(execution));
  }

  private String mapRun(String execution) {
    var runs = workflows.sfn.listMapRuns(b -> b.executionArn(execution)).mapRuns();
    assertThat(runs).hasSize(1);
    return runs.getFirst().mapRunArn();
  }

  private DescribeMapRunResponse describe(String mapRun) {
    return workflows.sfn.describeMapRun(b -> b.mapRunArn(mapRun));
  }

  private List<ExecutionListItem> children(String mapRun) {
    return workflows
        .sfn
        .listExecutionsPaginator(b -> b.mapRunArn(mapRun).maxResults(2))
        .executions()
        .stream()
        .toList();
  }

  private int calls(int n) {
    AtomicInteger made = calls.get(n);
    return made == null ? 0 : made.get();
  }

  // ------------------------------------------------------------------

  @Test
  void standardChildren_goOnFromTheStateThatFailed() {
    broken.add(2);
    String execution =
        workflows
            .run(machine("standard", "STANDARD", WRITER + "\"MaxConcurrency\": 1,"), "[1, 2, 3]")
            .executionArn();
    String mapRun = mapRun(execution);
    var before = describe(mapRun);
    assertThat(before.status()).isEqualTo(MapRunStatus.FAILED);
    assertThat(before.executionCounts().succeeded()).isEqualTo(1);
    assertThat(before.executionCounts().failed()).isEqualTo(1);
    assertThat(before.executionCounts().pending()).isEqualTo(1);
    assertThat(before.executionCounts().total()).isEqualTo(3);
    assertThat(before.redriveCount()).isZero();
    String failed =
        workflows
            .sfn
            .listExecutions(b -> b.mapRunArn(mapRun).statusFilter("FAILED"))
            .executions()
            .getFirst()
            .executionArn();
    assertThat(workflows.describe(failed).redriveStatusAsString())
        .isEqualTo("REDRIVABLE_BY_MAP_RUN");
    assertThatThrownBy(() -> workflows.sfn.redriveExecution(b -> b.executionArn(failed)))
        .isInstanceOf(SfnException.class)
        .hasMessageContaining("Labeled Execution ARNs are not supported for this API");
    int events = workflows.events(execution).size();

    broken.clear();
    redrive(execution);
    var end = workflows.end(execution);
    assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(mapRun(execution)).isEqualTo(mapRun);
    assertThat(calls(1)).isEqualTo(1);
    assertThat(calls(2)).isEqualTo(2);
    assertThat(calls(3)).isEqualTo(1);
    List<HistoryEvent> history = workflows.history(execution);
    assertThat(history.subList(events, history.size()))
        .extracting(HistoryEvent::typeAsString)
        .containsExactly(
            "ExecutionRedriven",
            "MapRunRedriven",
            "MapRunSucceeded",
            "MapStateSucceeded",
            "MapStateExited",
            "PassStateEntered",
            "PassStateExited",
            "ExecutionSucceeded");
    HistoryEvent redriven = history.get(events + 1);
    assertThat(redriven.mapRunRedrivenEventDetails().mapRunArn()).isEqualTo(mapRun);
    assertThat(redriven.mapRunRedrivenEventDetails().redriveCount()).isEqualTo(1);
    assertThat(history.get(redriven.previousEventId().intValue() - 1).typeAsString())
        .isEqualTo("MapStateStarted");
    assertThat(workflows.events(failed))
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 PassStateEntered",
            "3<-2 PassStateExited",
            "4<-3 TaskStateEntered",
            "5<-4 LambdaFunctionScheduled",
            "6<-5 LambdaFunctionStarted",
            "7<-6 LambdaFunctionFailed",
            "8<-7 ExecutionFailed",
            "9<-8 ExecutionRedriven",
            "10<-4 LambdaFunctionScheduled",
            "11<-10 LambdaFunctionStarted",
            "12<-11 LambdaFunctionSucceeded",
            "13<-12 TaskStateExited",
            "14<-13 PassStateEntered",
            "15<-14 PassStateExited",
            "16<-15 ExecutionSucceeded");
    assertThat(workflows.describe(failed).redriveDate()).isEqualTo(Rooms.START.plusSeconds(1));
    assertThat(workflows.describe(failed).output()).contains("\"redrives\":1");
    var after = describe(mapRun);
    assertThat(after.status()).isEqualTo(MapRunStatus.SUCCEEDED);
    assertThat(after.redriveCount()).isEqualTo(1);
    assertThat(after.redriveDate()).isEqualTo(Rooms.START.plusSeconds(1));
    assertThat(after.executionCounts().succeeded()).isEqualTo(3);
    assertThat(after.executionCounts().failed()).isZero();
    assertThat(after.executionCounts().pendingRedrive()).isZero();
    assertThat(after.itemCounts().succeeded()).isEqualTo(3);
  }

  @Test
  void redrivenResults_standInAFolderOfTheirOwn() {
    broken.add(2);
    String execution =
        workflows
            .run(machine("writes", "STANDARD", WRITER + "\"MaxConcurrency\": 1,"), "[1, 2, 3]")
            .executionArn();
    broken.clear();
    redrive(execution);
    JsonNode result = Json.read(workflows.end(execution).output());
    String key = result.path("ResultWriterDetails").path("Key").asText();
    assertThat(key).matches("out/[0-9a-f-]{36}/Redrive-1/manifest.json");
    JsonNode files = object(key).path("ResultFiles");
    assertThat(files.path("FAILED")).isEmpty();
    List<String> good =
        files.path("SUCCEEDED").valueStream().map(f -> f.path("Key").asText()).toList();
    assertThat(good).hasSize(2);
    assertThat(good.getFirst()).doesNotContain("Redrive-1");
    assertThat(good.getLast()).endsWith("/Redrive-1/SUCCEEDED_0.json");
    assertThat(object(good.getFirst()).valueStream().map(c -> c.path("Input").asText()))
        .containsExactly("1");
    assertThat(object(good.getLast()).valueStream().map(c -> c.path("Input").asText()))
        .containsExactly("2", "3");
    assertThat(object(good.getLast()).valueStream().map(c -> c.path("RedriveCount").asInt()))
        .containsExactly(1, 0);
  }

  private JsonNode object(String key) {
    S3Client s3 = workflows.rooms.client(S3Client.class);
    return Json.read(s3.getObjectAsBytes(b -> b.bucket("files").key(key)).asUtf8String());
  }

  @Test
  void expressChildren_beginAnewUnderTheirNames() {
    broken.add(2);
    String execution = workflows.run(machine("express", "EXPRESS", ""), "[1, 2, 3]").executionArn();
    String mapRun = mapRun(execution);
    // Express children are not stopped when another one has failed.
    assertThat(describe(mapRun).executionCounts().aborted()).isZero();
    String failed =
        workflows
            .sfn
            .listExecutions(b -> b.mapRunArn(mapRun).statusFilter("FAILED"))
            .executions()
            .getFirst()
            .executionArn();
    assertThat(workflows.describe(failed).redriveStatusAsString())
        .isEqualTo("REDRIVABLE_BY_MAP_RUN");
    broken.clear();
    redrive(execution);
    var end = workflows.end(execution);
    // Results are in the order of the items, whichever ran last.
    assertThat(Workflows.tree(end.output()))
        .isEqualTo(
            Workflows.tree(
                """
                [{"n": 1, "redrives": 0}, {"n": 2, "redrives": 1}, {"n": 3, "redrives": 0}]
                """));
    assertThat(calls(1)).isEqualTo(1);
    var child = workflows.describe(failed);
    assertThat(child.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(child.startDate()).isEqualTo(Rooms.START.plusSeconds(1));
    assertThat(child.redriveCount()).isEqualTo(1);
    assertThat(child.redriveDate()).isNull();
    assertThat(
            workflows
                .sfn
                .listExecutions(b -> b.mapRunArn(mapRun).redriveFilter("REDRIVEN"))
                .executions())
        .extracting(ExecutionListItem::executionArn)
        .containsExactly(failed);
    assertThat(
            workflows
                .sfn
                .listExecutions(b -> b.mapRunArn(mapRun).redriveFilter("NOT_REDRIVEN"))
                .executions())
        .hasSize(2);
  }

  private String slowMachine(String name) {
    return workflows.create(
        name,
        """
        {"StartAt": "M", "States": {"M": {"Type": "Map", "MaxConcurrency": 1,
          "ToleratedFailureCount": 1,
          "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED",
            "ExecutionType": "STANDARD"}, "StartAt": "W", "States": {
            "W": {"Type": "Wait", "Seconds": 60, "Next": "Work"},
            "Work": {"Type": "Task",
              "Resource": "arn:aws:lambda:us-east-1:000000000000:function:f", "Next": "Rest"},
            "Rest": {"Type": "Wait", "Seconds": 60, "End": true}}}, "End": true}}}
        """);
  }

  @Test
  void childrenWhoseTurnHasNotCome_arePendingRedrive() {
    broken.addAll(Set.of(1, 2));
    String execution = workflows.run(slowMachine("turns"), "[1, 2, 3]").executionArn();
    String mapRun = mapRun(execution);
    assertThat(describe(mapRun).executionCounts().failed()).isEqualTo(2);
    broken.clear();
    redrive(execution);
    workflows.rooms.clock.advance(Duration.ofSeconds(1));
    assertTurns(mapRun);
    assertThat(
            workflows
                .sfn
                .listExecutions(b -> b.mapRunArn(mapRun).statusFilter("PENDING_REDRIVE"))
                .executions())
        .hasSize(1);
    restart();
    assertTurns(mapRun);

    workflows.sfn.stopExecution(b -> b.executionArn(execution));
    workflows.rooms.clock.advance(Duration.ofSeconds(1));
    var stopped = describe(mapRun);
    assertThat(stopped.status()).isEqualTo(MapRunStatus.ABORTED);
    assertThat(stopped.executionCounts().pendingRedrive()).isZero();
    assertThat(stopped.executionCounts().failed()).isEqualTo(1);
    assertThat(stopped.executionCounts().aborted()).isEqualTo(1);

    redrive(execution);
    assertThat(workflows.end(execution).output()).isEqualTo("[1,2,3]");
    var end = describe(mapRun);
    assertThat(end.redriveCount()).isEqualTo(2);
    assertThat(end.executionCounts().succeeded()).isEqualTo(3);
    assertThat(end.itemCounts().total()).isEqualTo(3);
    assertThat(calls(1)).isEqualTo(2);
    assertThat(calls(3)).isEqualTo(1);
  }

  private void assertTurns(String mapRun) {
    var running = describe(mapRun);
    assertThat(running.status()).isEqualTo(MapRunStatus.RUNNING);
    assertThat(running.stopDate()).isNull();
    assertThat(running.executionCounts().running()).isEqualTo(1);
    assertThat(running.executionCounts().pendingRedrive()).isEqualTo(1);
    assertThat(running.executionCounts().failed()).isZero();
    assertThat(running.itemCounts().pending()).isEqualTo(1);
    assertThat(running.itemCounts().pendingRedrive()).isEqualTo(1);
  }

  private void restart() {
    Instant now = workflows.rooms.clock.now();
    workflows.close();
    workflows = new Workflows(folder, now, functions());
  }

  /** Where its work has not been taken up yet when the stop comes; hence more than once. */
  @Test
  void executionThatIsStoppedRightAfterAStart_takesItsMapRunWithIt() {
    for (int i = 0; i < 20; i++) {
      String execution = workflows.start(slowMachine("early-" + i), "[1, 2, 3]");
      workflows.rooms.clock.advance(Duration.ofSeconds(1));
      String mapRun = mapRun(execution);
      restart();
      workflows.sfn.stopExecution(b -> b.executionArn(execution));
      workflows.rooms.clock.advance(Duration.ofSeconds(1));
      var stopped = describe(mapRun);
      assertThat(stopped.status()).as("attempt " + i).isEqualTo(MapRunStatus.ABORTED);
      assertThat(stopped.executionCounts().running()).isZero();
    }
  }

  @Test
  void redriveThatFollowsAStopAtOnce_runsEveryChildOnce() {
    String execution = workflows.start(slowMachine("hasty"), "[1, 2, 3]");
    workflows.rooms.clock.advance(Duration.ofSeconds(70));
    for (int i = 0; i < 20; i++) {
      workflows.sfn.stopExecution(b -> b.executionArn(execution));
      workflows.sfn.redriveExecution(b -> b.executionArn(execution));
    }
    assertThat(workflows.end(execution).output()).isEqualTo("[1,2,3]");
    var run = describe(mapRun(execution));
    assertThat(run.executionCounts().succeeded()).isEqualTo(3);
    assertThat(run.executionCounts().running()).isZero();
    assertThat(run.executionCounts().aborted()).isZero();
    assertThat(IntStream.rangeClosed(1, 3).map(this::calls)).containsOnly(1);
  }

  @Test
  void childThatCannotBeRedriven_staysFailed() {
    broken.add(1);
    String execution =
        workflows
            .run(
                workflows.create(
                    "late",
                    """
                    {"StartAt": "M", "States": {"M": {"Type": "Map", "MaxConcurrency": 1,
                      "ToleratedFailureCount": 1,
                      "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED",
                        "ExecutionType": "STANDARD"}, "StartAt": "Work", "States": {
                        "Work": {"Type": "Task",
                          "Resource": "arn:aws:lambda:us-east-1:000000000000:function:f",
                          "Next": "Rest"},
                        "Rest": {"Type": "Wait", "Seconds": 600, "Next": "Last"},
                        "Last": {"Type": "Fail"}}}, "End": true}}}
                    """),
                "[1, 2]")
            .executionArn();
    // The first child ended ten minutes before the second one and its parent did.
    workflows.rooms.clock.advance(Duration.ofDays(14).minusMinutes(5));
    broken.clear();
    redrive(execution);
    workflows.end(execution);
    var run = describe(mapRun(execution));
    assertThat(run.executionCounts().failuresNotRedrivable()).isEqualTo(1);
    assertThat(run.executionCounts().failed()).isEqualTo(2);
    assertThat(calls(1)).isEqualTo(1);
    assertThat(calls(2)).isEqualTo(1);
    List<Integer> redrives =
        children(mapRun(execution)).stream().map(ExecutionListItem::redriveCount).toList();
    assertThat(redrives).containsExactly(1, 0);
  }

  // ------------------------------------------------------------------ what is read

  private static final String READER =
      """
      "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
        "ReaderConfig": {"InputType": "JSON"},
        "Parameters": {"Bucket": "files", "Key": "items"}},
      """;

  private void put(String items) {
    workflows
        .rooms
        .client(S3Client.class)
        .putObject(b -> b.bucket("files").key("items"), RequestBody.fromString(items));
  }

  @Test
  void itemsThatCouldNotBeRead_areReadAsTheyAreNow() {
    String execution = workflows.run(machine("reads", "STANDARD", READER), "{}").executionArn();
    assertThat(workflows.describe(execution).error()).isEqualTo("States.ItemReaderFailed");
    put("[7]");
    redrive(execution);
    assertThat(workflows.end(execution).output()).contains("\"n\":7");
    assertThat(describe(mapRun(execution)).redriveCount()).isEqualTo(1);
  }

  @Test
  void itemsThatWereRead_areThoseOfTheFirstAttempt() {
    workflows
        .rooms
        .client(S3Client.class)
        .putBucketVersioning(
            b -> b.bucket("files").versioningConfiguration(v -> v.status("Enabled")));
    put("[1, 2, 3]");
    broken.add(1);
    String execution =
        workflows
            .run(machine("rereads", "STANDARD", READER + "\"MaxConcurrency\": 1,"), "{}")
            .executionArn();
    put("[7, 8, 9]");
    broken.clear();
    redrive(execution);
    assertThat(workflows.end(execution).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(calls.keySet()).containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void resultsThatCouldNotBeWritten_areWrittenWithoutRunningChildrenAgain() {
    String execution =
        workflows
            .run(
                machine(
                    "unwritten",
                    "STANDARD",
                    """
                    "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
                      "Parameters": {"Bucket": "later", "Prefix": "out"}},
                    """),
                "[1, 2]")
            .executionArn();
    assertThat(workflows.describe(execution).error()).isEqualTo("States.ResultWriterFailed");
    workflows.rooms.client(S3Client.class).createBucket(b -> b.bucket("later"));
    redrive(execution);
    assertThat(workflows.end(execution).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(IntStream.rangeClosed(1, 2).map(this::calls)).containsOnly(1);
    assertThat(describe(mapRun(execution)).itemCounts().resultsWritten()).isEqualTo(2);
  }

  @Test
  void resultsThatWereTooLarge_makeANewMapRun() {
    String machine =
        workflows.create(
            "large",
            """
            {"StartAt": "M", "States": {"M": {"Type": "Map",
              "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED",
                "ExecutionType": "STANDARD"}, "StartAt": "P", "States": {
                "P": {"Type": "Pass", "Parameters": {"a.$": "$", "b.$": "$", "c.$": "$"},
                  "End": true}}}, "End": true}}}
            """);
    String item = "\"" + "x".repeat(50_000) + "\"";
    var end = workflows.run(machine, "[" + item + "," + item + "]");
    assertThat(end.error()).isEqualTo("States.DataLimitExceeded");
    redrive(end.executionArn());
    workflows.end(end.executionArn());
    assertThat(workflows.sfn.listMapRuns(b -> b.executionArn(end.executionArn())).mapRuns())
        .hasSize(2);
  }
}
