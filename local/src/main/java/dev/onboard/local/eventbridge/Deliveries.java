package dev.onboard.local.eventbridge;

import dev.onboard.local.eventbridge.BusTrail.State;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** The record of each event for each matched target, from acceptance to its end. */
final class Deliveries {
  static final List<List<String>> TABLES =
      List.of(
          List.of(
              """
              CREATE TABLE events_attempt(
                event INT NOT NULL, route INT NOT NULL, attempt INT NOT NULL, at INT NOT NULL,
                code TEXT NOT NULL, message TEXT NOT NULL, PRIMARY KEY(event, route, attempt))
                WITHOUT ROWID\
              """));

  private final QueueChannel deadLetters;
  private final Telemetry telemetry;

  Deliveries(QueueChannel deadLetters, Telemetry telemetry) {
    this.deadLetters = deadLetters;
    this.telemetry = telemetry;
  }

  /** What an attempt that took no time comes to. */
  Standing after(
      BusEvent event, Channel.Address address, int attempts, Outcome outcome, Instant now) {
    return after(event, address, attempts, outcome, now, now);
  }

  /** What an attempt comes to: done, another attempt, a dead letter or nothing. */
  Standing after(
      BusEvent event,
      Channel.Address address,
      int attempts,
      Outcome outcome,
      Instant begun,
      Instant now) {
    Standing standing = standing(event, address, attempts, outcome, now);
    telemetry.attempted(event, address, attempts, outcome, standing, begun, now);
    return standing;
  }

  private Standing standing(
      BusEvent event, Channel.Address address, int attempts, Outcome outcome, Instant now) {
    return switch (outcome) {
      case Outcome.Delivered ignored -> Standing.of(State.DELIVERED, attempts);
      case Outcome.Dropped(String code, String message) ->
          new Standing(State.DROPPED, attempts, null, code, message);
      case Outcome.Failed failed -> {
        if (!failed.retryable()) {
          yield end(event, address, attempts, failed, "");
        }
        var next =
            RetrySchedule.of(address.target().retryPolicy())
                .after(attempts, event.ingested(), now, failed.answer().retryAfter());
        yield next.at().isPresent()
            ? new Standing(
                State.PENDING, attempts, next.at().get(), failed.code(), failed.message())
            : end(event, address, attempts, failed, next.exhausted());
      }
    };
  }

  static void insert(Tx tx, long event, long route, Standing standing, Instant now) {
    tx.update(
        "INSERT OR REPLACE INTO events_delivery VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        event,
        route,
        standing.state.ordinal(),
        standing.attempts,
        standing.due,
        standing.code,
        standing.message,
        now);
    if (standing.code != null && standing.attempts > 0) {
      // A failure is kept apart too, for the next attempt's takes its place in the delivery.
      tx.update(
          "INSERT OR IGNORE INTO events_attempt VALUES (?, ?, ?, ?, ?, ?)",
          event,
          route,
          standing.attempts,
          now,
          standing.code,
          standing.message == null ? "" : standing.message);
    }
  }

  private Standing end(
      BusEvent event,
      Channel.Address address,
      int attempts,
      Outcome.Failed failed,
      String exhausted) {
    Target target = address.target();
    String queue = target.deadLetterConfig() == null ? null : target.deadLetterConfig().arn();
    if (queue == null) {
      return new Standing(State.DROPPED, attempts, null, failed.code(), failed.message());
    }
    var attributes = new LinkedHashMap<String, String>();
    attributes.put("RULE_ARN", address.rule().arn());
    attributes.put("TARGET_ARN", target.arn());
    attributes.put("ERROR_CODE", failed.code());
    attributes.put("ERROR_MESSAGE", failed.message().isEmpty() ? "-" : failed.message());
    if (!exhausted.isEmpty()) {
      attributes.put("EXHAUSTED_RETRY_CONDITION", exhausted);
    }
    attributes.put("RETRY_ATTEMPTS", Integer.toString(attempts - 1));
    return switch (deadLetters.sendDeadLetter(queue, event.json(), attributes)) {
      case Outcome.Failed(String code, String message, boolean ignored, Outcome.Answer unused) ->
          new Standing(
              State.DROPPED,
              attempts,
              null,
              failed.code(),
              failed.message() + " (and not dead-lettered: " + code + ", " + message + ")");
      default -> new Standing(State.DEAD_LETTERED, attempts, null, failed.code(), failed.message());
    };
  }

  /**
   * Where a delivery stands.
   *
   * @param due when the next attempt is
   */
  record Standing(
      State state,
      int attempts,
      @Nullable Instant due,
      @Nullable String code,
      @Nullable String message) {
    static Standing of(State state, int attempts) {
      return new Standing(state, attempts, null, null, null);
    }
  }
}
