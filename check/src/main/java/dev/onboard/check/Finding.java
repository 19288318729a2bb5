package dev.onboard.check;

import java.nio.file.Path;

/**
 * Something that is wrong, where, and what would mend it.
 *
 * @param line from 1
 */
public record Finding(Code code, Path file, int line, String problem, String mend) {
  public Severity severity() {
    return code.severity();
  }
}
