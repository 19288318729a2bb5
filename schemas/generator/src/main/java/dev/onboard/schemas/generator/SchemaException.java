package dev.onboard.schemas.generator;

/** The schemas cannot be built from; the message names the file, the field and the rule. */
public final class SchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SchemaException(String message) {
    super(message);
  }
}
