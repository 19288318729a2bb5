package dev.onboard.cli;

import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which bus a command is about. */
final class BusOption {
  @Option(
      names = "--bus",
      paramLabel = "NAME",
      description = "the bus (default: the one of the stack)")
  @Nullable String bus;

  /** The bus that is meant. */
  String name(Clients clients, AwsOptions aws) {
    return bus == null ? ofStack(clients, aws.stack, "EventBusName", "--bus") : bus;
  }

  /** An output of the stack, for want of an option that says it. */
  static String ofStack(Clients clients, String stack, String output, String option) {
    var nowhere = new PrintWriter(Writer.nullWriter());
    return new Deployment(clients, stack, nowhere, true)
        .find()
        .map(s -> Deployment.outputs(s).get(output))
        .orElseThrow(() ->
            new Failure(
                "there is no stack "
                    + stack
                    + " with the output "
                    + output
                    + "; name one with --stack, or say "
                    + option));
  }
}
