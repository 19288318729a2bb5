package dev.onboard.console.web;

import java.util.Locale;

/**
 * A word on how something stands, with a colour that says the same.
 *
 * @param tone {@code good}, {@code busy}, {@code wait}, {@code bad}, or empty
 */
public record Badge(String text, String tone) {

  /** That of a status as AWS writes them, such as {@code SUCCEEDED} or {@code UPDATE_FAILED}. */
  public static Badge of(String status) {
    String text = status.toLowerCase(Locale.ROOT).replace('_', ' ');
    String tone =
        switch (status) {
          case "RUNNING", "STARTING", "PENDING_REDRIVE" -> "busy";
          case "SUCCEEDED", "DELIVERED", "ENABLED", "COMPLETED" -> "good";
          case "PENDING", "NO_TARGET" -> "wait";
          default -> failed(status) ? "bad" : ended(status) ? "good" : "";
        };
    return new Badge(text, tone);
  }

  private static boolean failed(String status) {
    return status.contains("FAILED")
        || status.contains("ROLLBACK")
        || status.contains("TIMED_OUT")
        || status.equals("ABORTED")
        || status.equals("DROPPED")
        || status.equals("DEAD_LETTERED");
  }

  private static boolean ended(String status) {
    return status.endsWith("_COMPLETE");
  }
}
