package dev.onboard.cli;

/** What keeps a command from being done, in one sentence for the person who gave it. */
final class Failure extends RuntimeException {
  Failure(String message) {
    super(message);
  }

  Failure(String message, Throwable cause) {
    super(message, cause);
  }
}
