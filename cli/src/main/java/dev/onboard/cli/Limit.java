package dev.onboard.cli;

import picocli.CommandLine;

/** How many answers a command may be asked to show. */
final class Limit {
  /** What the runtime answers at once at most. */
  static final int OF_RUNTIME = 1000;

  private Limit() {}

  static void check(CommandLine.Model.CommandSpec spec, int limit, int most) {
    if (limit < 1 || limit > most) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--limit must be a number from 1 to " + most + ", not " + limit);
    }
  }
}
