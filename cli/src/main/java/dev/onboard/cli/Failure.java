package dev.onboard.cli;

/** What keeps a command from being done, in one sentence for the person who gave it. */
final class Failure extends RuntimeException {
  private final int exitCode;

  Failure(String message) {
    this(message, 1);
  }

  private Failure(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Wrong usage of a kind that the list of options does not help with, such as a missing file. */
  static Failure ofUsage(String message) {
    return new Failure(message, 2);
  }

  Failure(String message, Throwable cause) {
    super(message, cause);
    this.exitCode = 1;
  }

  /** What the command ends with. */
  int exitCode() {
    return exitCode;
  }
}
