package dev.onboard.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A runtime that {@code ./onboard up} started over an empty folder, with the stack deployed. */
final class Up implements AutoCloseable {
  private static final long STARTED_WITHIN_SECONDS = 300;
  private static final Path HOME =
      Path.of(System.getProperty("onboard.home", ".")).toAbsolutePath();

  private final Path folder;
  private final Process process;
  private final ProcessFamily family;
  private final int port;
  private final double startSeconds;

  /**
   * Starts one and waits until the stack is deployed.
   *
   * @param arguments further ones of {@code up}
   */
  Up(String... arguments) throws Exception {
    folder = Files.createTempDirectory("onboard-bench");
    port = freePort();
    long begun = System.nanoTime();
    var all = new ArrayList<>(List.of("up", "--port", "" + port, "--data", folder + "/data"));
    all.addAll(List.of(arguments));
    process = onboard(all.toArray(String[]::new));
    family = new ProcessFamily(process.toHandle());
    awaitDeployed();
    startSeconds = (System.nanoTime() - begun) / 1e9;
  }

  /** Starts a command. */
  static Process onboard(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(HOME.resolve("onboard").toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove("AWS_ENDPOINT_URL");
    return builder.start();
  }

  static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private void awaitDeployed() throws Exception {
    BufferedReader out = reader(process);
    var deployed = new CompletableFuture<Void>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
              if (line.startsWith("Onboard runs at ")) {
                deployed.complete(null);
              }
            }
            deployed.completeExceptionally(new IOException("the runtime ended"));
          } catch (IOException e) {
            deployed.completeExceptionally(e);
          }
        });
    deployed.get(STARTED_WITHIN_SECONDS, TimeUnit.SECONDS);
  }

  int port() {
    return port;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  double startSeconds() {
    return startSeconds;
  }

  ProcessFamily family() {
    return family;
  }

  /** Where files for this runtime may be put. */
  Path folder() {
    return folder;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws Exception {
    family.close();
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
