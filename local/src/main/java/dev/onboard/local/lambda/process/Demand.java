package dev.onboard.local.lambda.process;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How much invocations wait for the instances of their function, and what the machine has to spare.
 * Not safe for use by several threads.
 */
final class Demand {
  private static final Duration WINDOW = Duration.ofSeconds(2);

  /** More than a tenth of the processors idle is worth a process. */
  private static final double BUSY = 0.9;

  private final int processors = Runtime.getRuntime().availableProcessors();
  private final OperatingSystemMXBean machine =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final Map<String, Window> windows = new HashMap<>();
  private long lookedAt = System.nanoTime();
  private boolean spare;

  /** A while in which invocations of a function waited. */
  private static final class Window {
    long begun;
    long waited;
  }

  /** Notes that an invocation was given an instance that it waited for since then. */
  void served(String key, long since) {
    window(key).waited += System.nanoTime() - since;
  }

  /** Notes that a function is given another instance. */
  void scaled(String key) {
    windows.remove(key);
  }

  /** Whether a function that has so many instances would make use of another one. */
  boolean worthAnother(String key, int running) {
    Window window = window(key);
    long age = System.nanoTime() - window.begun;
    if (running >= processors || age < WINDOW.toNanos()) {
      return false;
    }
    boolean waits = window.waited > age / 2;
    windows.remove(key);
    return waits && spare();
  }

  private Window window(String key) {
    return windows.computeIfAbsent(
        key,
        k -> {
          var window = new Window();
          window.begun = System.nanoTime();
          return window;
        });
  }

  /** The load is that since it was last asked for, so it is not asked for too often. */
  private boolean spare() {
    if (System.nanoTime() - lookedAt > WINDOW.toNanos()) {
      lookedAt = System.nanoTime();
      double load = machine.getCpuLoad();
      spare = load >= 0 && load < BUSY;
    }
    return spare;
  }
}
