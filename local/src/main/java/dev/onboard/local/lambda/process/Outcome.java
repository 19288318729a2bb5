package dev.onboard.local.lambda.process;

/** How an invocation ended. */
public sealed interface Outcome {
  byte[] payload();

  /** The function answered. */
  record Success(byte[] payload) implements Outcome {}

  /**
   * The function failed: it threw, timed out, or its process ended.
   *
   * @param payload the error as JSON, as Lambda returns it
   */
  record Failure(byte[] payload) implements Outcome {}
}
