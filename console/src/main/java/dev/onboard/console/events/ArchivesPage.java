package dev.onboard.console.events;

import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Link;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The archives of the buses, and what was replayed of them.
 *
 * @param form for another replay; null if no archive is chosen
 */
public record ArchivesPage(
    List<Archive> archives, @Nullable Form form, List<Replay> replays, String command) {

  /** An archive. */
  public record Archive(
      String name, String href, Link bus, Badge state, long events, String size, String kept) {}

  /**
   * What is to be replayed.
   *
   * @param name for the replay
   * @param from in UTC, to the second, as are all times that are typed
   * @param rules those that may be the only ones to get it
   */
  public record Form(
      String archive, String name, String from, String to, String bus, List<String> rules) {}

  /**
   * A replay.
   *
   * @param reached the time of the last event that was replayed
   * @param cancel where it is cancelled; null if it is over
   */
  public record Replay(
      String name,
      String archive,
      Badge state,
      String reason,
      Instant from,
      Instant to,
      @Nullable Instant reached,
      String events,
      @Nullable String cancel) {}
}
