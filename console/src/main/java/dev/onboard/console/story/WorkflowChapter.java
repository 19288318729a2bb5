package dev.onboard.console.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onboard.console.story.Step.State;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.MapRunListItem;

/** Executions of the workflow: their states, map runs and the children that failed. */
final class WorkflowChapter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FAILED_CHILDREN = 5;

  private final Sources sources;

  WorkflowChapter(Sources sources) {
    this.sources = sources;
  }

  /** An execution, its states in one line. */
  void tellShort(String arn, Draft draft) {
    describe(arn)
        .ifPresentOrElse(
            e -> {
              String states =
                  visits(arn).stream().map(StateVisit::text).collect(Collectors.joining("; "));
              draft.add(execution(e).detail(states));
            },
            () -> gone(arn, draft));
  }

  /** An execution with a step for each state, and its map runs. */
  void tell(String arn, Draft draft) {
    Optional<DescribeExecutionResponse> found = describe(arn);
    if (found.isEmpty()) {
      gone(arn, draft);
      return;
    }
    draft.add(execution(found.get()));
    for (StateVisit visit : visits(arn)) {
      draft.add(state(visit, arn, found.get().status()));
      if (visit.type().equals("Map")) {
        mapRuns(arn, draft);
      }
    }
    if (found.get().stopDate() != null) {
      draft.milestone("workflow over", found.get().stopDate());
    }
  }

  /** What a state's task answered in an execution, if it did. */
  Optional<JsonNode> answer(String arn, String state) {
    return visits(arn).stream()
        .filter(v -> v.name().equals(state) && v.output() != null)
        .map(v -> json(v.output()))
        .findFirst();
  }

  Optional<DescribeExecutionResponse> describe(String arn) {
    try {
      return Optional.of(
          sources.client(SfnClient.class).describeExecution(d -> d.executionArn(arn)));
    } catch (ExecutionDoesNotExistException e) {
      return Optional.empty();
    }
  }

  private static void gone(String arn, Draft draft) {
    draft.unknown("The execution " + arn + " is not known any more.");
  }

  private static Step.Builder execution(DescribeExecutionResponse execution) {
    boolean duplicate = json(execution.output()).path("status").asText().equals("DUPLICATE");
    String what =
        "execution "
            + Ids.brief(execution.name())
            + switch (execution.status()) {
              case RUNNING, PENDING_REDRIVE -> " runs";
              case SUCCEEDED -> duplicate ? " ended: the upload is imported already" : " succeeded";
              case FAILED -> " failed";
              case TIMED_OUT -> " timed out";
              default -> " was stopped";
            };
    Step.Builder step =
        Step.of("Step Functions", what)
            .between(execution.startDate(), execution.stopDate())
            .state(duplicate ? State.IGNORED : state(execution.status()))
            .link(Reference.to("execution", "executions", execution.executionArn()))
            .command(
                ShownBy.aws(
                    "stepfunctions",
                    "describe-execution",
                    "--execution-arn",
                    execution.executionArn()));
    if (execution.error() != null || execution.cause() != null) {
      step.detail(StateVisit.said(execution.error(), execution.cause()));
    }
    return step;
  }

  static State state(ExecutionStatus status) {
    return switch (status) {
      case RUNNING, PENDING_REDRIVE -> State.WAITING;
      case SUCCEEDED -> State.OK;
      default -> State.FAILED;
    };
  }

  private List<StateVisit> visits(String arn) {
    return StateVisit.of(
        sources
            .client(SfnClient.class)
            .getExecutionHistoryPaginator(h -> h.executionArn(arn).maxResults(1000))
            .events()
            .stream()
            .toList());
  }

  private static Step.Builder state(StateVisit visit, String arn, ExecutionStatus status) {
    boolean over = visit.left() != null;
    State state =
        !visit.failures().isEmpty()
            ? over ? State.RETRIED : state(status)
            : over ? State.OK : state(status);
    Step.Builder step =
        Step.of("Step Functions", "state " + visit.name())
            .between(visit.entered(), visit.left())
            .state(state)
            .link(Reference.to("execution", "executions", arn))
            .command(ShownBy.aws("stepfunctions", "get-execution-history", "--execution-arn", arn));
    visit.failures().forEach(f -> step.detail("failed: " + f));
    return step;
  }

  private void mapRuns(String arn, Draft draft) {
    SfnClient sfn = sources.client(SfnClient.class);
    for (MapRunListItem item : sfn.listMapRuns(l -> l.executionArn(arn)).mapRuns()) {
      var run = sfn.describeMapRun(d -> d.mapRunArn(item.mapRunArn()));
      var items = run.itemCounts();
      var children = run.executionCounts();
      boolean failed = children.failed() + children.timedOut() + children.aborted() > 0;
      Step.Builder step =
          Step.of(
                  "Step Functions",
                  "map run: %d rows, %d batches".formatted(items.total(), children.total()))
              .between(run.startDate(), run.stopDate())
              .state(failed ? State.FAILED : run.stopDate() == null ? State.WAITING : State.OK)
              .detail(
                  "%d of %d rows are through, %d failed"
                      .formatted(items.succeeded(), items.total(), items.failed()))
              .link(Reference.to("execution", "executions", arn))
              .link(Reference.to("map run", "mapruns", item.mapRunArn()))
              .command(
                  ShownBy.aws(
                      "stepfunctions", "describe-map-run", "--map-run-arn", item.mapRunArn()));
      if (failed) {
        failedChildren(sfn, item.mapRunArn(), step);
      }
      draft.add(step);
    }
  }

  private static void failedChildren(SfnClient sfn, String mapRun, Step.Builder step) {
    for (ExecutionListItem child :
        sfn.listExecutions(l ->
                l.mapRunArn(mapRun)
                    .statusFilter(ExecutionStatus.FAILED)
                    .maxResults(FAILED_CHILDREN))
            .executions()) {
      var described = sfn.describeExecution(d -> d.executionArn(child.executionArn()));
      step.detail("a batch failed: " + StateVisit.said(described.error(), described.cause()))
          .link(Reference.to("failed batch", "executions", child.executionArn()));
    }
  }

  static JsonNode json(@Nullable String text) {
    try {
      return text == null ? JSON.missingNode() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }
}
