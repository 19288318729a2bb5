package dev.onboard.console.flow;

import dev.onboard.console.graph.Drawing;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Link;
import java.util.List;

/**
 * What the page of the map shows.
 *
 * @param stacks all of them, to choose from
 * @param concerns what somebody should look at
 * @param hidden how many queues for what failed are empty and therefore not on the map
 * @param rules the rules as a list
 * @param callers everything else as a list
 */
public record FlowPage(
    String stack,
    Badge status,
    List<String> stacks,
    Window window,
    Drawing drawing,
    List<Concern> concerns,
    int hidden,
    List<RuleRow> rules,
    List<CallerRow> callers) {

  /** Something that failed, or waits for somebody. */
  public record Concern(String kind, Link what, String why) {}

  /** A part of the map in words. */
  public record Place(String kind, Link link) {}

  /**
   * A rule.
   *
   * @param failed empty if nothing did
   */
  public record RuleRow(
      String bus,
      Link rule,
      String matched,
      List<Place> targets,
      String delivered,
      String failed) {}

  /**
   * Something that calls something else.
   *
   * @param uses what it calls, publishes to or is read by
   * @param setsAside where it puts what failed
   */
  public record CallerRow(Place who, Badge standing, List<Place> uses, List<Place> setsAside) {}
}
