package dev.onboard.console.events;

import java.util.List;

/**
 * A field of a form that is made of a schema.
 *
 * @param name where the value stands in the detail, as a JSON pointer with {@code detail} before it
 * @param says what the schema says and demands of it
 * @param problems why its value cannot be taken
 * @param fields what is within it, if it is a group
 */
public record Field(
    String name,
    String label,
    Kind kind,
    String value,
    boolean isRequired,
    String says,
    List<String> options,
    List<String> problems,
    List<Field> fields) {

  /** How a value is given. */
  public enum Kind {
    TEXT,
    NUMBER,
    CHOICE,
    JSON,
    GROUP
  }
}
