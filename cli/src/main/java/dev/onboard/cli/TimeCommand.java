package dev.onboard.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "time",
    mixinStandardHelpOptions = true,
    description = "Moves the clock of the local runtime.",
    subcommands = TimeCommand.Advance.class,
    footer = {"", "Example:", "  ./onboard time advance 24h"})
final class TimeCommand {

  @Command(
      name = "advance",
      mixinStandardHelpOptions = true,
      description = "Moves it on; retries, waits and schedules on the way happen in order.",
      footer = {"", "Example:", "  ./onboard time advance 90m"})
  static final class Advance implements Callable<Integer> {
    @Parameters(paramLabel = "DURATION", description = "such as 30s, 90m, 24h or 2d")
    String duration = "";

    @Mixin LocalOptions local;
    @CommandLine.Spec CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
      Duration by = parse();
      PrintWriter out = spec.commandLine().getOut();
      String now = local.running().post("/_onboard/time?advance=" + by).path("now").asText();
      out.println("It is now " + now + ".");
      out.flush();
      return 0;
    }

    private Duration parse() {
      String text = duration.toUpperCase(Locale.ROOT);
      try {
        Duration by = Duration.parse(text.endsWith("D") ? "P" + text : "PT" + text);
        if (!by.isNegative()) {
          return by;
        }
      } catch (DateTimeParseException e) {
        // Said below, for negative ones too.
      }
      throw new CommandLine.ParameterException(
          spec.commandLine(), "DURATION must be such as 30s, 90m, 24h or 2d, not " + duration);
    }
  }
}
