package dev.onboard.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "destroy",
    mixinStandardHelpOptions = true,
    description =
        "Deletes the stack. Buckets, tables and logs that hold data are kept, as the template says.",
    footer = {"", "Example:", "  ./onboard destroy --aws --stack onboard --yes"})
final class DestroyCommand implements Callable<Integer> {
  @Mixin LocalOptions local;
  @Mixin AwsOptions aws;

  @Option(names = "--yes", description = "do not ask; needed with --aws")
  boolean yes;

  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    if (aws.aws && !yes) {
      throw new Failure("this would delete the stack " + aws.stack + " on AWS; say --yes to do it");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Clients clients = aws.aws ? aws.clients() : local.running().clients()) {
      new Deployment(clients, aws.stack, out, false).delete();
    }
    out.println("Stack " + aws.stack + " is deleted.");
    out.flush();
    return 0;
  }
}
