package dev.onboard.local.eventbridge;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt to deliver ended. */
sealed interface Outcome {
  Delivered DELIVERED = new Delivered(Answer.NONE);

  /** The target has the event. */
  record Delivered(Answer answer) implements Outcome {}

  /**
   * The target does not have it.
   *
   * @param code one of the codes that EventBridge gives in dead-letter messages
   * @param retryable whether another attempt may help; it does not where the target or the
   *     permission is missing
   */
  record Failed(String code, String message, boolean retryable, Answer answer) implements Outcome {
    Failed(String code, String message, boolean retryable) {
      this(code, message, retryable, Answer.NONE);
    }
  }

  /** There is nothing to send, or sending it is not allowed, and AWS lets it go without a word. */
  record Dropped(String code, String message) implements Outcome {}

  /**
   * What is known of the target's answer.
   *
   * @param status its HTTP status, 0 if there was none
   * @param retryAfter the time that it asks to be left alone
   */
  record Answer(
      int status,
      @Nullable String requestId,
      @Nullable String body,
      @Nullable Duration retryAfter) {
    static final Answer NONE = new Answer(0, null, null, null);
  }
}
