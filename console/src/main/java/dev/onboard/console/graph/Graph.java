package dev.onboard.console.graph;

import java.util.List;

/**
 * What is to be drawn.
 *
 * @param direction where arrows lead
 * @param widths how wide boxes are
 */
public record Graph(List<Node> nodes, List<Edge> edges, Direction direction, Widths widths) {
  /** A graph whose boxes are as wide as they usually are. */
  public Graph(List<Node> nodes, List<Edge> edges, Direction direction) {
    this(nodes, edges, direction, new Widths(Sizes.LEAST_WIDTH, Sizes.MOST_WIDTH));
  }

  /**
   * How wide boxes are, in pixels.
   *
   * @param least so much has room for details, which places do not depend on
   * @param most names that need more are cut
   */
  public record Widths(int least, int most) {}

  /** Where arrows lead, as far as they can. */
  public enum Direction {
    DOWN,
    RIGHT
  }
}
