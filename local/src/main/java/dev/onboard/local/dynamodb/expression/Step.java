package dev.onboard.local.dynamodb.expression;

/** One step of a document path. */
public sealed interface Step {

  /** Into an attribute or a map, by name. */
  record Name(String name) implements Step {
    @Override
    public String toString() {
      return name;
    }
  }

  /** As {@link Name}, under a placeholder that begins with {@code #}. */
  record Alias(String alias) implements Step {
    @Override
    public String toString() {
      return alias;
    }
  }

  /** Into a list. */
  record Index(int index) implements Step {
    @Override
    public String toString() {
      return "[" + index + "]";
    }
  }
}
