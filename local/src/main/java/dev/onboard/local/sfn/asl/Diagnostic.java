package dev.onboard.local.sfn.asl;

/**
 * Something that is wrong with a definition.
 *
 * @param code such as {@code SCHEMA_VALIDATION_FAILED}
 * @param location where, such as {@code /States/Pay/Resource}
 */
public record Diagnostic(String code, String message, String location) {
  @Override
  public String toString() {
    return code + ": " + message + " at " + location;
  }
}
