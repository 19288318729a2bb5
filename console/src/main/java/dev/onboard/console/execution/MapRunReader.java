package dev.onboard.console.execution;

import dev.onboard.console.web.Command;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Figures;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Refusal;
import dev.onboard.console.web.Url;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.MapRunExecutionCounts;

/** Puts together what is shown of a map run. */
final class MapRunReader {
  private static final int PAGE = 50;

  private final Environment env;
  private final Instant now;
  private final DescribeMapRunResponse run;

  MapRunReader(Environment env, String arn, Instant now) {
    this.env = env;
    this.now = now;
    this.run = env.sdk().client(SfnClient.class).describeMapRun(d -> d.mapRunArn(arn));
  }

  boolean isOver() {
    return run.stopDate() != null;
  }

  MapRunPage page(@Nullable String given, @Nullable String token) {
    ExecutionStatus status = status(given);
    MapRuns.Children children =
        new MapRuns(env).children(run.mapRunArn(), status, PAGE, token, now);
    Url here = Url.of("mapruns", run.mapRunArn()).with("status", given);
    String execution = run.executionArn();
    Integer redriven = run.redriveCount();
    return new MapRunPage(
        run.mapRunArn(),
        run.mapRunArn().replaceFirst("^.*:mapRun:", ""),
        MapRuns.badge(run),
        new Link(
            execution.substring(execution.lastIndexOf(':') + 1), Url.path("executions", execution)),
        run.startDate(),
        run.stopDate(),
        MapRuns.took(run.startDate(), run.stopDate(), now),
        redriven == null || redriven == 0 ? null : Figures.count(redriven, "time", "times"),
        MapRuns.progress(run.itemCounts()),
        MapRuns.words(run),
        limits(),
        filters(status),
        children.rows(),
        token == null ? null : here.toString(),
        children.next() == null ? null : here.with("after", children.next()).toString(),
        command(status));
  }

  private static @Nullable ExecutionStatus status(@Nullable String given) {
    if (given == null) {
      return null;
    }
    ExecutionStatus status = ExecutionStatus.fromValue(given);
    if (status == ExecutionStatus.UNKNOWN_TO_SDK_VERSION) {
      throw Refusal.badRequest("There is no status " + given + ".");
    }
    return status;
  }

  private String limits() {
    Integer most = run.maxConcurrency();
    String sideBySide =
        most == null || most == 0
            ? "as many as possible at once"
            : Figures.count(most) + " at once";
    boolean isTolerant = run.toleratedFailureCount() > 0 || run.toleratedFailurePercentage() > 0;
    return sideBySide
        + ", "
        + (isTolerant
            ? "up to %s items or %s %% of them may fail"
                .formatted(
                    Figures.count(run.toleratedFailureCount()), run.toleratedFailurePercentage())
            : "no item may fail");
  }

  private List<ExecutionPage.Tab> filters(@Nullable ExecutionStatus current) {
    MapRunExecutionCounts counts = run.executionCounts();
    var filters = new ArrayList<ExecutionPage.Tab>();
    Url all = Url.of("mapruns", run.mapRunArn());
    filters.add(
        new ExecutionPage.Tab(
            Figures.count(counts.total()) + " in all", all.toString(), current == null));
    add(filters, counts.failed(), "failed", ExecutionStatus.FAILED, current);
    add(filters, counts.timedOut(), "timed out", ExecutionStatus.TIMED_OUT, current);
    add(filters, counts.aborted(), "aborted", ExecutionStatus.ABORTED, current);
    add(filters, counts.running(), "running", ExecutionStatus.RUNNING, current);
    Long redrive = counts.pendingRedrive();
    add(
        filters,
        redrive == null ? 0 : redrive,
        "to be redriven",
        ExecutionStatus.PENDING_REDRIVE,
        current);
    add(filters, counts.succeeded(), "succeeded", ExecutionStatus.SUCCEEDED, current);
    return filters;
  }

  private void add(
      List<ExecutionPage.Tab> filters,
      long count,
      String words,
      ExecutionStatus status,
      @Nullable ExecutionStatus current) {
    if (count > 0 || status == current) {
      Url url = Url.of("mapruns", run.mapRunArn()).with("status", status.toString());
      filters.add(
          new ExecutionPage.Tab(
              Figures.count(count) + " " + words, url.toString(), status == current));
    }
  }

  private String command(@Nullable ExecutionStatus status) {
    return status == null
        ? Command.aws("stepfunctions", "list-executions", "--map-run-arn", run.mapRunArn())
        : Command.aws(
            "stepfunctions",
            "list-executions",
            "--map-run-arn",
            run.mapRunArn(),
            "--status-filter",
            status.toString());
  }
}
