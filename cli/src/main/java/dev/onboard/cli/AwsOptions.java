package dev.onboard.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and where a command works on AWS itself. */
final class AwsOptions {
  @Option(names = "--aws", description = "work on AWS instead of the local runtime")
  boolean aws;

  @Option(names = "--profile", paramLabel = "NAME", description = "profile of the AWS credentials")
  @Nullable String profile;

  @Option(names = "--region", paramLabel = "REGION", description = "region of AWS")
  @Nullable String region;

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      description = "name of the stack (default ${DEFAULT-VALUE})")
  String stack = "onboard";

  /** Clients of AWS itself. */
  Clients clients() {
    return Clients.aws(profile, region);
  }
}
