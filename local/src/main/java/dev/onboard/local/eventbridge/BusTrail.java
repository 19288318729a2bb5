package dev.onboard.local.eventbridge;

import dev.onboard.local.store.Row;
import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The recent events of all buses, and what became of each at every target that it matched.
 *
 * <p>It goes back 100,000 events and seven days at most; an event of which a delivery is still to
 * come stays until that has come to its end.
 */
public final class BusTrail {
  private static final String EVENTS =
      "SELECT e.*, p.id AS parent_id FROM events_event e"
          + " LEFT JOIN events_event p ON p.seq = e.parent AND e.parent <> 0";

  private final Store store;

  public BusTrail(Store store) {
    this.store = store;
  }

  /**
   * The newest events, newest first.
   *
   * @param bus the bus on which they are, null for all buses
   * @param before the number of an event that all of them must be older than, null for none
   */
  public List<Accepted> recent(@Nullable String bus, @Nullable Long before, int limit) {
    return store.read(tx ->
        tx
            .list(
                EVENTS
                    + " WHERE e.seq < ? AND (? IS NULL OR e.bus = ?)"
                    + " ORDER BY e.seq DESC LIMIT ?",
                Found::of,
                before == null ? Long.MAX_VALUE : before,
                bus,
                bus,
                limit)
            .stream()
            .map(f -> f.accepted(tx))
            .toList());
  }

  /** The events after one, oldest first; for those who follow the buses. */
  public List<Accepted> after(long number, @Nullable String bus, int limit) {
    return store.read(tx ->
        tx
            .list(
                EVENTS + " WHERE e.seq > ? AND (? IS NULL OR e.bus = ?) ORDER BY e.seq LIMIT ?",
                Found::of,
                number,
                bus,
                bus,
                limit)
            .stream()
            .map(f -> f.accepted(tx))
            .toList());
  }

  /** The event of an id, as PutEvents answered it or as a target got it. */
  public Optional<Accepted> find(String eventId) {
    Long number = BusEvent.seqOf(eventId);
    if (number == null) {
      return Optional.empty();
    }
    return store.read(tx ->
        tx.first(EVENTS + " WHERE e.seq = ? AND e.id = ?", Found::of, number, eventId)
            .map(f -> f.accepted(tx)));
  }

  /** The copies of an event that were forwarded to other buses. */
  public List<Accepted> forwarded(Accepted event) {
    // A copy is stored in the same write, right after its original.
    return store.read(tx ->
        tx
            .list(
                EVENTS + " WHERE e.seq > ? AND e.seq < ? AND e.parent = ? ORDER BY e.seq",
                Found::of,
                event.number,
                event.number + NEAR,
                event.number)
            .stream()
            .map(f -> f.accepted(tx))
            .toList());
  }

  private static final int NEAR = 10_000;

  /**
   * An event that a bus accepted.
   *
   * @param number its place in the order of acceptance
   * @param json the whole event
   * @param forwardedFrom the id of the event on another bus of which it is the copy
   * @param deliveries what became of it at every target that it matched
   */
  public record Accepted(
      long number,
      String id,
      String bus,
      Instant time,
      Instant accepted,
      String json,
      @Nullable String forwardedFrom,
      List<Delivery> deliveries) {
    /** The names of the rules that matched. */
    public List<String> rules() {
      return deliveries.stream().map(Delivery::rule).distinct().toList();
    }
  }

  /**
   * The delivery of one event to one target.
   *
   * @param target the target's id, empty if the rule had no target
   * @param attempts how many there were
   * @param nextAttempt when the next one is, if one is
   * @param errorCode the code of the last failure, as dead letters give it
   * @param changed when the state was reached
   * @param failures the attempts that failed, oldest first
   */
  public record Delivery(
      String rule,
      String target,
      String targetArn,
      State state,
      int attempts,
      @Nullable Instant nextAttempt,
      @Nullable String errorCode,
      @Nullable String errorMessage,
      Instant changed,
      List<Failure> failures) {}

  /**
   * An attempt that failed.
   *
   * @param attempt its number, from 1
   */
  public record Failure(int attempt, Instant at, String errorCode, String errorMessage) {}

  /** Where a delivery stands; stored by its place in this list. */
  public enum State {
    /** An attempt is still to come. */
    PENDING,
    /** The target has it. */
    DELIVERED,
    /** The target's dead-letter queue has it. */
    DEAD_LETTERED,
    /** Nobody has it: there was no dead-letter queue, or it took nothing. */
    DROPPED,
    /** The rule matched but had no target. */
    NO_TARGET
  }

  /** A row of the events. */
  private record Found(
      long number,
      String id,
      String bus,
      Instant time,
      Instant ingested,
      String body,
      @Nullable String parent) {
    static Found of(Row row) {
      return new Found(
          row.number("seq"),
          row.string("id"),
          row.string("bus"),
          row.instant("time"),
          row.instant("ingested"),
          row.string("body"),
          row.stringOrNull("parent_id"));
    }

    Accepted accepted(Tx tx) {
      List<Delivery> deliveries =
          tx.list(
              "SELECT r.rule, r.target, r.arn, d.* FROM events_delivery d"
                  + " JOIN events_route r ON r.id = d.route WHERE d.event = ?"
                  + " ORDER BY r.rule, r.target",
              r -> delivery(tx, r),
              number);
      return new Accepted(
          number, id, bus, time, ingested, body, parent, new ArrayList<>(deliveries));
    }

    private static Delivery delivery(Tx tx, Row row) {
      // Most deliveries are done at the first attempt and have nothing to look for.
      List<Failure> failures =
          row.integer("attempts") > 1 || row.stringOrNull("code") != null
              ? failures(tx, row.number("event"), row.number("route"))
              : List.of();
      return new Delivery(
          row.string("rule"),
          row.string("target"),
          row.string("arn"),
          State.values()[row.integer("state")],
          row.integer("attempts"),
          row.instantOrNull("due"),
          row.stringOrNull("code"),
          row.stringOrNull("message"),
          row.instant("changed"),
          failures);
    }

    private static List<Failure> failures(Tx tx, long event, long route) {
      return tx.list(
          "SELECT * FROM events_attempt WHERE event = ? AND route = ? ORDER BY attempt",
          r ->
              new Failure(
                  r.integer("attempt"), r.instant("at"), r.string("code"), r.string("message")),
          event,
          route);
    }
  }
}
