package dev.onboard.local.eventbridge;

import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.clock.Timer;
import dev.onboard.local.eventbridge.BusTrail.State;
import dev.onboard.local.eventbridge.Channel.Invocation;
import dev.onboard.local.eventbridge.Deliveries.Standing;
import dev.onboard.local.eventbridge.Routes.Sink;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the attempts that are due: first ones for targets that are not attempted in the write of
 * PutEvents, and retries.
 *
 * <p>One thread takes them from the store in the order in which they are due, some at a time in one
 * write, in which also what the target makes of the event is stored: either both stay or neither.
 */
final class Dispatcher {
  static final Outcome NO_JSON =
      new Outcome.Failed(
          "INVALID_JSON", "The input transformer's result for this event is not JSON.", false);

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final int AT_ONCE = 50;
  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

  private final Store store;
  private final LocalClock clock;
  private final Routes routes;
  private final Deliveries deliveries;
  private final TrailKeeper trail;
  private final OutsideAttempts outside;
  private final AtomicReference<Work> work = new AtomicReference<>(Work.NONE);
  private @Nullable Timer timer;
  private volatile boolean closed;

  Dispatcher(
      Store store,
      LocalClock clock,
      Routes routes,
      Deliveries deliveries,
      TrailKeeper trail,
      Telemetry telemetry) {
    this.store = store;
    this.clock = clock;
    this.routes = routes;
    this.deliveries = deliveries;
    this.trail = trail;
    this.outside = new OutsideAttempts(store, clock, deliveries, trail, telemetry, this::wake);
  }

  /** Says that deliveries may be due, or due earlier than was known. */
  void wake() {
    if (!closed && work.getAndSet(Work.MORE) == Work.NONE) {
      clock.start("event deliveries", this::run);
    }
  }

  void close() {
    closed = true;
    outside.close();
  }

  private void run() {
    try {
      do {
        work.set(Work.BEGUN);
        while (!closed && step() > 0) {}
        sleepUntilNext();
      } while (!work.compareAndSet(Work.BEGUN, Work.NONE));
    } catch (RuntimeException e) {
      if (closed) {
        return;
      }
      LOG.error("Deliveries of events stopped; they go on in {}", AFTER_TROUBLE, e);
      work.set(Work.NONE);
      clock.after(AFTER_TROUBLE, this::wake);
    }
  }

  private void sleepUntilNext() {
    Optional<Instant> next =
        store.read(tx ->
            tx.first(
                "SELECT due FROM events_delivery WHERE due IS NOT NULL ORDER BY due LIMIT 1",
                r -> r.instant("due")));
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (next.isPresent()) {
      timer = clock.at(next.get(), this::wake);
    }
  }

  private int step() {
    return store.write(tx -> {
      Instant now = clock.now();
      Function<Row, BusEvent> event = AcceptedEvents.reader(tx);
      List<Due> due =
          tx.list(
              "SELECT d.route, d.attempts, d.code, r.bus AS rule_bus, r.rule, e.*"
                  + " FROM events_delivery d JOIN events_event e ON e.seq = d.event"
                  + " JOIN events_route r ON r.id = d.route"
                  + " WHERE d.due IS NOT NULL AND d.due <= ? ORDER BY d.due LIMIT ?",
              r -> Due.of(r, event.apply(r)),
              now,
              AT_ONCE);
      var byRoute = new LinkedHashMap<Long, List<Due>>();
      due.forEach(d -> byRoute.computeIfAbsent(d.route, r -> new ArrayList<>()).add(d));
      byRoute.forEach((route, group) -> attempt(tx, route, group, now));
      return due.size();
    });
  }

  private void attempt(Tx tx, long route, List<Due> group, Instant now) {
    Sink sink = routes.sink(group.getFirst().bus, route);
    if (sink == null || sink.channel() == null) {
      group.forEach(d -> record(tx, d, gone(d), now));
      return;
    }
    var ready = new ArrayList<Due>(group.size());
    var invocations = new ArrayList<Invocation>(group.size());
    for (Due d : group) {
      Optional<String> payload = sink.input().render(d.event, sink.address().rule());
      if (payload.isPresent()) {
        ready.add(d);
        invocations.add(new Invocation(d.event, route, payload.get()));
      } else {
        record(tx, d, after(d, sink, NO_JSON, now), now);
      }
    }
    if (sink.channel().outside()) {
      for (int i = 0; i < ready.size(); i++) {
        Due d = ready.get(i);
        outside.begin(tx, sink, invocations.get(i), d.attempts, d.waited, now);
      }
    } else if (!ready.isEmpty()) {
      List<Outcome> outcomes = sink.channel().deliver(sink.address(), invocations);
      for (int i = 0; i < ready.size(); i++) {
        record(tx, ready.get(i), after(ready.get(i), sink, outcomes.get(i), now), now);
      }
    }
  }

  private Standing after(Due due, Sink sink, Outcome outcome, Instant now) {
    return deliveries.after(due.event, sink.address(), due.attempts + 1, outcome, now);
  }

  private void record(Tx tx, Due due, Standing standing, Instant now) {
    Deliveries.insert(tx, due.event.seq(), due.route, standing, now);
    if (standing.due() == null) {
      trail.ended(tx, due.event.seq());
    }
  }

  private static Standing gone(Due due) {
    return new Standing(
        State.DROPPED,
        due.attempts,
        null,
        "NO_RESOURCE",
        "The target was removed from rule " + due.rule + ".");
  }

  private enum Work {
    /** There is no thread. */
    NONE,
    /** The thread looks. */
    BEGUN,
    /** Something came since the thread began to look. */
    MORE
  }

  /**
   * A delivery of which an attempt is due.
   *
   * @param waited whether it was put off for the target's rate, and has its turn now
   */
  private record Due(
      BusEvent event, long route, int attempts, boolean waited, String bus, String rule) {
    static Due of(Row row, BusEvent event) {
      return new Due(
          event,
          row.number("route"),
          row.integer("attempts"),
          RateLimits.WAITING.equals(row.stringOrNull("code")),
          row.string("rule_bus"),
          row.string("rule"));
    }
  }
}
