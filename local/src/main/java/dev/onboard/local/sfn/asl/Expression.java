package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** A part of a state that is computed while the state runs; compiled once. */
public interface Expression {
  /**
   * Computes the value.
   *
   * @throws StateError if there is none
   */
  JsonNode evaluate(Scope scope);

  /** The names of the variables that it refers to. */
  default Set<String> variables() {
    return Set.of();
  }

  /** Whether the value is the same always. */
  default boolean isLiteral() {
    return false;
  }

  /** The expression that gives a value as it stands. */
  static Expression literal(JsonNode value) {
    return new Literal(value);
  }

  /** A value as it stands in the definition. */
  record Literal(JsonNode value) implements Expression {
    @Override
    public JsonNode evaluate(Scope scope) {
      return value;
    }

    @Override
    public boolean isLiteral() {
      return true;
    }
  }
}
