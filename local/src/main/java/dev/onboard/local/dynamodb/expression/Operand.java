package dev.onboard.local.dynamodb.expression;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a condition compares. */
public sealed interface Operand {

  /** What stands at a path of the item. */
  record At(Path path) implements Operand {}

  /** A value that the request gives under a name. */
  record Placeholder(String name) implements Operand {}

  /** A value. */
  record Literal(AttributeValue value) implements Operand {}

  /** The size of what another operand gives, a number. */
  record Size(Operand of) implements Operand {}
}
