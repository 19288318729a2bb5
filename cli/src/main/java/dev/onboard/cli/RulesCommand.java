package dev.onboard.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.console.bus.RuleCounts;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.Target;

@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = "Shows the rules of a bus with their targets and what they did.",
    footer = {"", "Example:", "  ./onboard rules --since 1h"})
final class RulesCommand implements Callable<Integer> {
  /** CloudWatch keeps points of one minute for as long. */
  private static final Duration MOST = Duration.ofDays(15);

  @Parameters(
      arity = "0..1",
      paramLabel = "RULE",
      description = "only rules whose names have this in them")
  @Nullable String rule;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description = "what they did in the last 30m, 24h or 7d (default ${DEFAULT-VALUE})")
  String since = "24h";

  @Option(names = "--json", description = "one JSON object a line")
  boolean json;

  @Mixin BusOption bus;
  @Mixin LocalOptions local;
  @Mixin AwsOptions aws;
  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    RuntimeEndpoint runtime = aws.aws ? null : local.running();
    try (Clients clients = runtime == null ? aws.clients() : runtime.clients()) {
      String name = bus.name(clients, aws);
      Instant now = runtime == null ? Instant.now() : now(runtime);
      List<Rule> rules = new RuleChoice(clients.eventBridge(), name).all(rule == null ? "" : rule);
      var counts = RuleCounts.read(clients.cloudWatch(), name, rules, from(now), now);
      for (Rule one : rules) {
        List<Target> targets = targets(clients, name, one);
        if (json) {
          out.println(object(one, targets, counts));
        } else {
          show(out, one, targets, counts);
        }
      }
      if (rules.isEmpty() && !json) {
        out.println("Bus " + name + " has no such rule.");
      }
    }
    out.flush();
    return 0;
  }

  /** What time it is there: the runtime's clock may have been moved. */
  private static Instant now(RuntimeEndpoint runtime) {
    Instant[] now = new Instant[1];
    runtime.each("/_onboard/health", health -> now[0] = Instant.parse(health.path("now").asText()));
    return now[0];
  }

  private Instant from(Instant now) {
    Optional<Instant> from = PointInTime.read("-" + since, now);
    if (from.isEmpty() || from.get().isBefore(now.minus(MOST))) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--since must be a duration such as 30m, 24h or 7d, at most 15d, not " + since);
    }
    return from.get();
  }

  private static List<Target> targets(Clients clients, String bus, Rule rule) {
    return clients
        .eventBridge()
        .listTargetsByRule(l -> l.eventBusName(bus).rule(rule.name()))
        .targets();
  }

  private static void show(PrintWriter out, Rule rule, List<Target> targets, RuleCounts counts) {
    out.println(rule.name() + "  " + rule.stateAsString());
    out.println(
        "    "
            + RuleCounts.KINDS.keySet().stream()
                .map(kind -> kind + " " + counts.of(rule.name(), kind))
                .collect(Collectors.joining(", ")));
    for (Target target : targets) {
      out.println(
          "    -> "
              + target.arn()
              + (target.deadLetterConfig() == null ? ", without a dead-letter queue" : ""));
    }
  }

  private static ObjectNode object(Rule rule, List<Target> targets, RuleCounts counts) {
    ObjectNode object =
        RuntimeEndpoint.JSON
            .createObjectNode()
            .put("name", rule.name())
            .put("state", rule.stateAsString())
            .put("pattern", rule.eventPattern())
            .put("schedule", rule.scheduleExpression());
    targets.forEach(t ->
        object
            .withArray("targets")
            .addObject()
            .put("id", t.id())
            .put("arn", t.arn())
            .put(
                "deadLetterQueue",
                t.deadLetterConfig() == null ? null : t.deadLetterConfig().arn()));
    RuleCounts.KINDS
        .keySet()
        .forEach(kind -> object.withObject("/counts").put(kind, counts.of(rule.name(), kind)));
    return object;
  }
}
