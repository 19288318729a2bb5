package dev.onboard.console.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.link.EventRow;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Link;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule.
 *
 * @param pattern null if it runs on a schedule alone
 * @param next when the schedule is due
 * @param tryIt where its pattern can be changed and held against events
 */
public record RulePage(
    String bus,
    String busHref,
    Link events,
    String name,
    Badge state,
    boolean isEnabled,
    String change,
    String arn,
    String description,
    String managedBy,
    @Nullable JsonNode pattern,
    @Nullable String schedule,
    List<Instant> next,
    List<Target> targets,
    @Nullable String tryIt,
    List<Tab> tabs,
    Shown shown,
    String command) {

  /**
   * Where events go.
   *
   * @param sends what is sent, in words
   * @param made what it is made of, if it is not the event
   * @param retries how long it is tried
   */
  public record Target(
      String id,
      Link link,
      String sends,
      List<String> made,
      String retries,
      @Nullable Link deadLetters) {}

  /** A way to look at it. */
  public record Tab(String title, String href, boolean isCurrent) {}

  /** What a tab shows. */
  public sealed interface Shown permits Activity, Near {}

  /**
   * What it did.
   *
   * @param reaches how far back can be counted
   * @param looked how many events were looked at for its own
   * @param all where all of them are
   */
  public record Activity(
      Reach reach,
      List<Tab> reaches,
      List<Chart> charts,
      List<EventRow> rows,
      int looked,
      String all)
      implements Shown {}

  /**
   * The events that came nearest to it.
   *
   * @param summary a sentence on how many matched
   */
  public record Near(String summary, List<NearRow> rows) implements Shown {}

  /**
   * An event that almost matched.
   *
   * @param older how many older ones failed for the same reasons
   */
  public record NearRow(
      Instant at, Link event, String source, int older, List<String> reasons, String tryIt) {}
}
