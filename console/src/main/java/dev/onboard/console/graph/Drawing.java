package dev.onboard.console.graph;

import java.util.List;

/** A graph with a place for everything, in pixels; drawn by {@code graph/drawing.jte}. */
public record Drawing(int width, int height, List<Box> boxes, List<Arrow> arrows) {

  /**
   * A node and its place.
   *
   * @param isFrame whether others are in it
   */
  public record Box(Node node, int x, int y, int width, int height, boolean isFrame) {
    /** The node's name as far as there is room for it. */
    public String label() {
      return TextWidth.cut(node.label(), width - Sizes.BESIDE_TEXT);
    }

    public String detail() {
      return TextWidth.cut(node.detail(), (width - Sizes.BESIDE_TEXT) * Sizes.DETAIL_TO_LABEL);
    }
  }

  /**
   * An edge and its way.
   *
   * @param path as SVG writes paths
   * @param labelX the middle of its label
   * @param labelWidth as wide as the label is
   */
  public record Arrow(Edge edge, String path, int labelX, int labelY, int labelWidth) {}
}
