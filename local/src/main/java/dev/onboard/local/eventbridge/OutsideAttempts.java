package dev.onboard.local.eventbridge;

import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.eventbridge.Channel.Invocation;
import dev.onboard.local.eventbridge.Deliveries.Standing;
import dev.onboard.local.eventbridge.Routes.Sink;
import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attempts that wait for somebody outside of the runtime, each on a thread of its own between two
 * writes: one that puts the delivery off by more than an attempt may take, and one that stores what
 * came of it. If the runtime dies in between, the delivery comes due again.
 */
final class OutsideAttempts {
  private static final Logger LOG = LoggerFactory.getLogger(OutsideAttempts.class);
  private static final Duration LEASE = Duration.ofMinutes(1);

  private static final Outcome TOO_LATE =
      new Outcome.Failed(
          "THROTTLING", "The target took no more invocations before the event was too old.", true);

  private final Store store;
  private final LocalClock clock;
  private final Deliveries deliveries;
  private final TrailKeeper trail;
  private final Telemetry telemetry;
  private final Runnable due;
  private volatile boolean closed;

  /**
   * Makes attempts.
   *
   * @param due called when another attempt was planned
   */
  OutsideAttempts(
      Store store,
      LocalClock clock,
      Deliveries deliveries,
      TrailKeeper trail,
      Telemetry telemetry,
      Runnable due) {
    this.store = store;
    this.clock = clock;
    this.deliveries = deliveries;
    this.trail = trail;
    this.telemetry = telemetry;
    this.due = due;
  }

  void close() {
    closed = true;
  }

  /**
   * Begins an attempt once the write around it is durable, or puts it off if the target takes no
   * more at this time.
   *
   * @param before how many attempts there were
   * @param waited whether it was put off before, and has its turn now
   */
  void begin(Tx tx, Sink sink, Invocation invocation, int before, boolean waited, Instant now) {
    if (waited && isTooOld(sink, invocation.event(), now)) {
      record(tx, sink, invocation, before, TOO_LATE, now);
      return;
    }
    long event = invocation.event().seq();
    Instant slot = waited ? now : sink.channel().slot(tx, sink.address(), now);
    if (slot.isAfter(now)) {
      tx.update(
          "UPDATE events_delivery SET due = ?, code = ?, message = ? WHERE event = ? AND route = ?",
          slot,
          RateLimits.WAITING,
          "The target takes no more invocations in this second.",
          event,
          invocation.route());
      telemetry.throttled(sink, invocation.event(), before);
      return;
    }
    tx.update(
        "UPDATE events_delivery SET due = ? WHERE event = ? AND route = ?",
        now.plus(LEASE),
        event,
        invocation.route());
    store.afterCommit(() ->
        clock.start(
            "invoke " + sink.address().target().arn(), () -> attempt(sink, invocation, before)));
  }

  private static boolean isTooOld(Sink sink, BusEvent event, Instant now) {
    Duration age = RetrySchedule.of(sink.address().target().retryPolicy()).age();
    return now.isAfter(event.ingested().plus(age));
  }

  private void attempt(Sink sink, Invocation invocation, int before) {
    try {
      Instant begun = clock.now();
      Outcome outcome = sink.channel().deliver(sink.address(), List.of(invocation)).getFirst();
      if (closed) {
        // Cut off by the end of the runtime, not by the target: it is made again.
        return;
      }
      store.write(tx -> {
        record(tx, sink, invocation, before, outcome, begun);
        return null;
      });
    } catch (RuntimeException e) {
      if (!closed) {
        LOG.error("An attempt broke; it is made again in {}", LEASE, e);
      }
    }
  }

  private void record(
      Tx tx, Sink sink, Invocation invocation, int before, Outcome outcome, Instant begun) {
    BusEvent event = invocation.event();
    boolean awaited =
        tx.exists(
            "SELECT 1 FROM events_delivery"
                + " WHERE event = ? AND route = ? AND attempts = ? AND due IS NOT NULL",
            event.seq(),
            invocation.route(),
            before);
    if (!awaited) {
      return;
    }
    Instant now = clock.now();
    Standing standing = deliveries.after(event, sink.address(), before + 1, outcome, begun, now);
    Deliveries.insert(tx, event.seq(), invocation.route(), standing, now);
    if (standing.due() == null) {
      trail.ended(tx, event.seq());
    } else {
      store.afterCommit(due);
    }
  }
}
