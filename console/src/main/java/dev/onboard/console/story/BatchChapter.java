package dev.onboard.console.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.stack.LogLine;
import dev.onboard.console.story.FunctionLogs.Window;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/**
 * The batch of rows in which a person stood: the child execution, and the functions that it called.
 */
final class BatchChapter {
  private final FunctionLogs logs;

  BatchChapter(FunctionLogs logs) {
    this.logs = logs;
  }

  /**
   * Tells of a batch; answers when its users were stored, if that is known.
   *
   * @param appearance a row of it
   */
  @Nullable Instant tell(Appearance appearance, Draft draft) {
    DescribeExecutionResponse batch = appearance.batch();
    Step.Builder step =
        Step.of(
                "Step Functions",
                "batch of rows %d to %d, row %d among them"
                    .formatted(appearance.firstRow(), appearance.lastRow(), appearance.row()))
            .between(batch.startDate(), batch.stopDate())
            .state(WorkflowChapter.state(batch.status()))
            .link(Reference.to("batch", "executions", batch.executionArn()))
            .command(
                ShownBy.aws(
                    "stepfunctions",
                    "describe-execution",
                    "--execution-arn",
                    batch.executionArn()));
    JsonNode output = WorkflowChapter.json(batch.output());
    if (output.has("created")) {
      step.detail(
          "%d created, %d existing, %d rejected"
              .formatted(
                  output.path("created").asInt(),
                  output.path("existing").asInt(),
                  output.path("rejected").asInt()));
    }
    if (batch.error() != null || batch.cause() != null) {
      step.detail(StateVisit.said(batch.error(), batch.cause()));
    }
    draft.add(step);
    function("ValidateRows", "the batch was validated", appearance, draft);
    return function("StoreUsers", "the batch was stored", appearance, draft)
        .flatMap(i -> i.lines().stream().map(LogLine::at).reduce((a, b) -> b))
        .orElse(null);
  }

  private Optional<Invocation> function(
      String function, String what, Appearance appearance, Draft draft) {
    String pattern =
        "{ $.importId = \"%s\" && $.firstRow = %d }"
            .formatted(appearance.importId(), appearance.firstRow());
    Optional<Invocation> found =
        logs
            .find(
                function,
                pattern,
                new Window(appearance.batch().startDate(), appearance.batch().stopDate()))
            .stream()
            .findFirst();
    found.ifPresent(i -> draft.add(i.step(function + ": " + what)));
    return found;
  }
}
