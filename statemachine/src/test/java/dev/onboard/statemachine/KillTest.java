package dev.onboard.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.local.clock.LocalClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A runtime that is killed in the middle of an import. */
class KillTest {
  /** More for trying it by hand: {@code -Dkill.rows=20000}. */
  private static final int ROWS = Integer.getInteger("kill.rows", 2000);

  /**
   * What must be waited for at most: to start again; then, for a mail that was claimed right before
   * the end and of which SES tells nothing, the claim's lease of 65 and the grace of 15 seconds,
   * which the functions count in the machine's time. Nothing else holds a mail up: what pollers
   * held is given back at the start, and what they had not yet noted after five seconds.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(120 + ROWS / 50);

  private static final Pattern RUNS_AT = Pattern.compile("Onboard runs at (http://[\\d.]+:\\d+)");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path data;

  private final LocalClock clock = LocalClock.system(Duration.ZERO);
  private Process process;
  private final StringBuffer output = new StringBuffer();

  @AfterEach
  void end() throws InterruptedException {
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    clock.close();
  }

  @Test
  void killedInTheMiddle_goesOnAndLosesAndRepeatsNothing() throws Exception {
    Clients clients = Clients.at(up());
    Stack stack = new Stack(clients);
    Probe.add(clients, stack);
    var csv = new StringBuilder("email,name\n");
    for (int i = 0; i < ROWS; i++) {
      csv.append("person").append(i).append("@example.com,Person ").append(i).append('\n');
    }
    stack.upload("people.csv", csv.toString());
    // While mails are on their way if there are any before the last rows.
    await(
        () -> "mails or most rows: " + stack.imports() + output,
        () ->
            count(stack, "read") >= ROWS * 9 / 10
                || count(stack, "read") >= ROWS / 3 && count(stack, "mails") > 0);
    String atDeath = stack.imports().toString();
    kill();

    Instant restarted = clock.now();
    Clients again = Clients.at(up());
    Stack same = new Stack(again);
    Instant serving = clock.now();
    await(
        () -> "the import to complete: " + same.imports() + output,
        () -> same.imports().getFirst().get("status").s().equals("COMPLETED"));
    Instant completed = clock.now();
    await(
        () -> "all mails: " + same.imports() + same.messages() + atDeath,
        () -> count(same, "mails") == ROWS && same.messages().isEmpty());
    System.getLogger("kill")
        .log(
            System.Logger.Level.INFO,
            "killed at {0}; up again after {1} ms, completed after {2} ms, all mails after {3} ms",
            atDeath,
            Duration.between(restarted, serving).toMillis(),
            Duration.between(restarted, completed).toMillis(),
            Duration.between(restarted, clock.now()).toMillis());

    Map<String, AttributeValue> item = same.imports().getFirst();
    assertThat(item.get("read").n()).isEqualTo("" + ROWS);
    assertThat(item.get("created").n()).isEqualTo("" + ROWS);
    assertThat(same.users()).hasSize(ROWS);
    Probe probe = Probe.of(again);
    assertThat(probe.ids("UserCreated")).hasSize(ROWS);
    assertThat(probe.ids("ImportCompleted")).hasSize(1);
    assertThat(probe.ids("ImportFailed")).isEmpty();
    Map<String, Integer> mails = same.mails(Instant.EPOCH);
    assertThat(mails).hasSize(ROWS);
    assertThat(mails.values()).containsOnly(1);
  }

  private static int count(Stack stack, String counter) {
    List<Map<String, AttributeValue>> imports = stack.imports();
    return imports.isEmpty() ? 0 : Integer.parseInt(imports.getFirst().get(counter).n());
  }

  /** Starts the runtime in a process of its own, deploys, and answers where it serves. */
  private URI up() throws Exception {
    output.setLength(0);
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-Donboard.home=" + System.getProperty("onboard.home"),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.onboard.cli.Onboard",
                "up",
                "--port",
                "0",
                "--data",
                data.toString())
            .redirectErrorStream(true)
            .start();
    var serving = new CompletableFuture<URI>();
    BufferedReader lines = process.inputReader();
    Thread.ofVirtual().start(() -> read(lines, serving));
    return serving.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private void read(BufferedReader lines, CompletableFuture<URI> serving) {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.append(line).append('\n');
        Matcher matcher = RUNS_AT.matcher(line);
        if (matcher.find()) {
          serving.complete(URI.create(matcher.group(1)));
        }
      }
    } catch (IOException e) {
      output.append(e);
    }
    serving.completeExceptionally(new IllegalStateException("the runtime ended: " + output));
  }

  /** Kills the runtime; the processes of its functions must end by themselves. */
  private void kill() throws Exception {
    List<ProcessHandle> functions = process.descendants().toList();
    assertThat(functions).isNotEmpty();
    process.destroyForcibly().waitFor();
    for (ProcessHandle function : functions) {
      function.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private void await(Supplier<String> what, BooleanSupplier done) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("waited in vain for " + what.get());
      }
      clock.sleep(Duration.ofMillis(200));
    }
  }
}
