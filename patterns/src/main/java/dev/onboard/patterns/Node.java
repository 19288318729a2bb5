package dev.onboard.patterns;

import java.util.List;

/** A part of an event pattern. */
public sealed interface Node {
  Position position();

  /** An object: all of its entries must hold. */
  record Fields(List<Entry> entries, Position position) implements Node {
    public Fields {
      entries = List.copyOf(entries);
    }
  }

  /**
   * One entry of an object.
   *
   * @param name the field's name; {@code $or} if the node is {@link AnyOf}
   */
  record Entry(String name, Node node) {}

  /** The list of a {@code $or}: one of the alternatives must hold. */
  record AnyOf(List<Fields> alternatives, Position position) implements Node {
    public AnyOf {
      alternatives = List.copyOf(alternatives);
    }
  }

  /** The list of conditions of one field: one value there must meet one of them. */
  record Leaf(List<Condition> conditions, Position position) implements Node {
    public Leaf {
      conditions = List.copyOf(conditions);
    }

    /** The conditions as the pattern has them. */
    public String json() {
      return "[" + String.join(", ", conditions.stream().map(Condition::json).toList()) + "]";
    }

    /** Whether a field that is not there meets one of the conditions. */
    public boolean takesAbsence() {
      return conditions.stream().anyMatch(c -> c instanceof Condition.Exists e && !e.there());
    }
  }
}
