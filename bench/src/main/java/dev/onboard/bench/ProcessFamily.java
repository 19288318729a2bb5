package dev.onboard.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A process and all that descends from it, watched from {@code /proc}: the processor time of all of
 * them, four times a second, and their memory, once a second. Memory that several of them share, as
 * that of a start-up cache, counts once (PSS). Where there is no {@code /proc} both are unknown.
 */
final class ProcessFamily implements AutoCloseable {
  private static final Path PROC = Path.of("/proc");
  private static final long EVERY_MILLIS = 250;

  /** Adding up a process's pages takes milliseconds. */
  private static final int LOOKS_A_WEIGHING = 4;

  /** The unit of processor times in {@code /proc}, which is the same on every Linux there is. */
  private static final double TICKS_A_SECOND = 100;

  private final ProcessHandle root;
  private final Thread watcher;
  private final Map<Long, Long> ticks = new HashMap<>();
  private final List<Long> weighings = new ArrayList<>();

  ProcessFamily(ProcessHandle root) {
    this.root = root;
    this.watcher = Thread.ofPlatform().daemon().name("family").start(this::watch);
  }

  static boolean canBeWatched() {
    return Files.isReadable(PROC.resolve("self/stat"));
  }

  private void watch() {
    try {
      for (int look = 0; canBeWatched(); look++) {
        look(look % LOOKS_A_WEIGHING == 0);
        Thread.sleep(EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void look(boolean weighing) {
    long bytes = 0;
    for (ProcessHandle member : Stream.concat(Stream.of(root), root.descendants()).toList()) {
      try {
        ticks.put(member.pid(), ticks(member.pid()));
        bytes += weighing ? bytes(member.pid()) : 0;
      } catch (IOException e) {
        // It ended while it was looked at; what it used until the last look stays counted.
        continue;
      }
    }
    if (weighing) {
      weighings.add(bytes);
    }
  }

  private static long ticks(long pid) throws IOException {
    String stat = Files.readString(PROC.resolve(pid + "/stat"));
    // The name, which stands in parentheses, may hold anything.
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
    return Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
  }

  private static long bytes(long pid) throws IOException {
    for (String line : Files.readAllLines(PROC.resolve(pid + "/smaps_rollup"))) {
      if (line.startsWith("Pss:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    return 0;
  }

  /** The processor time of all members so far; what one used after its last look is missing. */
  synchronized double cpuSeconds() {
    return ticks.values().stream().mapToLong(Long::longValue).sum() / TICKS_A_SECOND;
  }

  /** The most memory at one time. */
  synchronized long peakBytes() {
    return weighings.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /**
   * The median of the memory in one quarter of the time so far.
   *
   * @param quarter from 0 to 3
   */
  synchronized long medianBytes(int quarter) {
    int from = weighings.size() * quarter / 4;
    List<Long> some =
        weighings.subList(from, Math.max(from, weighings.size() * (quarter + 1) / 4)).stream()
            .sorted()
            .toList();
    return some.isEmpty() ? 0 : some.get(some.size() / 2);
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
