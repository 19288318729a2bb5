package dev.onboard.browser;

import dev.onboard.cli.Onboard;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** {@code ./onboard up} over an empty folder, with the stack deployed, for all tests together. */
final class RunningOnboard implements AutoCloseable {
  private static final Pattern CONSOLE = Pattern.compile("Console: (\\S+)");

  private final Path data;
  private final Thread up;
  private final URI console;

  private RunningOnboard(Path data, Thread up, URI console) {
    this.data = data;
    this.up = up;
    this.console = console;
  }

  static RunningOnboard start() {
    try {
      Path data = Files.createTempDirectory("onboard-browser");
      var ready = new Announcement();
      Thread up =
          Thread.ofPlatform()
              .name("onboard up")
              .start(() -> {
                var out = new PrintWriter(ready, true);
                int exit = Onboard.run(out, out, "up", "--port", "0", "--data", data.toString());
                ready.ended(exit);
              });
      Matcher console = CONSOLE.matcher(ready.text.join());
      if (!console.find()) {
        throw new IllegalStateException(
            "up did not say where the console is: " + ready.text.join());
      }
      return new RunningOnboard(data, up, URI.create(console.group(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is printed until everything runs. */
  private static final class Announcement extends Writer {
    private final StringBuilder printed = new StringBuilder();
    private final CompletableFuture<String> text = new CompletableFuture<>();

    @Override
    public synchronized void write(char[] buffer, int from, int length) {
      printed.append(buffer, from, length);
      if (printed.indexOf("Ctrl-C ends it") >= 0) {
        text.complete(printed.toString());
      }
    }

    synchronized void ended(int exit) {
      text.completeExceptionally(
          new IllegalStateException("up ended with " + exit + ":\n" + printed));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** Where the console is. */
  URI console() {
    return console;
  }

  /** Runs another command on it, such as {@code import}, which must do. */
  String run(String... command) {
    var printed = new StringWriter();
    var out = new PrintWriter(printed, true);
    String[] words =
        Stream.concat(Stream.of(command), Stream.of("--port", String.valueOf(console.getPort())))
            .toArray(String[]::new);
    int exit = Onboard.run(out, out, words);
    if (exit != 0) {
      throw new AssertionError(String.join(" ", words) + " ended with " + exit + ":\n" + printed);
    }
    return printed.toString();
  }

  /** A client of it: {@code client(SqsClient.builder())}. */
  <C, B extends AwsClientBuilder<B, C>> C client(B builder) {
    return builder
        .endpointOverride(console.resolve("/"))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .build();
  }

  @Override
  public void close() throws Exception {
    up.interrupt();
    up.join();
    try (Stream<Path> files = Files.walk(data)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(f -> f.delete());
    }
  }
}
