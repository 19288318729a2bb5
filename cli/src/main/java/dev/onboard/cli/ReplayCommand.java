package dev.onboard.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Replays the events of an archive to the rules of its bus. They carry replay-name.",
      "Ctrl-C cancels the replay.",
      "EventBridge replays as fast as it can. With --speed 10x the time span is cut into slices that"
          + " are replayed one after the other, each when its turn has come; within a slice events"
          + " keep no distance. On AWS a slice is a minute at least."
    },
    footer = {"", "Example:", "  ./onboard replay --from -2h --rule user-created"})
final class ReplayCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      description = "time of the first events: 2026-11-21T05:00:00Z, or -2h for two hours ago")
  String from = "";

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "time before which the last events were, such as -90m (default: now)")
  @Nullable String to;

  @Option(
      names = "--rule",
      paramLabel = "NAME",
      description = "only to this rule, by enough of its name; may be repeated (default: to all)")
  List<String> rules = new ArrayList<>();

  @Option(
      names = "--archive",
      paramLabel = "NAME",
      description = "the archive (default: the one of the stack)")
  @Nullable String archive;

  @Option(
      names = "--speed",
      paramLabel = "N",
      description = "10x for ten times as fast as it was, or max (default ${DEFAULT-VALUE})")
  String speed = "max";

  @Mixin BusOption bus;
  @Mixin LocalOptions local;
  @Mixin AwsOptions aws;
  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    double times = times();
    PrintWriter out = spec.commandLine().getOut();
    try (Clients clients = aws.aws ? aws.clients() : local.running().clients()) {
      Instant now = now();
      Instant begin = time(from, "--from", now).truncatedTo(ChronoUnit.SECONDS);
      // The end is exclusive and in whole seconds, and what was just published belongs to it.
      Instant end =
          to == null
              ? now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1)
              : time(to, "--to", now).truncatedTo(ChronoUnit.SECONDS);
      if (!begin.isBefore(end)) {
        throw wrong("--from must be before --to, and " + begin + " is not before " + end);
      }
      String name =
          archive == null
              ? BusOption.ofStack(clients, aws.stack, "ArchiveName", "--archive")
              : archive;
      String on = bus.name(clients, aws);
      var choice = new RuleChoice(clients.eventBridge(), on);
      List<String> arns = rules.stream().map(rule -> choice.one(rule).arn()).toList();
      var run = new ReplayRun(clients.eventBridge(), on, name, arns, out);
      return times == 0
          ? run.whole(begin, end)
          : run.paced(begin, end, times, Duration.ofSeconds(aws.aws ? 60 : 1));
    }
  }

  /** What time it is where the archive is: the runtime's clock may have been moved. */
  private Instant now() {
    if (aws.aws) {
      return Instant.now();
    }
    Instant[] now = new Instant[1];
    local
        .running()
        .each(
            "/_onboard/health",
            (JsonNode health) -> now[0] = Instant.parse(health.path("now").asText()));
    return now[0];
  }

  private Instant time(String text, String option, Instant now) {
    return PointInTime.read(text, now)
        .orElseThrow(() ->
            wrong(
                option
                    + " must be a time such as 2026-11-21T05:00:00Z, or -2h for two hours ago, not "
                    + text));
  }

  /** How many times as fast as it was; 0 for as fast as can be. */
  private double times() {
    if (speed.equals("max")) {
      return 0;
    }
    try {
      double times =
          Double.parseDouble(speed.endsWith("x") ? speed.substring(0, speed.length() - 1) : "");
      if (times > 0 && times <= 100_000) {
        return times;
      }
    } catch (NumberFormatException e) {
      // Said below, for numbers out of range too.
    }
    throw wrong("--speed must be max, or a number of times such as 10x, not " + speed);
  }

  private CommandLine.ParameterException wrong(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }
}
