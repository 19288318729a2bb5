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
    return new Badge(text, tone(status));
  }

  private static String tone(String status) {
    if (failed(status)) {
      return "bad";
    }
    return switch (status) {
      case "RUNNING", "STARTING", "PENDING_REDRIVE" -> "busy";
      case "SUCCEEDED", "DELIVERED", "ENABLED", "COMPLETED" -> "good";
      case "PENDING" -> "wait";
      default ->
          status.endsWith("_COMPLETE") ? "good" : status.endsWith("_IN_PROGRESS") ? "busy" : "";
    };
  }

  private static boolean failed(String status) {
    return status.contains("FAILED")
        || status.contains("ROLLBACK")
        || status.contains("TIMED_OUT")
        || status.equals("ABORTED")
        || status.equals("DROPPED")
        || status.equals("DEAD_LETTERED");
  }
}
