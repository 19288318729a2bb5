package dev.onboard.console.execution;

import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Link;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A map run in a few words.
 *
 * @param run its page, under the name of the state that started it
 * @param progress how far its items are
 * @param words the same in words
 * @param failed some of the children that came to no good
 * @param allFailed where all of those are
 */
public record MapRunRow(
    Link run,
    Badge badge,
    List<Piece> progress,
    String words,
    Instant began,
    @Nullable String took,
    List<ChildRow> failed,
    @Nullable Link allFailed) {

  /**
   * A piece of a bar.
   *
   * @param from where it begins, in hundredths of the bar
   */
  public record Piece(String tone, double from, double width) {}

  /** A child, and what it failed with. */
  public record ChildRow(
      String name,
      String href,
      Badge badge,
      String items,
      Instant began,
      @Nullable String took,
      @Nullable Fault fault) {}
}
