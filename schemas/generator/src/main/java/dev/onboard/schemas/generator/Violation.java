package dev.onboard.schemas.generator;

import java.nio.file.Path;

/**
 * A rule of compatibility that a schema breaks.
 *
 * @param rule the keyword whose change it is
 * @param against the version that it is no longer compatible with
 */
record Violation(Path file, String field, String rule, String what, Version against) {
  @Override
  public String toString() {
    return file
        + ": "
        + field
        + " "
        + what
        + " (rule: "
        + rule
        + "; not compatible with "
        + against
        + ", so it needs a new major version)";
  }
}
