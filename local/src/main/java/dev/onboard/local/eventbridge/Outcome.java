package dev.onboard.local.eventbridge;

/** How an attempt to deliver ended. */
sealed interface Outcome {
  Delivered DELIVERED = new Delivered();

  /** The target has the event. */
  record Delivered() implements Outcome {}

  /**
   * The target does not have it.
   *
   * @param code one of the codes that EventBridge gives in dead-letter messages
   * @param retryable whether another attempt may help; it does not where the target or the
   *     permission is missing
   */
  record Failed(String code, String message, boolean retryable) implements Outcome {}

  /** There is nothing to send, or sending it is not allowed, and AWS lets it go without a word. */
  record Dropped(String code, String message) implements Outcome {}
}
