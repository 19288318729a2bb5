package dev.onboard.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A process and all that descends from it, watched from {@code /proc} four times a second: the most
 * memory that was resident at one time, and the processor time of all of them. Where there is no
 * {@code /proc} both are unknown.
 */
final class ProcessFamily implements AutoCloseable {
  private static final Path PROC = Path.of("/proc");
  private static final long EVERY_MILLIS = 250;

  /** The unit of processor times in {@code /proc}, which is the same on every Linux there is. */
  private static final double TICKS_A_SECOND = 100;

  private final ProcessHandle root;
  private final Thread watcher;
  private final Map<Long, Long> ticks = new HashMap<>();
  private long peakBytes;

  ProcessFamily(ProcessHandle root) {
    this.root = root;
    this.watcher = Thread.ofPlatform().daemon().name("family").start(this::watch);
  }

  static boolean canBeWatched() {
    return Files.isReadable(PROC.resolve("self/stat"));
  }

  private void watch() {
    try {
      while (canBeWatched()) {
        look();
        Thread.sleep(EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void look() {
    long bytes = 0;
    for (ProcessHandle member : Stream.concat(Stream.of(root), root.descendants()).toList()) {
      try {
        String stat = Files.readString(PROC.resolve(member.pid() + "/stat"));
        // The name, which stands in parentheses, may hold anything.
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        ticks.put(member.pid(), Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12)));
        for (String line : Files.readAllLines(PROC.resolve(member.pid() + "/status"))) {
          if (line.startsWith("VmRSS:")) {
            bytes += Long.parseLong(line.replaceAll("\\D", "")) * 1024;
          }
        }
      } catch (IOException e) {
        // It ended while it was looked at; what it used until the last look stays counted.
        continue;
      }
    }
    peakBytes = Math.max(peakBytes, bytes);
  }

  /** The processor time of all members so far; what one used after its last look is missing. */
  synchronized double cpuSeconds() {
    return ticks.values().stream().mapToLong(Long::longValue).sum() / TICKS_A_SECOND;
  }

  /** The most that was resident at one time, summed up: what members share counts for each. */
  synchronized long peakBytes() {
    return peakBytes;
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
