package dev.onboard.cli;

import dev.onboard.console.cost.CostReport;
import dev.onboard.console.cost.Costs;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "cost",
    mixinStandardHelpOptions = true,
    description = {
      "Says what the local runtime was used for, by AWS's usages and list prices: what it would have"
          + " cost there, also for a thousand users, and what the plain design would cost.",
      "The plain design is S3 -> Lambda -> SQS -> Lambda -> table's stream -> Lambda, computed from"
          + " the same run's numbers."
    },
    footer = {"", "Example:", "  ./onboard cost --since 1h --resources"})
final class CostCommand implements Callable<Integer> {
  @Option(
      names = "--import",
      paramLabel = "ID",
      description = "of one import, from its upload to its last mail")
  @Nullable String importId;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description = "of the last 30m, 24h or 7d (default ${DEFAULT-VALUE})")
  String since = "1h";

  @Option(names = "--resources", description = "each usage by resource too")
  boolean resources;

  @Option(names = "--json", description = "one JSON object a line")
  boolean json;

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      description = "name of the stack (default ${DEFAULT-VALUE})")
  String stack = "onboard";

  @Mixin LocalOptions local;
  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Duration ago = ago();
    RuntimeEndpoint runtime = local.running();
    try (Clients clients = runtime.clients()) {
      var costs = new Costs(clients, runtime, stack);
      CostReport report = importId == null ? costs.since(ago) : costs.ofImport(importId);
      var lines = new CostLines(report, resources);
      if (json) {
        lines.objects().forEach(out::println);
      } else {
        lines.print(out);
      }
    } catch (NoSuchElementException e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
    out.flush();
    return 0;
  }

  private Duration ago() {
    return PointInTime.read("-" + since, Instant.EPOCH)
        .map(then -> Duration.between(then, Instant.EPOCH))
        .filter(d -> d.isPositive())
        .orElseThrow(() ->
            new CommandLine.ParameterException(
                spec.commandLine(),
                "--since must be a duration such as 30m, 24h or 7d, not " + since));
  }
}
