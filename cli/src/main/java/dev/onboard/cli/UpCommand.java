package dev.onboard.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description =
        "Starts the local runtime, deploys or updates the stack, and serves until Ctrl-C.",
    footer = {"", "Example:", "  ./onboard up --port 4566 --data .onboard --quota rules=2000"})
final class UpCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "port to listen on (default ${DEFAULT-VALUE})")
  int port = LocalOptions.DEFAULT_PORT;

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      description = "name of the stack (default ${DEFAULT-VALUE})")
  String stack = "onboard";

  @Option(
      names = "--quota",
      paramLabel = "NAME=NUMBER",
      description =
          "a quota of EventBridge that AWS raises on request: event-buses, rules (a bus),"
              + " pattern-length, replays, connections or api-destinations",
      converter = QuotaName.Converter.class)
  Map<QuotaName, Integer> quotas = Map.of();

  @Option(names = "--no-console", description = "without the console")
  boolean noConsole;

  @Mixin DataOption data;
  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    var ended = new CountDownLatch(1);
    var closed = new CountDownLatch(1);
    try (StartedRuntime runtime = StartedRuntime.start(data.data, port, quotas);
        Clients clients = runtime.clients()) {
      // Ctrl-C ends this process by the hook, which waits until everything is closed.
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> {
                ended.countDown();
                try {
                  closed.await(5, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
      if (!noConsole) {
        out.println("Console: " + runtime.openConsole());
      }
      Map<String, String> outputs = Deployed.locally(clients, stack, out, true);
      show(out, runtime.endpoint(), outputs);
      runtime.prepareConsole();
      ended.await();
    } finally {
      closed.countDown();
    }
    return 0;
  }

  private static void show(PrintWriter out, URI endpoint, Map<String, String> outputs) {
    out.printf(
        """

        Onboard runs at %1$s. In another terminal:

          export AWS_ENDPOINT_URL=%1$s AWS_DEFAULT_REGION=us-east-1
          export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DISABLE_HOST_PREFIX_INJECTION=true

        Then try:

          ./onboard import examples/users.csv
          aws s3 cp examples/users.csv s3://%2$s/
          aws events put-events --entries '[{"EventBusName": "%3$s", "Source": "shop", "DetailType": "UserRegistered", "Detail": "{\\"metadata\\": {\\"eventId\\": \\"1\\", \\"schemaVersion\\": \\"1.0\\", \\"occurredAt\\": \\"2026-01-01T00:00:00Z\\"}, \\"data\\": {\\"email\\": \\"ada@example.com\\", \\"name\\": \\"Ada\\"}}"}]'
          aws stepfunctions list-executions --state-machine-arn %4$s
          ./onboard mail
          ./onboard events

        Ctrl-C ends it; everything stays in the data folder.
        """,
        endpoint,
        outputs.get("UploadBucketName"),
        outputs.get("EventBusName"),
        outputs.get("ImportStateMachineArn"));
    out.flush();
  }
}
