package dev.onboard.local.lambda.host;

import com.amazonaws.services.lambda.runtime.api.client.EventHandlerLoader;
import com.amazonaws.services.lambda.runtime.api.client.HandlerInfo;

/**
 * The main class of the process whose ahead-of-time cache the functions of one jar share: it loads
 * each handler and runs what it registered to be run before a snapshot, as SnapStart would.
 */
public final class Trainer {
  private Trainer() {}

  /**
   * Loads handlers and ends.
   *
   * @param handlers the handlers; one that fails is reported and passed over
   */
  public static void main(String[] handlers) {
    for (String name : handlers) {
      try {
        EventHandlerLoader.loadEventHandler(
            HandlerInfo.fromString(name, ClassLoader.getSystemClassLoader()));
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        e.printStackTrace();
      }
    }
    try {
      Class.forName("com.amazonaws.services.lambda.runtime.api.client.AWSLambda");
      Class.forName("dev.onboard.local.lambda.host.HttpRuntimeApi");
      SnapshotHooks.beforeCheckpoint();
    } catch (Throwable e) {
      e.printStackTrace();
    }
    System.exit(0);
  }
}
