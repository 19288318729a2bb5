package dev.onboard.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a runtime that a command starts keeps everything. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "folder in which the local runtime keeps everything (default ${DEFAULT-VALUE})")
  Path data = Path.of(".onboard");
}
