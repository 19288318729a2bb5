package dev.onboard.local.sfn;

import dev.onboard.local.call.Environment;
import dev.onboard.local.sfn.run.Engine;
import dev.onboard.local.sfn.run.Execution;
import dev.onboard.local.sfn.run.MapRun;
import java.util.List;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunRequest;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.ListMapRunsRequest;
import software.amazon.awssdk.services.sfn.model.ListMapRunsResponse;
import software.amazon.awssdk.services.sfn.model.MapRunExecutionCounts;
import software.amazon.awssdk.services.sfn.model.MapRunItemCounts;
import software.amazon.awssdk.services.sfn.model.MapRunListItem;
import software.amazon.awssdk.services.sfn.model.UpdateMapRunRequest;
import software.amazon.awssdk.services.sfn.model.UpdateMapRunResponse;

/** Map runs: listed, described, changed. */
final class MapRuns {
  private final Environment env;
  private final Engine engine;

  MapRuns(Environment env, Engine engine) {
    this.env = env;
    this.engine = engine;
  }

  ListMapRunsResponse list(ListMapRunsRequest request) {
    String arn = Arns.execution(request.executionArn());
    Pages pages = Pages.of(request.maxResults(), request.nextToken());
    return env.store()
        .read(tx -> {
          Execution execution = Execution.find(tx, arn).orElseThrow(() -> Errors.noExecution(arn));
          List<MapRun> rows =
              MapRun.ofExecution(tx, execution.id()).stream()
                  .filter(r -> r.id() < pages.after(Long.MAX_VALUE))
                  .limit(pages.rows())
                  .toList();
          return ListMapRunsResponse.builder()
              .mapRuns(pages.page(rows).stream().map(r -> item(r, execution)).toList())
              .nextToken(pages.next(rows, MapRun::id))
              .build();
        });
  }

  private static MapRunListItem item(MapRun run, Execution execution) {
    return MapRunListItem.builder()
        .executionArn(execution.arn())
        .mapRunArn(run.arn())
        .stateMachineArn(stateMachine(run, execution))
        .startDate(run.started())
        .stopDate(run.stopped())
        .build();
  }

  /** The state machine of a map run's children. */
  private static String stateMachine(MapRun run, Execution execution) {
    String owner = run.arn().substring(run.arn().indexOf(":mapRun:") + 8);
    String machine = execution.machineArn();
    return machine.substring(0, machine.lastIndexOf(':') + 1)
        + owner.substring(0, owner.lastIndexOf(':'));
  }

  DescribeMapRunResponse describe(DescribeMapRunRequest request) {
    return env.store()
        .read(tx -> {
          MapRun run =
              MapRun.find(tx, request.mapRunArn())
                  .orElseThrow(() -> Errors.resourceNotFound(request.mapRunArn()));
          String execution =
              tx.first(
                      "SELECT arn FROM sfn_execution WHERE id = ?",
                      r -> r.string(1),
                      run.execution())
                  .orElseThrow();
          return describe(run, execution);
        });
  }

  private static DescribeMapRunResponse describe(MapRun run, String execution) {
    MapRun.Counts executions = run.executions();
    MapRun.Counts items = run.items();
    long total = Math.max(run.itemsTotal(), items.begun());
    return DescribeMapRunResponse.builder()
        .mapRunArn(run.arn())
        .executionArn(execution)
        .status(run.status().name())
        .startDate(run.started())
        .stopDate(run.stopped())
        .maxConcurrency(run.maxConcurrency())
        .toleratedFailureCount(Math.max(0, run.toleratedCount()))
        .toleratedFailurePercentage((float) Math.max(0, run.toleratedPercentage()))
        .executionCounts(
            MapRunExecutionCounts.builder()
                .pending(run.isBatched() ? 0L : total - items.begun())
                .running(executions.running())
                .succeeded(executions.succeeded())
                .failed(executions.failed())
                .timedOut(executions.timedOut())
                .aborted(executions.aborted())
                .total(run.isBatched() ? executions.begun() : total)
                .resultsWritten(executions.written())
                .failuresNotRedrivable(executions.notRedrivable())
                .pendingRedrive(executions.pendingRedrive())
                .build())
        .itemCounts(
            MapRunItemCounts.builder()
                .pending(total - items.begun())
                .running(items.running())
                .succeeded(items.succeeded())
                .failed(items.failed())
                .timedOut(items.timedOut())
                .aborted(items.aborted())
                .total(total)
                .resultsWritten(items.written())
                .failuresNotRedrivable(items.notRedrivable())
                .pendingRedrive(items.pendingRedrive())
                .build())
        .redriveCount(run.redriveCount())
        .redriveDate(run.redriveDate())
        .build();
  }

  UpdateMapRunResponse update(UpdateMapRunRequest request) {
    long changed =
        env.store()
            .write(tx -> {
              MapRun run =
                  MapRun.find(tx, request.mapRunArn())
                      .orElseThrow(() -> Errors.resourceNotFound(request.mapRunArn()));
              if (run.status() != Execution.Status.RUNNING) {
                throw Errors.validation("Map Run is not running: '" + run.arn() + "'");
              }
              Float percentage = request.toleratedFailurePercentage();
              MapRun.change(
                  tx,
                  run.id(),
                  request.maxConcurrency() == null
                      ? run.maxConcurrency()
                      : request.maxConcurrency(),
                  request.toleratedFailureCount() == null
                      ? run.toleratedCount()
                      : request.toleratedFailureCount(),
                  percentage == null ? run.toleratedPercentage() : percentage);
              return run.id();
            });
    engine.mapRunChanged(changed);
    return UpdateMapRunResponse.builder().build();
  }
}
