package dev.onboard.console.trail;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of an event to one target.
 *
 * @param json as the runtime tells of it
 */
public record Delivery(JsonNode json) {

  /** An attempt, where there were several. */
  public record Attempt(int number, Instant at, String error) {
    public boolean isFailed() {
      return !error.isEmpty();
    }
  }

  public String rule() {
    return json.path("rule").asText();
  }

  /** The ARN of the target; empty if the rule had none. */
  public String target() {
    return json.path("target").asText();
  }

  /**
   * {@code PENDING}, {@code DELIVERED}, {@code DEAD_LETTERED}, {@code DROPPED}, {@code NO_TARGET}.
   */
  public String status() {
    return json.path("status").asText();
  }

  public int attempts() {
    return json.path("attempts").asInt();
  }

  /** The code and the message of the last failure; empty if there was none. */
  public String error() {
    return json.path("error").asText("");
  }

  /** When it came to where it stands. */
  public Instant changed() {
    return Instant.parse(json.path("changed").asText());
  }

  public @Nullable Instant nextAttempt() {
    return json.hasNonNull("nextAttempt") ? Instant.parse(json.path("nextAttempt").asText()) : null;
  }

  public boolean isPending() {
    return status().equals("PENDING");
  }

  /** Whether the target does not have it and will not get it. */
  public boolean isLost() {
    // A copy that is not forwarded a second time is what AWS does, and nothing failed.
    return status().equals("DEAD_LETTERED") || status().equals("DROPPED") && !isSecondHop();
  }

  /** Whether it was dropped because no event is forwarded twice. */
  public boolean isSecondHop() {
    return error().startsWith("FORWARDED_ONCE");
  }

  /** The attempts; none if the first one did. */
  public List<Attempt> history() {
    var attempts = new ArrayList<Attempt>();
    for (JsonNode attempt : json.path("history")) {
      attempts.add(
          new Attempt(
              attempt.path("attempt").asInt(attempts.size() + 1),
              Instant.parse(attempt.path("time").asText()),
              attempt.path("error").asText("")));
    }
    return attempts;
  }
}
