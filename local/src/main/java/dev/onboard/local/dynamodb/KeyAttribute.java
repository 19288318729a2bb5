package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.value.Values;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An attribute that is part of a key, with its type: S, N or B. */
record KeyAttribute(String name, String type) {

  boolean fits(AttributeValue value) {
    return Values.type(value).equals(type);
  }

  static boolean isEmpty(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s().isEmpty();
      case B -> Values.length(value.b()) == 0;
      default -> false;
    };
  }

  /** The type in words, as messages have it. */
  static String typeInWords(AttributeValue value) {
    return value.s() != null ? "string" : "binary";
  }
}
