package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a rule of a choice asks. */
public sealed interface Condition {
  boolean holds(Scope scope);

  Set<String> variables();

  /** All of them. */
  record And(List<Condition> conditions) implements Condition {
    @Override
    public boolean holds(Scope scope) {
      return conditions.stream().allMatch(c -> c.holds(scope));
    }

    @Override
    public Set<String> variables() {
      return union(conditions);
    }
  }

  /** Any of them. */
  record Or(List<Condition> conditions) implements Condition {
    @Override
    public boolean holds(Scope scope) {
      return conditions.stream().anyMatch(c -> c.holds(scope));
    }

    @Override
    public Set<String> variables() {
      return union(conditions);
    }
  }

  /** The opposite. */
  record Not(Condition condition) implements Condition {
    @Override
    public boolean holds(Scope scope) {
      return !condition.holds(scope);
    }

    @Override
    public Set<String> variables() {
      return condition.variables();
    }
  }

  /** A JSONata expression, or a fixed boolean. */
  record Holds(Expression expression) implements Condition {
    @Override
    public boolean holds(Scope scope) {
      JsonNode value = expression.evaluate(scope);
      if (!value.isBoolean()) {
        throw ((JsonataExpression) expression).unexpectedType("boolean", value);
      }
      return value.booleanValue();
    }

    @Override
    public Set<String> variables() {
      return expression.variables();
    }
  }

  /**
   * A comparison of JSONPath.
   *
   * @param subject the path of Variable
   * @param operand what it is compared with: a fixed value or a path
   */
  record Compares(Expression subject, Comparison comparison, Expression operand)
      implements Condition {
    @Override
    public boolean holds(Scope scope) {
      JsonNode value = find(scope);
      JsonNode other = operand.evaluate(scope);
      if (comparison == Comparison.IS_PRESENT) {
        return (value != null) == other.booleanValue();
      }
      if (value == null) {
        String path = ((PathExpression) subject).source();
        throw StateError.runtime(
            "Invalid path '"
                + path
                + "': The choice state's condition path references an invalid value.");
      }
      return comparison.holds(value, other);
    }

    private @Nullable JsonNode find(Scope scope) {
      return ((PathExpression) subject).find(scope);
    }

    @Override
    public Set<String> variables() {
      var names = new LinkedHashSet<>(subject.variables());
      names.addAll(operand.variables());
      return names;
    }
  }

  private static Set<String> union(List<Condition> conditions) {
    var names = new LinkedHashSet<String>();
    conditions.forEach(c -> names.addAll(c.variables()));
    return names;
  }
}
