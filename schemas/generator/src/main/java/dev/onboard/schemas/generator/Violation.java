package dev.onboard.schemas.generator;

/**
 * A change that breaks somebody.
 *
 * @param field dotted, {@code []} for the items of an array and {@code *} for the values of a map
 * @param rule what was done, such as {@code required-added}
 * @param explanation who is broken by it
 */
record Violation(String field, String rule, String explanation) {

  String sentence() {
    return (field.isEmpty() ? "the event" : field) + ": " + rule + ": " + explanation;
  }
}
