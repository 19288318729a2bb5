package dev.onboard.local.eventbridge;

import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.List;

/**
 * Keeps the trail of accepted events bounded: what is older than {@link Limits#TRAIL_EVENTS} events
 * or {@link Limits#TRAIL_AGE} goes, a thousand events at a time, unless a delivery is still to
 * come; then it goes with the end of that delivery.
 */
final class TrailKeeper {
  private static final int STEP = 1000;

  private final int kept;
  private long pruned;
  private int grown;

  TrailKeeper(Store store, int kept) {
    this.kept = kept;
    this.pruned = store.read(tx -> tx.number("SELECT coalesce(min(seq), 1) - 1 FROM events_event"));
  }

  /** The highest number that an event ever had. */
  static long lastNumber(Tx tx) {
    return Math.max(
        tx.number("SELECT max(seq) FROM events_event"),
        tx.number("SELECT max(key & ?) FROM events_archived", Archives.SEQ_MASK));
  }

  /** Called within the write that added events. */
  void grew(Tx tx, int events, Instant now) {
    grown += events;
    if (grown < STEP) {
      return;
    }
    grown = 0;
    long newest = tx.number("SELECT max(seq) FROM events_event");
    long aged =
        tx.number(
            "SELECT max(seq) FROM (SELECT seq, ingested FROM events_event WHERE seq > ?"
                + " ORDER BY seq LIMIT ?) WHERE ingested < ?",
            pruned,
            2 * STEP,
            now.minus(Limits.TRAIL_AGE));
    long to = Math.max(newest - kept, aged);
    if (to > pruned) {
      prune(tx, pruned, to);
      pruned = to;
    }
  }

  /** Called when a delivery has come to its end. */
  void ended(Tx tx, long event) {
    if (event <= pruned) {
      prune(tx, event - 1, event);
    }
  }

  private static void prune(Tx tx, long after, long to) {
    String settled =
        " NOT EXISTS (SELECT 1 FROM events_delivery p WHERE p.event = %s AND p.due IS NOT NULL)";
    String gone = "FROM events_event WHERE seq > ? AND seq <= ? AND" + settled.formatted("seq");
    List<Long> blocks = tx.list("SELECT DISTINCT block " + gone, r -> r.number(1), after, to);
    tx.update("DELETE " + gone, after, to);
    AcceptedEvents.sweep(tx, blocks);
    tx.update(
        "DELETE FROM events_attempt WHERE event > ? AND event <= ? AND"
            + settled.formatted("events_attempt.event"),
        after,
        to);
    tx.update(
        "DELETE FROM events_delivery WHERE event > ? AND event <= ? AND"
            + settled.formatted("events_delivery.event"),
        after,
        to);
  }
}
