package dev.onboard.console.execution;

import dev.onboard.console.web.Badge;
import java.util.Locale;

/** How a state, or an attempt at its work, stands. */
enum Outcome {
  RUNNING("busy"),
  SUCCEEDED("good"),
  /** It failed, and another state was named for that. */
  CAUGHT("wait"),
  FAILED("bad"),
  TIMED_OUT("bad"),
  ABORTED("bad");

  private final String tone;

  Outcome(String tone) {
    this.tone = tone;
  }

  String tone() {
    return tone;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  Badge badge() {
    return new Badge(word(), tone);
  }

  /** How what was not over stands when its execution stands so. */
  static Outcome unfinished(String status) {
    return switch (status) {
      case "RUNNING", "PENDING_REDRIVE" -> RUNNING;
      case "TIMED_OUT" -> TIMED_OUT;
      default -> ABORTED;
    };
  }
}
