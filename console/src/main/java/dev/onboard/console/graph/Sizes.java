package dev.onboard.console.graph;

/** How large things are, in pixels; {@code graph.css} knows the same. */
final class Sizes {
  static final int NODE_HEIGHT = 44;
  static final int LEAST_WIDTH = 100;
  static final int MOST_WIDTH = 168;

  /** Icon and margins. */
  static final int BESIDE_TEXT = 40;

  /** Details are written a little smaller than labels. */
  static final double DETAIL_TO_LABEL = 1.12;

  static final int BESIDE_LABEL = 10;

  /** Name and detail of a box with others in it. */
  static final int FRAME_TITLE = 48;

  private Sizes() {}
}
