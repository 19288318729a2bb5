package dev.onboard.console.story.page;

import dev.onboard.console.story.Story;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Link;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked for, and the story of it.
 *
 * @param asked null if nobody asked yet
 * @param stack the one that was chosen, null for the usual one
 * @param story null if there is none
 * @param nothing why there is none
 * @param lately whose stories there are to read, for those who have no id at hand
 */
public record StoryPage(
    @Nullable String asked,
    @Nullable String stack,
    @Nullable Story story,
    List<Row> rows,
    List<Leg> way,
    @Nullable String inAll,
    @Nullable String nothing,
    List<Link> lately) {

  /**
   * A step.
   *
   * @param id the same for the same step whenever the story is told
   * @param at null if nobody knows
   * @param isNewDay whether the day must be said
   * @param gap since the step before, as text
   * @param badge null if all went well
   * @param tone the colour of how it went
   */
  public record Row(
      String id,
      @Nullable Instant at,
      boolean isNewDay,
      @Nullable String gap,
      String service,
      String what,
      @Nullable String took,
      @Nullable Badge badge,
      String tone,
      List<String> details,
      List<Link> links,
      @Nullable String command) {}

  /**
   * A milestone and the way to it.
   *
   * @param took since the one before; null for the first
   */
  public record Leg(String name, Instant at, @Nullable String took) {}
}
