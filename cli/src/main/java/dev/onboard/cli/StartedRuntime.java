package dev.onboard.cli;

import dev.onboard.console.Console;
import dev.onboard.local.LocalRuntime;
import dev.onboard.local.eventbridge.Quotas;
import dev.onboard.local.store.StoreInUseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A local runtime within this process, with its console if somebody wants to look. */
final class StartedRuntime implements AutoCloseable {
  private final LocalRuntime runtime;
  private @Nullable Console console;

  private StartedRuntime(LocalRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * Starts one.
   *
   * @param port 0 for any that is free
   */
  static StartedRuntime start(Path data, int port) {
    return start(data, port, Map.of());
  }

  static StartedRuntime start(Path data, int port, Map<QuotaName, Integer> quotas) {
    Quotas raised = raised(quotas);
    LocalOptions.checkPort(port);
    Path folder = data.toAbsolutePath();
    Clients.prepare();
    try {
      return new StartedRuntime(
          LocalRuntime.start(folder, Project.here().functionCaches(), port, raised));
    } catch (StoreInUseException e) {
      throw new Failure(e.getMessage(), e);
    } catch (BindException e) {
      throw new Failure(
          "port " + port + " is in use; choose another one with --port, or end what uses it", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The quotas of a new account, but for those that are given. */
  private static Quotas raised(Map<QuotaName, Integer> given) {
    given.forEach((name, number) -> {
      if (number < 1) {
        throw new Failure("the quota " + name + " must be at least 1, not " + number);
      }
    });
    if (given.getOrDefault(QuotaName.PATTERN_LENGTH, 1) > Quotas.LONGEST_PATTERN) {
      throw new Failure("the quota pattern-length is at most " + Quotas.LONGEST_PATTERN);
    }
    Quotas usual = Quotas.DEFAULT;
    return new Quotas(
        given.getOrDefault(QuotaName.EVENT_BUSES, usual.buses()),
        given.getOrDefault(QuotaName.RULES, usual.rules()),
        given.getOrDefault(QuotaName.PATTERN_LENGTH, usual.patternLength()),
        given.getOrDefault(QuotaName.REPLAYS, usual.replays()),
        given.getOrDefault(QuotaName.CONNECTIONS, usual.connections()),
        given.getOrDefault(QuotaName.API_DESTINATIONS, usual.destinations()));
  }

  URI endpoint() {
    return runtime.endpoint();
  }

  /** Shows the runtime in a browser as long as it runs; answers where. */
  URI openConsole() {
    if (console == null) {
      console = new Console(runtime::onlooker, runtime::ask);
      runtime.mount(Console.PATH, console);
    }
    return endpoint().resolve(Console.PATH);
  }

  /** Lets the console get ready beside whatever else is done. */
  void prepareConsole() {
    if (console != null) {
      Thread.ofVirtual().name("console").start(console::prepare);
    }
  }

  Clients clients() {
    return Clients.local(runtime.endpoint());
  }

  @Override
  public void close() {
    if (console != null) {
      console.close();
    }
    runtime.close();
  }
}
