package dev.onboard.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "deploy",
    mixinStandardHelpOptions = true,
    description =
        "Packages the stack and deploys it: to the running local runtime, or with --aws to AWS.",
    footer = {
      "",
      "Example:",
      "  ./onboard deploy --aws --region eu-west-1 --parameter SenderAddress=hello@example.com"
    })
final class DeployCommand implements Callable<Integer> {
  @Mixin LocalOptions local;
  @Mixin AwsOptions aws;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "a parameter of the template; one that is not given keeps its value")
  Map<String, String> parameters = new LinkedHashMap<>();

  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Clients clients = aws.aws ? aws.clients() : local.running().clients()) {
      var given = new LinkedHashMap<>(parameters);
      Map<String, String> outputs =
          aws.aws
              ? Deployed.with(clients, aws.stack, given, out, false)
              : Deployed.locally(clients, aws.stack, given, out, false);
      out.println("Outputs:");
      outputs.forEach((name, value) -> out.printf("  %-26s %s%n", name, value));
      out.flush();
    }
    return 0;
  }
}
