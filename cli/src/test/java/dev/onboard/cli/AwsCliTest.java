package dev.onboard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The unmodified AWS command line against a runtime, as the script beside this test walks it: the
 * first {@code aws} on the PATH, or the one that the environment's {@code AWS_CLI} names. The first
 * line of what the script prints is its version.
 */
class AwsCliTest {
  private static final Path SCRIPT = Path.of("src/test/sh/aws-cli.sh");

  @Test
  void everyPromisedOperation_answersAsPromised(@TempDir Path folder) throws Exception {
    for (String tool : List.of("aws", "bash", "curl")) {
      if (!isInstalled(tool)) {
        System.err.println("AwsCliTest is skipped: there is no " + tool + " on the PATH.");
      }
      assumeTrue(isInstalled(tool), () -> "no " + tool + " on the PATH");
    }
    Path answers = folder.resolve("answers");
    int exitCode;
    try (StartedRuntime runtime = StartedRuntime.start(folder.resolve("data"), 0)) {
      var script = new ProcessBuilder("bash", SCRIPT.toString());
      script.environment().put("AWS_ENDPOINT_URL", runtime.endpoint().toString());
      script.redirectErrorStream(true).redirectOutput(answers.toFile());
      exitCode = script.start().waitFor();
    }
    List<String> lines = Files.readAllLines(answers);
    // The version and the counts; an older command line says what it does not know.
    assertThat(lines)
        .filteredOn(line -> !line.startsWith("ok ") && !line.startsWith("older "))
        .hasSize(2);
    assertThat(lines.getLast()).matches("\\d{3} as expected, 0 not");
    assertThat(exitCode).isZero();
  }

  private static boolean isInstalled(String tool) {
    return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
        .map(folder -> Path.of(folder, tool))
        .anyMatch(Files::isExecutable);
  }
}
