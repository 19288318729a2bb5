package dev.onboard.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** A runtime that serves the deployed stack, started once for all classes that use it. */
final class DeployedRuntime implements BeforeAllCallback {
  static final int MOST_ROWS = 60;

  private Shared shared;

  /** What the classes share; closed after the last of them. */
  private static final class Shared implements CloseableResource {
    private final Path data;
    private final StartedRuntime runtime;
    private final Ran deployed;

    Shared() {
      try {
        data = Files.createTempDirectory("onboard-cli");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      runtime = StartedRuntime.start(data, 0);
      deployed =
          Ran.command(
              "deploy",
              "--parameter",
              "MaxUploadRows=" + MOST_ROWS,
              "--port",
              runtime.endpoint().getPort());
    }

    @Override
    public void close() throws IOException {
      runtime.close();
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    shared =
        context
            .getRoot()
            .getStore(Namespace.create(DeployedRuntime.class))
            .getOrComputeIfAbsent(Shared.class, _ -> new Shared(), Shared.class);
  }

  StartedRuntime runtime() {
    return shared.runtime;
  }

  Path data() {
    return shared.data;
  }

  /** What the deployment said. */
  Ran deployed() {
    return shared.deployed;
  }

  int port() {
    return shared.runtime.endpoint().getPort();
  }

  /** A command given to the runtime. */
  Ran command(Object... arguments) {
    var words = new ArrayList<>(List.of(arguments));
    words.addAll(List.of("--port", port()));
    return Ran.command(words.toArray());
  }
}
