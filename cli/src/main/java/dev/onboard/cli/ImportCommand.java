package dev.onboard.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Uploads CSV files of people and follows them until every user is stored and every mail is sent.",
      "If no local runtime answers, one is started for the occasion over the same data folder."
    },
    footer = {
      "",
      "Exit code: 0 completed (rejected rows are reported), 1 failed, 2 wrong usage.",
      "",
      "Example:",
      "  ./onboard import examples/users.csv"
    })
final class ImportCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "CSV files")
  List<Path> files = List.of();

  @Option(
      names = "--json",
      description = "one JSON object a file, the last line of standard output")
  boolean json;

  @Mixin LocalOptions local;
  @Mixin DataOption data;
  @Mixin AwsOptions aws;
  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    for (Path file : files) {
      if (!Files.exists(file)) {
        throw Failure.ofUsage(file + " is not there");
      } else if (!Files.isRegularFile(file)) {
        throw Failure.ofUsage(file + " is no file");
      } else if (!Files.isReadable(file)) {
        throw Failure.ofUsage(file + ": permission denied");
      }
    }
    PrintWriter progress = spec.commandLine().getErr();
    if (aws.aws) {
      try (Clients clients = aws.clients()) {
        Map<String, String> outputs =
            new Deployment(clients, aws.stack, progress, true)
                .find()
                .map(Deployment::outputs)
                .orElseThrow(() ->
                    new Failure(
                        "there is no stack "
                            + aws.stack
                            + "; deploy it with ./onboard deploy --aws"));
        return all(clients, outputs);
      }
    }
    Optional<RuntimeEndpoint> running = RuntimeEndpoint.at(local.endpoint());
    if (running.isPresent()) {
      try (Clients clients = running.get().clients()) {
        return all(clients, deployedOrDeploy(clients, progress));
      }
    }
    try (StartedRuntime runtime = StartedRuntime.start(data.data, 0);
        Clients clients = runtime.clients()) {
      return all(clients, Deployed.locally(clients, aws.stack, progress, true));
    }
  }

  private Map<String, String> deployedOrDeploy(Clients clients, PrintWriter out) {
    return new Deployment(clients, aws.stack, out, true)
        .find()
        .map(Deployment::outputs)
        .filter(outputs -> outputs.containsKey("UploadBucketName"))
        .orElseGet(() -> Deployed.locally(clients, aws.stack, out, true));
  }

  private int all(Clients clients, Map<String, String> outputs) {
    int exit = 0;
    for (Path file : files) {
      var run = new ImportRun(clients, outputs, Progress.on(spec.commandLine().getErr()));
      ImportSummary summary = run.run(file);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        if (!summary.isCompleted()) {
          spec.commandLine().getErr().println("onboard: " + summary.cause());
        }
        out.println(summary.json(run.seconds()));
      } else {
        show(out, file, summary, run.seconds());
      }
      out.flush();
      if (!summary.isCompleted()) {
        exit = 1;
      }
    }
    return exit;
  }

  private static void show(PrintWriter out, Path file, ImportSummary s, double seconds) {
    out.println();
    if (!s.isCompleted()) {
      out.printf("The import of %s failed (%s).%n", file, s.error());
      out.println(s.cause());
      out.println("import  " + s.importId());
      return;
    }
    out.printf(Locale.ROOT, "Imported %s in %.1f s.%n", file, seconds);
    if (s.rows() == 0) {
      out.println("  The file names its columns, but has no rows.");
    }
    out.printf(Locale.ROOT, "  rows      %,10d%n", s.rows());
    out.printf(Locale.ROOT, "  created   %,10d%n", s.created());
    out.printf(Locale.ROOT, "  existing  %,10d%n", s.existing());
    out.printf(Locale.ROOT, "  rejected  %,10d%n", s.rejected());
    out.printf(Locale.ROOT, "  mails     %,10d%n", s.mails());
    out.println("  import    " + s.importId());
    if (s.rejectedReport() != null) {
      out.println("  rejected rows, with their reasons: " + s.rejectedReport());
    }
  }
}
