package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A field of a state that is one value, fixed or computed.
 *
 * @param field the name in the definition, such as {@code TimeoutSeconds} or {@code
 *     TimeoutSecondsPath}
 */
public record Setting(String field, Expression value) {

  /** A whole number, not negative. */
  public long wholeNumber(Scope scope) {
    JsonNode found = value.evaluate(scope);
    JsonNode number = asNumber(found);
    if (!number.isNumber() || number.doubleValue() != Math.rint(number.doubleValue())) {
      throw wrong(found, "integer");
    }
    if (number.doubleValue() < 0) {
      throw negative(found);
    }
    return number.longValue();
  }

  /** A number of any kind. */
  public double number(Scope scope) {
    JsonNode found = value.evaluate(scope);
    JsonNode number = asNumber(found);
    if (!number.isNumber()) {
      throw wrong(found, "float");
    }
    return number.doubleValue();
  }

  public String text(Scope scope) {
    JsonNode found = value.evaluate(scope);
    if (!found.isTextual()) {
      throw wrong(found, "string");
    }
    return found.textValue();
  }

  /** A variable or a path may hold a number as text; a JSONata expression may not. */
  private JsonNode asNumber(JsonNode found) {
    if (found.isTextual() && !(value instanceof JsonataExpression)) {
      try {
        return Json.parse(found.textValue());
      } catch (JsonProcessingException e) {
        return found;
      }
    }
    return found;
  }

  private StateError wrong(JsonNode found, String type) {
    return switch (value) {
      case JsonataExpression jsonata ->
          jsonata.unexpectedType(type.equals("float") ? "number" : type, found);
      case PathExpression path ->
          StateError.runtime(
              "The "
                  + field
                  + " field refers to value \""
                  + (found.isTextual() ? found.textValue() : Json.text(found))
                  + "\" which is not a valid "
                  + type
                  + ": "
                  + path.source());
      default ->
          StateError.runtime("The " + field + " field must be a valid " + type + ": " + found);
    };
  }

  private StateError negative(JsonNode found) {
    String plain = field.endsWith("Path") ? field.substring(0, field.length() - 4) : field;
    return value instanceof JsonataExpression jsonata
        ? StateError.query(
            jsonata.location(), "The " + field + " field must not be negative: " + found)
        : StateError.runtime(plain + " cannot be negative.");
  }

  /** The error of a value that is not of the type that the field takes. */
  public StateError unexpectedType(String expected, JsonNode found) {
    return value instanceof JsonataExpression jsonata
        ? jsonata.unexpectedType(expected, found)
        : StateError.runtime("The " + field + " field must be a valid " + expected + ": " + found);
  }

  /** How a message names where the value comes from. */
  public String source() {
    return value instanceof PathExpression path ? path.source() : field;
  }
}
