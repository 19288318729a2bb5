package dev.onboard.console.graph;

import java.util.List;

/**
 * What is to be drawn.
 *
 * @param direction where arrows lead
 */
public record Graph(List<Node> nodes, List<Edge> edges, Direction direction) {
  /** Where arrows lead, as far as they can. */
  public enum Direction {
    DOWN,
    RIGHT
  }
}
