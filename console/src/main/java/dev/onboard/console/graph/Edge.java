package dev.onboard.console.graph;

/**
 * An arrow of a graph.
 *
 * @param label what is written on it, a count for one; empty for nothing
 * @param hint what the label means, in full
 * @param tone how it stands, as a node's
 */
public record Edge(String from, String to, String label, String hint, String tone, Course course) {

  /** What an arrow says of the order of things. */
  public enum Course {
    /** What it leads to comes after. */
    ALONG,
    /** The same, but in the background. */
    ASIDE,
    /** It leads back to what came before. */
    BACK
  }

  public static Edge of(String from, String to, Course course) {
    return new Edge(from, to, "", "", "", course);
  }

  public Edge labelled(String newLabel, String newHint, String newTone) {
    return new Edge(from, to, newLabel, newHint, newTone, course);
  }
}
