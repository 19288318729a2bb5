package dev.onboard.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.onboard.cli.Onboard;
import dev.onboard.local.LocalRuntime;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Call;
import dev.onboard.local.eventbridge.Quotas;
import dev.onboard.statemachine.WorkflowCase.End;
import dev.onboard.statemachine.WorkflowCase.Fault;
import dev.onboard.statemachine.WorkflowCase.Leaves;
import dev.onboard.statemachine.WorkflowCase.RejectedRow;
import dev.onboard.statemachine.WorkflowCase.Step;
import dev.onboard.statemachine.WorkflowCase.Upload;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.eventbridge.model.InternalException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** Every case of {@code cases/}, on the deployed stack. */
class CasesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private static Path folder;
  private static LocalRuntime runtime;
  private static Clients clients;
  private static Stack stack;
  private static Probe probe;

  private Instant began = Instant.EPOCH;
  private int replays;

  @BeforeAll
  static void deploy() throws IOException {
    runtime =
        LocalRuntime.start(
            folder, Path.of("target/function-caches").toAbsolutePath(), 0, Quotas.DEFAULT);
    var output = new StringWriter();
    var out = new PrintWriter(output, true);
    int exit = Onboard.run(out, out, "deploy", "--port", "" + runtime.endpoint().getPort());
    assertThat(exit).as(output.toString()).isZero();
    clients = Clients.of(runtime);
    stack = new Stack(clients);
    probe = Probe.add(clients, stack);
  }

  @AfterAll
  static void close() {
    if (runtime != null) {
      runtime.close();
    }
  }

  static Stream<WorkflowCase> cases() throws IOException {
    return WorkflowCase.all(Path.of("cases")).stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void workflowCase_endsAsItSays(WorkflowCase workflowCase) {
    runtime.faults().clear();
    stack.empty();
    probe.clear();
    // Events carry whole seconds; those of the case before must lie before this one's.
    runtime.clock().advance(Duration.ofSeconds(2));
    began = runtime.clock().now().truncatedTo(ChronoUnit.SECONDS);
    int executions = 0;
    for (Step step : workflowCase.steps()) {
      step.faults().forEach(CasesTest::inject);
      happen(step, executions);
      await("every execution to end", executions + step.ends().size());
      runtime.faults().clear();
      await(
          () -> "every message to be worked on: " + stack.messages(),
          () -> stack.messages().isEmpty());
      List<ExecutionListItem> all = stack.executions(began);
      assertThat(all).hasSize(executions + step.ends().size());
      for (End end : step.ends()) {
        check(end, all.get(executions++).executionArn());
      }
      if (step.leaves() != null) {
        check(step.leaves());
      }
    }
    check(workflowCase.leaves());
  }

  private void happen(Step step, int executionsBefore) {
    if (step.redeliver() != null) {
      redeliver();
    }
    Upload upload = step.upload();
    if (upload == null) {
      return;
    }
    if (upload.deletedBeforeDelivery()) {
      runtime
          .faults()
          .inject(
              "states",
              "StartExecution",
              Integer.MAX_VALUE,
              call -> true,
              AwsErrors.error(
                  AwsServiceException.builder(), 500, "InternalServerError", "injected"));
      String version = stack.upload(upload.key(), upload.csv());
      stack.delete(upload.key(), version);
      runtime.faults().clear();
    } else {
      stack.upload(upload.key(), upload.csv());
    }
    for (int i = 1; i < step.deliveries(); i++) {
      int begun = executionsBefore + i;
      await(() -> "delivery " + begun, () -> stack.executions(began).size() >= begun);
      redeliver();
    }
  }

  private void redeliver() {
    runtime.clock().advance(Duration.ofSeconds(1));
    stack.redeliver(
        "replay-" + began.getEpochSecond() + "-" + ++replays, began, runtime.clock().now());
  }

  private static void inject(Fault fault) {
    var calls = new AtomicInteger();
    Predicate<Call> which =
        call ->
            (fault.where() == null
                    || call.request() instanceof PutEventsRequest put
                        && put.entries().stream()
                            .anyMatch(e -> fault.where().detailType().equals(e.detailType())))
                && calls.incrementAndGet() > fault.after();
    AwsServiceException.Builder error =
        switch (fault.error()) {
          case "InternalException" -> InternalException.builder();
          case "InternalServerError" -> InternalServerErrorException.builder();
          default -> AwsServiceException.builder();
        };
    runtime
        .faults()
        .inject(
            fault.service(),
            fault.operation(),
            fault.times(),
            which,
            AwsErrors.error(error, fault.status(), fault.error(), "injected"));
  }

  private void await(String what, int executions) {
    await(
        () -> what + ": " + stack.executions(began),
        () -> {
          List<ExecutionListItem> all = stack.executions(began);
          return all.size() >= executions
              && all.stream().noneMatch(e -> e.status() == ExecutionStatus.RUNNING);
        });
  }

  private static void await(java.util.function.Supplier<String> what, BooleanSupplier done) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!runtime.clock().advanceUntil(done, Duration.ofSeconds(10))) {
      assertThat(System.nanoTime()).as("waited in vain for " + what.get()).isLessThan(until);
    }
  }

  private static void check(End end, String execution) {
    DescribeExecutionResponse described =
        clients.states().describeExecution(d -> d.executionArn(execution));
    assertThat(described.statusAsString()).as("%s", described).isEqualTo(end.status());
    HistoryEvent last =
        clients
            .states()
            .getExecutionHistory(g -> g.executionArn(execution).reverseOrder(true).maxResults(1))
            .events()
            .getFirst();
    if (described.status() == ExecutionStatus.SUCCEEDED) {
      assertThat(last.type()).isEqualTo(HistoryEventType.EXECUTION_SUCCEEDED);
      assertThat(last.executionSucceededEventDetails().output()).isEqualTo(described.output());
    } else {
      assertThat(last.type()).isEqualTo(HistoryEventType.EXECUTION_FAILED);
      assertThat(last.executionFailedEventDetails().error()).isEqualTo(described.error());
      assertThat(last.executionFailedEventDetails().cause()).isEqualTo(described.cause());
    }
    if (end.output() != null) {
      JsonNode output = tree(described.output());
      end.output()
          .properties()
          .forEach(member ->
              assertThat(output.get(member.getKey()))
                  .as(member.getKey())
                  .isEqualTo(member.getValue()));
    }
    if (end.error() != null) {
      assertThat(described.error()).isEqualTo(end.error());
    }
    if (end.cause() != null) {
      assertThat(described.cause())
          .isEqualTo(end.cause().replace("${UploadBucket}", stack.output("UploadBucketName")));
    }
  }

  private void check(Leaves leaves) {
    if (leaves.users() != null) {
      assertThat(stack.users()).hasSize(leaves.users());
    }
    if (leaves.events() != null) {
      leaves
          .events()
          .forEach((type, number) -> assertThat(probe.ids(type)).as(type).hasSize(number));
    }
    if (leaves.mails() != null) {
      Map<String, Integer> mails = stack.mails(began);
      assertThat(mails).hasSize(leaves.mails());
      assertThat(mails.values())
          .containsOnly(leaves.mails() == 0 ? new Integer[0] : new Integer[] {1});
      assertThat(stack.items("MailsTableName"))
          .hasSize(leaves.mails())
          .allMatch(mail -> mail.get("status").s().equals("SENT"));
    }
    if (leaves.importItem() != null) {
      Map<String, AttributeValue> item = stack.imports().getLast();
      leaves
          .importItem()
          .forEach((name, value) -> assertThat(plain(item.get(name))).as(name).isEqualTo(value));
    }
    if (leaves.rejected() != null) {
      assertThat(rejected()).isEqualTo(leaves.rejected());
    }
    if (leaves.childExecutions() != null) {
      assertThat(childExecutions()).isEqualTo(leaves.childExecutions());
    }
    if (leaves.lambdaInvocations() != null) {
      leaves
          .lambdaInvocations()
          .forEach((name, number) -> assertThat(invocations(name)).as(name).isEqualTo(number));
    }
    if (leaves.attributes() != null) {
      Map<String, Map<String, String>> attributes =
          stack.users().stream()
              .collect(
                  Collectors.toMap(
                      user -> user.get("email").s(),
                      user ->
                          user.get("attributes").m().entrySet().stream()
                              .collect(
                                  Collectors.toMap(Map.Entry::getKey, e -> e.getValue().s()))));
      assertThat(attributes).isEqualTo(leaves.attributes());
    }
  }

  private static String plain(AttributeValue value) {
    return value == null ? "" : value.n() == null ? value.s() : value.n();
  }

  private static List<RejectedRow> rejected() {
    String report = stack.text(stack.imports().getLast().get("rejectedReport").s());
    return CsvReader.builder().ofNamedCsvRecord(report).stream()
        .map(row -> new RejectedRow(row.getField("row"), row.getField("error")))
        .toList();
  }

  private int childExecutions() {
    String execution = stack.executions(began).getLast().executionArn();
    return clients.states().listMapRuns(l -> l.executionArn(execution)).mapRuns().stream()
        .mapToInt(m ->
            clients
                .states()
                .describeMapRun(d -> d.mapRunArn(m.mapRunArn()))
                .executionCounts()
                .total()
                .intValue())
        .sum();
  }

  private int invocations(String function) {
    return stack.executions(began).stream()
        .mapToInt(e ->
            (int)
                clients
                    .states()
                    .getExecutionHistoryPaginator(g -> g.executionArn(e.executionArn()))
                    .events()
                    .stream()
                    .filter(h -> h.type() == HistoryEventType.TASK_SCHEDULED)
                    .filter(h -> h.taskScheduledEventDetails().parameters().contains(function))
                    .count())
        .sum();
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
