package dev.onboard.console.execution;

import dev.onboard.console.graph.Layout;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Command;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Json;
import dev.onboard.console.web.Link;
import dev.onboard.console.web.Url;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.LogLevel;
import software.amazon.awssdk.services.sfn.model.LoggingConfiguration;
import software.amazon.awssdk.services.sfn.model.StateMachineType;

/** Puts together what is shown of a state machine. */
final class MachineReader {
  private static final int EXECUTIONS = 10;

  private final Environment env;
  private final SfnClient sfn;
  private final DescribeStateMachineResponse machine;

  MachineReader(Environment env, String arn) {
    this.env = env;
    this.sfn = env.sdk().client(SfnClient.class);
    this.machine = sfn.describeStateMachine(d -> d.stateMachineArn(arn));
  }

  String definition() {
    return machine.definition();
  }

  /**
   * Its page.
   *
   * @param like an execution whose input is to be started with again
   */
  MachinePage page(Layout layout, @Nullable String like, Instant now) {
    String arn = machine.stateMachineArn();
    Definition definition = Definition.of(machine.definition(), null);
    var graph = new StateGraph(definition, Visits.NONE, Map.of(), state -> null).graph();
    DescribeExecutionResponse before =
        like == null ? null : sfn.describeExecution(d -> d.executionArn(like));
    boolean isExpress = machine.type() == StateMachineType.EXPRESS;
    List<ExecutionList.Row> newest =
        isExpress ? null : new ExecutionLists(env).newest(unqualified(arn), EXECUTIONS, now);
    return new MachinePage(
        arn,
        machine.name(),
        Badge.of(String.valueOf(machine.statusAsString())),
        isExpress ? "Express" : "Standard",
        Json.read(machine.definition()).path("Comment").asText(),
        machine.creationDate(),
        machine.roleArn(),
        logging(machine.loggingConfiguration()),
        layout.draw(graph),
        Url.path("machines", arn, "definition"),
        newest,
        Url.of("executions").with("machine", unqualified(arn)).toString(),
        Url.path("machines", arn, "start"),
        before == null ? "{}" : pretty(String.valueOf(before.input())),
        before == null
            ? null
            : new Link(before.name(), Url.path("executions", before.executionArn())),
        Command.aws("stepfunctions", "describe-state-machine", "--state-machine-arn", arn));
  }

  /** The ARN without a version or an alias. */
  private static String unqualified(String arn) {
    return arn.replaceFirst("(:stateMachine:[^:]*):.*$", "$1");
  }

  private static String pretty(String input) {
    return Json.pretty(Values.read(input));
  }

  private Link logging(@Nullable LoggingConfiguration logging) {
    if (logging == null || logging.level() == null || logging.level() == LogLevel.OFF) {
      return new Link("nothing", null);
    }
    return logging.destinations().stream()
        .map(d -> d.cloudWatchLogsLogGroup().logGroupArn())
        .map(arn -> arn.replaceFirst("^.*:log-group:", "").replaceFirst(":\\*$", ""))
        .findFirst()
        .map(group ->
            env.links().link("level " + logging.level() + " to " + group, Url.of("logs", group)))
        .orElse(new Link("nothing", null));
  }
}
