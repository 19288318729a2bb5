package dev.onboard.local.lambda.host;

import com.amazonaws.services.lambda.runtime.api.client.EventHandlerLoader;
import com.amazonaws.services.lambda.runtime.api.client.HandlerInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The main class of the process whose ahead-of-time cache the functions of one jar share: it loads
 * each handler, runs what it registered to be run before a snapshot, as SnapStart would, and
 * initialises the classes that invocations have needed.
 */
public final class Trainer {
  private Trainer() {}

  /**
   * Loads handlers and classes and ends.
   *
   * @param arguments a file with the names of classes, then the handlers; what fails is reported
   *     and passed over
   */
  public static void main(String[] arguments) throws IOException {
    for (String handler : List.of(arguments).subList(1, arguments.length)) {
      attempt(() ->
          EventHandlerLoader.loadEventHandler(
              HandlerInfo.fromString(handler, ClassLoader.getSystemClassLoader())));
    }
    attempt(SnapshotHooks::beforeCheckpoint);
    for (String name : Files.readAllLines(Path.of(arguments[0]))) {
      attempt(() -> Class.forName(name));
    }
    System.exit(0);
  }

  /** A step that may fail. */
  private interface Step {
    void run() throws Throwable;
  }

  private static void attempt(Step step) {
    try {
      step.run();
    } catch (Throwable e) {
      e.printStackTrace();
    }
  }
}
