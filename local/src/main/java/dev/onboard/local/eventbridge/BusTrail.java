package dev.onboard.local.eventbridge;

import dev.onboard.local.store.Store;
import java.time.Instant;
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
    return list(
        "WHERE e.seq < ? AND (? IS NULL OR e.bus = ?) ORDER BY e.seq DESC LIMIT ?",
        before == null ? Long.MAX_VALUE : before,
        bus,
        bus,
        limit);
  }

  /**
   * What events are looked for.
   *
   * @param bus the bus on which they are, null for all buses
   * @param before the number of an event that all of them must be older than
   * @param since when they were accepted at the earliest
   * @param until when they were accepted at the latest
   * @param text what is anywhere in them
   */
  public record Search(
      @Nullable String bus, long before, Instant since, Instant until, String text) {}

  /** The newest events that are looked for, newest first. */
  public List<Accepted> search(Search search, int limit) {
    return store.read(tx -> {
      var deliveries = new TrailDeliveries(tx);
      return new EventSearch(tx, search)
          .newest(limit).stream().map(f -> accepted(f, deliveries)).toList();
    });
  }

  /**
   * Looks through the trail for events that pass a sieve, newest first.
   *
   * @param limit how many are wanted
   * @param most how many events are looked at
   */
  public Look look(Search search, TrailSieve sieve, int limit, int most) {
    return store.read(tx -> new TrailLook(tx, search, sieve).newest(limit, most));
  }

  /**
   * What was found, and how far back that goes.
   *
   * @param looked how many events were looked at
   * @param reached the number of the oldest of them; what is older may be looked for before it
   * @param complete whether nothing older is there
   */
  public record Look(List<Accepted> events, int looked, long reached, boolean complete) {}

  /** The events after one, oldest first; for those who follow the buses. */
  public List<Accepted> after(long number, @Nullable String bus, int limit) {
    return list(
        "WHERE e.seq > ? AND (? IS NULL OR e.bus = ?) ORDER BY e.seq LIMIT ?",
        number,
        bus,
        bus,
        limit);
  }

  /** The event of an id, as PutEvents answered it or as a target got it. */
  public Optional<Accepted> find(String eventId) {
    Long number = BusEvent.seqOf(eventId);
    return number == null
        ? Optional.empty()
        : list("WHERE e.seq = ?", number).stream().filter(e -> e.id.equals(eventId)).findFirst();
  }

  /** The copies of an event that were forwarded to other buses. */
  public List<Accepted> forwarded(Accepted event) {
    // A copy is stored in the same write, right after its original.
    return list(
        "WHERE e.seq > ? AND e.seq < ? AND e.parent = ? ORDER BY e.seq",
        event.number,
        event.number + NEAR,
        event.number);
  }

  private List<Accepted> list(String rest, @Nullable Object... arguments) {
    return store.read(tx -> {
      List<AcceptedEvents.Found> found = AcceptedEvents.list(tx, rest, arguments);
      var deliveries = new TrailDeliveries(tx);
      return found.stream().map(f -> accepted(f, deliveries)).toList();
    });
  }

  static Accepted accepted(AcceptedEvents.Found found, TrailDeliveries deliveries) {
    BusEvent event = found.event();
    return new Accepted(
        event.seq(),
        event.id(),
        event.bus(),
        event.time(),
        event.ingested(),
        event.json(),
        deliveries.original(event),
        found.publisher(),
        deliveries.of(event, found.settled()));
  }

  private static final int NEAR = 10_000;

  /**
   * An event that a bus accepted.
   *
   * @param number its place in the order of acceptance
   * @param json the whole event
   * @param forwardedFrom the id of the event on another bus of which it is the copy
   * @param publisher the ARN, or the host of a service, in whose name it was published; null if
   *     that was nobody, as with schedules and replays
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
      @Nullable String publisher,
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
}
