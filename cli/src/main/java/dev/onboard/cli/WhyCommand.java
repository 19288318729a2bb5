package dev.onboard.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.bus.NearestEvents;
import dev.onboard.console.bus.RuleAnswer;
import dev.onboard.console.bus.WrittenEvent;
import dev.onboard.console.trail.AcceptedEvent;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.Target;

@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    description = {
      "Says for every rule of a bus whether it takes an event and, if not, which field failed.",
      "Of an event that the local runtime has accepted it also tells every delivery.",
      "With --rule it shows which of the recent events came nearest to matching that rule."
    },
    footer = {
      "",
      "Example:",
      "  ./onboard why event.json",
      "  ./onboard why 0b8f0c1e-93f5-4d7d-9f6b-1c0f6c7f2a11",
      "  ./onboard why --rule user-created",
      "  ./onboard why --aws event.json"
    })
final class WhyCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "EVENT",
      description = "a file with the event, - for standard input, or the id of an accepted event")
  @Nullable String event;

  @Option(
      names = "--rule",
      paramLabel = "NAME",
      description = "which events almost matched it; enough of its name to tell it from others")
  @Nullable String rule;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "with --rule: at most N events (default ${DEFAULT-VALUE})")
  int limit = 5;

  @Option(names = "--json", description = "one JSON object a line")
  boolean json;

  @Mixin BusOption bus;
  @Mixin LocalOptions local;
  @Mixin AwsOptions aws;
  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    if ((event == null) == (rule == null)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "Give either an event or --rule.");
    }
    Limit.check(spec, limit, Limit.OF_RUNTIME);
    PrintWriter out = spec.commandLine().getOut();
    try (Clients clients = aws.aws ? aws.clients() : local.running().clients()) {
      if (rule != null) {
        nearest(clients, rule, out);
      } else if (isFile(event)) {
        WrittenEvent file = EventFile.read(event, System.in);
        if (!json && !file.added().isEmpty()) {
          out.println("As a bus would have it, with " + String.join(", ", file.added()) + ".");
        }
        explain(clients, file.event(), bus.name(clients, aws), out);
      } else {
        stored(clients, event, out);
      }
    }
    out.flush();
    return 0;
  }

  private static boolean isFile(String name) {
    return name.equals("-") || Files.isRegularFile(Path.of(name));
  }

  private void explain(Clients clients, JsonNode shown, String on, PrintWriter out) {
    EventBridgeClient events = clients.eventBridge();
    String text = shown.toString();
    if (!json) {
      out.printf(
          "%s from %s on bus %s%n",
          shown.path("detail-type").asText(), shown.path("source").asText(), on);
    }
    List<Rule> rules = new BusNames(events).rules(on);
    List<RuleAnswer> answers =
        rules.stream().map(r -> RuleAnswer.of(events, r, text)).sorted(RuleAnswer.NEAREST).toList();
    for (RuleAnswer answer : answers) {
      List<String> targets =
          answer.matches()
              ? events
                  .listTargetsByRule(l -> l.eventBusName(on).rule(answer.rule().name()))
                  .targets()
                  .stream()
                  .map(Target::arn)
                  .toList()
              : List.of();
      var lines = new RuleAnswerLines(answer);
      if (json) {
        out.println(lines.json(targets).put("bus", on));
      } else {
        lines.print(out, targets);
      }
    }
    if (!json && answers.stream().noneMatch(RuleAnswer::takes)) {
      out.println("No rule of the bus takes it.");
    }
  }

  /** What is known of an event that the runtime has accepted, and of its copies. */
  private void stored(Clients clients, String id, PrintWriter out) {
    if (aws.aws) {
      throw new Failure(
          id + " is no file, and AWS keeps no events to be asked for by id; give it as a file");
    }
    var found = new ArrayList<JsonNode>();
    local
        .running()
        .each("/_onboard/events?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8), found::add);
    if (found.isEmpty()) {
      throw new Failure(id + " is no file, and no event of that id is known");
    }
    for (JsonNode accepted : found) {
      if (json) {
        out.println(accepted);
      } else if (accepted.hasNonNull("forwardedFrom")) {
        out.printf("%nForwarded as %s:%n", accepted.path("id").asText());
      }
      explain(clients, accepted.path("event"), accepted.path("bus").asText(), out);
      if (!json) {
        out.println("Accepted at " + accepted.path("time").asText() + ".");
        new AcceptedEvent(accepted).violations().forEach(v -> out.println("  " + v));
        accepted.path("deliveries").forEach(d -> new DeliveryLines(d).print(out, "  "));
      }
    }
  }

  private void nearest(Clients clients, String name, PrintWriter out) {
    if (aws.aws) {
      throw new Failure("AWS keeps no recent events to be asked for; give one as a file");
    }
    String on = bus.name(clients, aws);
    Rule asked = new RuleChoice(clients.eventBridge(), on).one(name);
    NearestEvents near = near(asked);
    local
        .running()
        .each(
            "/_onboard/events?limit="
                + Limit.OF_RUNTIME
                + "&bus="
                + URLEncoder.encode(on, StandardCharsets.UTF_8),
            e -> near.add(new AcceptedEvent(e)));
    if (json) {
      near.best(limit).map(NearLines::new).map(NearLines::json).forEach(out::println);
      return;
    }
    out.println(near.summary(on));
    near.best(limit).forEach(n -> new NearLines(n).print(out));
  }

  private static NearestEvents near(Rule asked) {
    try {
      return new NearestEvents(asked);
    } catch (IllegalArgumentException e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }
}
