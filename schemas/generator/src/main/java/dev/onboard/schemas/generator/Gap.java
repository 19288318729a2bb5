package dev.onboard.schemas.generator;

/**
 * A place where a reader's demand is not met by what a writer promises.
 *
 * @param field dotted, {@code []} for the items of an array and {@code *} for the values of a map
 * @param constraint the keyword, or one of the names below
 */
record Gap(String field, String constraint) {
  /** The reader requires a field that the writer describes and may leave away. */
  static final String REQUIRED = "required";

  /** The reader requires a field that the writer does not describe. */
  static final String MISSING = "missing";

  /** The reader takes no fields beside its own, the writer leaves room for them. */
  static final String CLOSED = "closed";

  /** The reader takes no fields beside its own, the writer describes this one. */
  static final String UNKNOWN = "unknown";

  static final String TYPE = "type";
  static final String ENUM = "enum";
}
