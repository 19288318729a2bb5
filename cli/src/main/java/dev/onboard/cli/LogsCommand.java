package dev.onboard.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Shows what the functions logged, oldest first.",
    footer = {"", "Example:", "  ./onboard logs StoreUsers"})
final class LogsCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "FUNCTION",
      description = "only this function, such as StoreUsers")
  @Nullable String function;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "at most the newest N lines (default ${DEFAULT-VALUE})")
  int limit = 200;

  @Option(names = "--filter", paramLabel = "PATTERN", description = "a CloudWatch filter pattern")
  @Nullable String filter;

  @Option(names = "--json", description = "one JSON object a line")
  boolean json;

  @Mixin LocalOptions local;
  @Mixin AwsOptions aws;
  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  private record Line(String group, FilteredLogEvent event) {}

  @Override
  public Integer call() {
    Limit.check(spec, limit, Integer.MAX_VALUE);
    PrintWriter out = spec.commandLine().getOut();
    try (Clients clients = aws.aws ? aws.clients() : local.running().clients()) {
      List<Line> lines = new ArrayList<>();
      for (String group : groups(clients)) {
        clients
            .logs()
            .filterLogEventsPaginator(
                f -> f.logGroupName(group).filterPattern(filter == null ? "" : filter))
            .events()
            .forEach(event -> lines.add(new Line(group, event)));
      }
      lines.sort(Comparator.comparingLong(l -> l.event().timestamp()));
      lines
          .subList(Math.max(0, lines.size() - limit), lines.size())
          .forEach(line -> print(out, line));
    }
    out.flush();
    return 0;
  }

  /** The log groups of the stack's functions. */
  private List<String> groups(Clients clients) {
    List<String> groups =
        clients
            .cloudFormation()
            .listStackResourcesPaginator(l -> l.stackName(aws.stack))
            .stackResourceSummaries()
            .stream()
            .filter(r -> r.resourceType().equals("AWS::Logs::LogGroup"))
            .filter(this::isMeant)
            .map(StackResourceSummary::physicalResourceId)
            .toList();
    if (groups.isEmpty()) {
      throw new Failure(
          "the stack "
              + aws.stack
              + " has no log group for "
              + (function == null ? "a function" : function));
    }
    return groups;
  }

  private boolean isMeant(StackResourceSummary resource) {
    String id = resource.logicalResourceId().toLowerCase(Locale.ROOT);
    return function == null
        ? !id.contains("audit")
        : id.startsWith(function.toLowerCase(Locale.ROOT));
  }

  private void print(PrintWriter out, Line line) {
    String message = line.event().message().stripTrailing();
    String at = Instant.ofEpochMilli(line.event().timestamp()).toString();
    if (json) {
      out.println(
          RuntimeEndpoint.JSON.valueToTree(
              Map.of("at", at, "group", line.group(), "message", message)));
    } else {
      String name = line.group().substring(line.group().lastIndexOf('/') + 1);
      out.println(at + "  " + name + "  " + message);
    }
  }
}
