package dev.onboard.console.schema;

/** What a JSON Schema says and OpenAPI 3.0 has no word for, with the JSON pointer to it. */
public final class NotInOpenApi extends RuntimeException {
  NotInOpenApi(String pointer, String what) {
    super((pointer.isEmpty() ? "the whole" : pointer) + ": " + what);
  }

  /** A keyword of which OpenAPI 3.0 has neither the name nor the meaning. */
  static NotInOpenApi keyword(String pointer, String keyword) {
    return new NotInOpenApi(pointer, "OpenAPI 3.0 has no " + keyword);
  }
}
