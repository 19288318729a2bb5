package dev.onboard.console.execution;

import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Figures;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Url;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.MapRunItemCounts;
import software.amazon.awssdk.services.sfn.model.MapRunStatus;

/** Map runs and their children, as pages show them. */
final class MapRuns {
  private static final int FAILED = 5;
  private static final int MOST = 20;
  private static final double WHOLE = 100;

  private final SfnClient sfn;

  MapRuns(Environment env) {
    this.sfn = env.sdk().client(SfnClient.class);
  }

  /** The newest ones of an execution. */
  List<DescribeMapRunResponse> of(String execution) {
    return sfn.listMapRuns(l -> l.executionArn(execution).maxResults(MOST)).mapRuns().stream()
        .map(m -> sfn.describeMapRun(d -> d.mapRunArn(m.mapRunArn())))
        .toList();
  }

  /** A map run with some of the children that failed. */
  MapRunRow row(DescribeMapRunResponse run, String state, Instant now) {
    long failed = failed(run);
    var children = new ArrayList<MapRunRow.ChildRow>();
    for (ExecutionStatus status :
        List.of(ExecutionStatus.FAILED, ExecutionStatus.TIMED_OUT, ExecutionStatus.ABORTED)) {
      if (failed > children.size() && children.size() < FAILED) {
        children.addAll(
            children(run.mapRunArn(), status, FAILED - children.size(), null, now).rows());
      }
    }
    Url all = Url.of("mapruns", run.mapRunArn()).with("status", "FAILED");
    return new MapRunRow(
        new Link(state, Url.path("mapruns", run.mapRunArn())),
        badge(run),
        progress(run.itemCounts()),
        words(run),
        run.startDate(),
        took(run.startDate(), run.stopDate(), now),
        children,
        failed > children.size()
            ? new Link("all " + Figures.count(failed) + " that failed", all.toString())
            : null);
  }

  /** Children of a map run. */
  record Children(List<MapRunRow.ChildRow> rows, @Nullable String next) {}

  Children children(
      String run,
      @Nullable ExecutionStatus status,
      int limit,
      @Nullable String token,
      Instant now) {
    var answer =
        sfn.listExecutions(
            l -> l.mapRunArn(run).statusFilter(status).maxResults(limit).nextToken(token));
    return new Children(
        answer.executions().stream().map(c -> child(c, now)).toList(), answer.nextToken());
  }

  private MapRunRow.ChildRow child(ExecutionListItem child, Instant now) {
    return new MapRunRow.ChildRow(
        child.name(),
        Url.path("executions", child.executionArn()),
        Badge.of(child.statusAsString()),
        Figures.count(child.itemCount() == null ? 0 : child.itemCount(), "item", "items"),
        child.startDate(),
        took(child.startDate(), child.stopDate(), now),
        fault(child));
  }

  /** A list does not say why; each one is asked. */
  private @Nullable Fault fault(ExecutionListItem child) {
    return switch (child.status()) {
      case FAILED, TIMED_OUT, ABORTED -> {
        DescribeExecutionResponse described =
            sfn.describeExecution(d -> d.executionArn(child.executionArn()));
        yield described.error() == null && described.cause() == null
            ? null
            : Fault.of(described.error(), described.cause()).brief();
      }
      default -> null;
    };
  }

  static String took(Instant from, @Nullable Instant to, Instant now) {
    return Figures.span(Duration.between(from, to == null ? now : to));
  }

  static long failed(DescribeMapRunResponse run) {
    var counts = run.executionCounts();
    return counts.failed() + counts.timedOut() + counts.aborted();
  }

  static Badge badge(DescribeMapRunResponse run) {
    return Badge.of(run.statusAsString());
  }

  /** How it stands, for the picture: {@code 3 of 200 failed}, which may be as many as may. */
  static Badge standing(DescribeMapRunResponse run) {
    var counts = run.executionCounts();
    long failed = failed(run);
    if (failed > 0) {
      return new Badge(
          Figures.count(failed) + " of " + Figures.count(counts.total()) + " failed",
          run.status() == MapRunStatus.SUCCEEDED ? "wait" : "bad");
    }
    String done = Figures.count(counts.succeeded()) + " of " + Figures.count(counts.total());
    return run.stopDate() == null
        ? new Badge(done + " done", "busy")
        : new Badge(done + " succeeded", badge(run).tone());
  }

  static String words(DescribeMapRunResponse run) {
    var items = run.itemCounts();
    var children = run.executionCounts();
    var words = new StringBuilder();
    words
        .append(Figures.count(items.succeeded()))
        .append(" of ")
        .append(Figures.count(items.total(), "item", "items"))
        .append(" in ")
        .append(Figures.count(children.succeeded()))
        .append(" of ")
        .append(Figures.count(children.total(), "execution", "executions"))
        .append(" succeeded");
    append(words, children.failed(), "failed");
    append(words, children.timedOut(), "timed out");
    append(words, children.aborted(), "aborted");
    append(words, children.running(), "running");
    append(
        words, children.pendingRedrive() == null ? 0 : children.pendingRedrive(), "to be redriven");
    return words.toString();
  }

  private static void append(StringBuilder words, long count, String what) {
    if (count > 0) {
      words.append(", ").append(Figures.count(count)).append(' ').append(what);
    }
  }

  static List<MapRunRow.Piece> progress(MapRunItemCounts items) {
    long failed = items.failed() + items.timedOut() + items.aborted();
    double total = Math.max(1, items.total());
    double good = items.succeeded() / total * WHOLE;
    double bad = failed / total * WHOLE;
    double busy = items.running() / total * WHOLE;
    return List.of(
        new MapRunRow.Piece("good", 0, good),
        new MapRunRow.Piece("bad", good, bad),
        new MapRunRow.Piece("busy", good + bad, busy));
  }
}
