package dev.onboard.cli;

import dev.onboard.local.LocalRuntime;
import dev.onboard.local.eventbridge.Quotas;
import dev.onboard.local.store.StoreInUseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;

/** A local runtime within this process. */
final class StartedRuntime implements AutoCloseable {
  private final LocalRuntime runtime;

  private StartedRuntime(LocalRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * Starts one.
   *
   * @param port 0 for any that is free
   */
  static StartedRuntime start(Path data, int port) {
    return start(data, port, Quotas.DEFAULT);
  }

  static StartedRuntime start(Path data, int port, Quotas quotas) {
    Path folder = data.toAbsolutePath();
    try {
      return new StartedRuntime(LocalRuntime.start(folder, folder.resolve("cache"), port, quotas));
    } catch (StoreInUseException e) {
      throw new Failure(e.getMessage(), e);
    } catch (BindException e) {
      throw new Failure(
          "port " + port + " is in use; choose another one with --port, or end what uses it", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI endpoint() {
    return runtime.endpoint();
  }

  Clients clients() {
    return Clients.local(runtime.endpoint());
  }

  @Override
  public void close() {
    runtime.close();
  }
}
