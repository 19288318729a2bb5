package dev.onboard.console.graph;

import org.jspecify.annotations.Nullable;

/**
 * A box of a graph.
 *
 * @param kind what it is; names its icon, see {@code graph/icons.jte}
 * @param label its name
 * @param detail a second line, which may change from one moment to the next; empty for none
 * @param tone how it stands: {@code good}, {@code busy}, {@code wait}, {@code bad}, or empty
 * @param href its page, if it has one
 * @param parent the id of the box that it is in, null for none
 */
public record Node(
    String id,
    String kind,
    String label,
    String detail,
    String tone,
    @Nullable String href,
    @Nullable String parent) {

  /** A box that stands for itself. */
  public static Node of(String id, String kind, String label) {
    return new Node(id, kind, label, "", "", null, null);
  }

  public Node detailed(String newDetail, String newTone) {
    return new Node(id, kind, label, newDetail, newTone, href, parent);
  }

  public Node leadingTo(@Nullable String page) {
    return new Node(id, kind, label, detail, tone, page, parent);
  }

  public Node within(String box) {
    return new Node(id, kind, label, detail, tone, href, box);
  }
}
