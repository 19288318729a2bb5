package dev.onboard.local.sfn;

import dev.onboard.local.call.Environment;
import dev.onboard.local.sfn.run.Execution;
import dev.onboard.local.sfn.run.History;
import dev.onboard.local.sfn.run.MapRun;
import dev.onboard.local.sfn.run.Redrivability;
import dev.onboard.local.sfn.run.Revision;
import dev.onboard.local.store.Tx;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveFilter;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;

/** Executions: described, listed, with their histories. */
final class ExecutionViews {
  private final Environment env;
  private final StateMachines machines;

  ExecutionViews(Environment env, StateMachines machines) {
    this.env = env;
    this.machines = machines;
  }

  private static Execution find(Tx tx, @Nullable String given) {
    String arn = Arns.execution(given);
    Optional<Execution> found = Execution.find(tx, arn);
    // Of the Express ones, only the children of map runs can be asked for.
    if (Arns.isExpress(arn) && (found.isEmpty() || found.get().mapRun() == null)) {
      throw Errors.invalidArn("Resource type not valid in this context: express");
    }
    return found.orElseThrow(() -> Errors.noExecution(arn));
  }

  DescribeExecutionResponse describe(DescribeExecutionRequest request) {
    Execution execution = env.store().read(tx -> find(tx, request.executionArn()));
    boolean data = StateMachines.wantsData(request.includedData());
    var response =
        DescribeExecutionResponse.builder()
            .executionArn(execution.arn())
            .stateMachineArn(execution.machineArn())
            .name(execution.name())
            .status(execution.status().name())
            .startDate(execution.started())
            .stopDate(execution.stopped())
            .traceHeader(execution.trace())
            .mapRunArn(mapRunArn(execution))
            .error(execution.error())
            .cause(execution.cause())
            .stateMachineVersionArn(execution.versionArn())
            .stateMachineAliasArn(execution.aliasArn())
            .redriveCount(execution.redrives().count())
            .redriveDate(execution.redrives().latest());
    if (data) {
      response.input(execution.input().text()).inputDetails(b -> b.included(true));
      if (execution.output() != null) {
        response.output(execution.output()).outputDetails(b -> b.included(true));
      }
    }
    redrive(response, execution);
    return response.build();
  }

  private void redrive(DescribeExecutionResponse.Builder response, Execution execution) {
    String refusal =
        env.store().read(tx -> Redrivability.refusal(tx, execution, env.clock().now()));
    if (refusal == null) {
      response.redriveStatus(execution.mapRun() == null ? "REDRIVABLE" : "REDRIVABLE_BY_MAP_RUN");
    } else {
      response.redriveStatus("NOT_REDRIVABLE").redriveStatusReason(refusal);
    }
  }

  private @Nullable String mapRunArn(Execution execution) {
    Long id = execution.mapRun();
    return id == null
        ? null
        : env.store().read(tx -> MapRun.find(tx, id)).map(MapRun::arn).orElse(null);
  }

  DescribeStateMachineForExecutionResponse describeStateMachine(
      DescribeStateMachineForExecutionRequest request) {
    Execution execution = env.store().read(tx -> find(tx, request.executionArn()));
    Revision revision =
        env.store().read(tx -> Revision.find(tx, execution.revision())).orElseThrow();
    String machine = execution.machineArn();
    String mapRun = mapRunArn(execution);
    return DescribeStateMachineForExecutionResponse.builder()
        .stateMachineArn(machine)
        .name(machine.substring(machine.lastIndexOf(':') + 1))
        .definition(StateMachines.wantsData(request.includedData()) ? revision.definition() : "{}")
        .roleArn(revision.roleArn())
        .updateDate(revision.updated())
        .loggingConfiguration(revision.logging())
        .tracingConfiguration(b -> b.enabled(revision.tracing()))
        .mapRunArn(mapRun)
        .label(mapRun == null ? null : machine.substring(machine.lastIndexOf('/') + 1))
        .revisionId(revision.revisionId())
        .encryptionConfiguration(StateMachines.OWNED_KEY)
        .variableReferences(machines.references(revision))
        .build();
  }

  ListExecutionsResponse list(ListExecutionsRequest request) {
    Pages pages = Pages.of(request.maxResults(), request.nextToken());
    String status = status(request);
    boolean both = request.stateMachineArn() != null && request.mapRunArn() != null;
    if (both || request.stateMachineArn() == null && request.mapRunArn() == null) {
      throw Errors.validation("Must provide State Machine ARN or Map Run ARN");
    }
    Boolean redriven = redriven(request);
    List<Execution> rows =
        env.store()
            .read(tx ->
                request.mapRunArn() != null
                    ? ofMapRun(tx, request.mapRunArn(), status, redriven, pages)
                    : ofMachine(tx, request.stateMachineArn(), status, pages));
    return ListExecutionsResponse.builder()
        .executions(pages.page(rows).stream().map(e -> item(e, request.mapRunArn())).toList())
        .nextToken(pages.next(rows, Execution::id))
        .build();
  }

  private static @Nullable String status(ListExecutionsRequest request) {
    if (request.statusFilterAsString() != null
        && request.statusFilter() == ExecutionStatus.UNKNOWN_TO_SDK_VERSION) {
      throw Errors.constraint(
          request.statusFilterAsString(),
          "statusFilter",
          "Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED,"
              + " FAILED, RUNNING]");
    }
    return request.statusFilterAsString();
  }

  /** Whether redriven executions are wanted, or others; {@code null} for all. */
  private static @Nullable Boolean redriven(ListExecutionsRequest request) {
    if (request.redriveFilterAsString() == null) {
      return null;
    }
    if (request.redriveFilter() == ExecutionRedriveFilter.UNKNOWN_TO_SDK_VERSION) {
      throw Errors.constraint(
          request.redriveFilterAsString(),
          "redriveFilter",
          "Member must satisfy enum value set: [REDRIVEN, NOT_REDRIVEN]");
    }
    if (request.mapRunArn() == null) {
      throw Errors.validation(
          "RedriveFilter cannot be applied to ListExecutions call with StateMachine ARN");
    }
    return request.redriveFilter() == ExecutionRedriveFilter.REDRIVEN;
  }

  private static List<Execution> ofMapRun(
      Tx tx, String arn, @Nullable String status, @Nullable Boolean redriven, Pages pages) {
    MapRun run = MapRun.find(tx, arn).orElseThrow(() -> Errors.resourceNotFound(arn));
    String condition = "map_run = ?";
    if (redriven != null) {
      condition += redriven ? " AND redrive_count > 0" : " AND redrive_count = 0";
    }
    return rows(tx, condition, run.id(), status, pages);
  }

  private static List<Execution> ofMachine(
      Tx tx, String given, @Nullable String status, Pages pages) {
    Arns.Machine arn = Arns.machine(given);
    StateMachines.Machine machine =
        StateMachines.find(tx, arn.machine()).orElseThrow(() -> Errors.noStateMachine(given));
    if (machine.express()) {
      throw Errors.wrongType();
    }
    if (arn.qualifier() == null) {
      return rows(tx, "machine = ?", arn.machine(), status, pages);
    }
    return rows(tx, arn.isVersion() ? "version_arn = ?" : "alias_arn = ?", given, status, pages);
  }

  private static List<Execution> rows(
      Tx tx, String condition, Object argument, @Nullable String status, Pages pages) {
    return tx.list(
        "SELECT "
            + Execution.COLUMNS
            + " FROM sfn_execution WHERE "
            + condition
            + " AND id < ? AND (? IS NULL OR status = ?) ORDER BY id DESC LIMIT ?",
        Execution::of,
        argument,
        pages.after(Long.MAX_VALUE),
        status,
        status,
        pages.rows());
  }

  private static ExecutionListItem item(Execution execution, @Nullable String mapRunArn) {
    return ExecutionListItem.builder()
        .executionArn(execution.arn())
        .stateMachineArn(execution.machineArn())
        .name(execution.name())
        .status(execution.status().name())
        .startDate(execution.started())
        .stopDate(execution.stopped())
        .mapRunArn(mapRunArn)
        .itemCount(mapRunArn == null ? null : execution.itemCount())
        .stateMachineVersionArn(execution.versionArn())
        .stateMachineAliasArn(execution.aliasArn())
        .redriveCount(execution.redrives().count())
        .redriveDate(execution.redrives().latest())
        .build();
  }

  GetExecutionHistoryResponse history(GetExecutionHistoryRequest request) {
    String arn = Arns.standardExecution(request.executionArn());
    Pages pages = Pages.of(request.maxResults(), request.nextToken());
    boolean reverse = Boolean.TRUE.equals(request.reverseOrder());
    boolean data = !Boolean.FALSE.equals(request.includeExecutionData());
    var rows =
        env.store()
            .read(tx ->
                History.read(
                    tx,
                    find(tx, arn).id(),
                    reverse,
                    pages.after(reverse ? Long.MAX_VALUE : 0),
                    pages.rows(),
                    data));
    return GetExecutionHistoryResponse.builder()
        .events(pages.page(rows))
        .nextToken(pages.next(rows, e -> Objects.requireNonNull(e.id())))
        .build();
  }
}
