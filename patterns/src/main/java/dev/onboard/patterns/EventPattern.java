package dev.onboard.patterns;

import java.util.List;

/**
 * An event pattern of EventBridge, as a tree and as what the tree comes to.
 *
 * <p>The verdict of {@link #explain} is that of Amazon's own matcher, event-ruler 2.1, its
 * peculiarities included:
 *
 * <ul>
 *   <li>A field that is named twice on the way to an alternative of a {@code $or} counts with its
 *       last conditions alone.
 *   <li>An alternative that shares values with an earlier one, field by field, may be taken for
 *       that one and lost: {@link Alternative#lost()}.
 *   <li>Conditions on several fields within a list of objects must be met by one and the same
 *       object; {@code exists: false} looks only at the object that the fields before it, in the
 *       order of their names, were found in.
 *   <li>An empty list, an empty object and an object where a value is expected count as absent.
 *   <li>A dot in a name is the same as a level of its own; an empty name below the first level is
 *       never found.
 *   <li>{@code anything-but} takes values of every type, and a list that has one other value.
 *   <li>A string that looks like an IP address is compared as one.
 *   <li>Numbers that a double cannot hold exactly are compared as they are written.
 *   <li>Ignoring case does not work for characters outside the basic plane.
 * </ul>
 *
 * <p>Three of its faults are not followed, for they depend on how its automaton happens to grow: a
 * {@code wildcard} beside a condition that ignores case, on one field, can let values pass that
 * neither takes; a field with strings and numbers in several alternatives can match at one time and
 * not at another; and whether an unquoted number can be taken for the digits of an address depends
 * on conditions of other alternatives. {@link #isSubtle} tells where to ask the matcher itself.
 */
public final class EventPattern {
  private final String json;
  private final Node.Fields root;
  private final List<Alternative> alternatives;

  private EventPattern(String json, Node.Fields root) {
    this.json = json;
    this.root = root;
    this.alternatives = Alternatives.of(root);
  }

  /**
   * Reads a pattern.
   *
   * @throws PatternException if EventBridge would refuse it
   */
  public static EventPattern parse(String json) {
    return new EventPattern(json, PatternParser.parse(json));
  }

  /** The pattern as it was given. */
  public String json() {
    return json;
  }

  public Node.Fields root() {
    return root;
  }

  /** What the pattern comes to: one of these must hold. There is one if there is no {@code $or}. */
  public List<Alternative> alternatives() {
    return alternatives;
  }

  /** Whether the pattern is one of which the matcher's automaton may have an opinion of its own. */
  public boolean isSubtle() {
    List<Condition> all =
        alternatives.stream()
            .flatMap(a -> a.fields().values().stream())
            .flatMap(leaf -> leaf.conditions().stream())
            .toList();
    return alternatives.size() > 1
        || all.stream().anyMatch(EventPattern::hasWildcard)
            && all.stream().anyMatch(EventPattern::ignoresCase);
  }

  private static boolean hasWildcard(Condition condition) {
    return condition instanceof Condition.Wildcard
        || condition instanceof Condition.AnythingBut b
            && b.kind() == Condition.AnythingBut.Kind.WILDCARDS;
  }

  private static boolean ignoresCase(Condition condition) {
    return switch (condition) {
      case Condition.EqualsIgnoreCase e -> true;
      case Condition.Prefix p -> p.ignoringCase();
      case Condition.Suffix s -> s.ignoringCase();
      case Condition.AnythingBut b -> b.kind() == Condition.AnythingBut.Kind.IGNORING_CASE;
      default -> false;
    };
  }

  /**
   * Whether an event matches, and why it does or does not.
   *
   * @param event the whole event, a JSON object
   * @throws IllegalArgumentException if it is none
   */
  public Explanation explain(String event) {
    return new Explainer(this, event).explain();
  }

  /** Whether an event matches. */
  public boolean matches(String event) {
    FlatEvent flat = FlatEvent.of(event, this);
    return alternatives.stream().anyMatch(a -> !a.lost() && Matching.holds(a, flat));
  }
}
