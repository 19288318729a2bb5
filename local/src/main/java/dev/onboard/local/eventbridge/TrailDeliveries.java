package dev.onboard.local.eventbridge;

import dev.onboard.local.eventbridge.BusTrail.Delivery;
import dev.onboard.local.eventbridge.BusTrail.Failure;
import dev.onboard.local.eventbridge.BusTrail.State;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.TextReader;
import dev.onboard.local.store.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what became of events, and whose copies they are: deliveries that were settled at once
 * stand with the event, others in rows.
 */
final class TrailDeliveries {
  private static final Comparator<Delivery> BY_RULE =
      Comparator.comparing(Delivery::rule).thenComparing(Delivery::target);

  private final Tx tx;
  private final Map<Long, Route> routes = new HashMap<>();

  /** A copy stands beside its original, so one reader of texts finds most of them at hand. */
  private final TextReader originals;

  TrailDeliveries(Tx tx) {
    this.tx = tx;
    this.originals = AcceptedEvents.texts(tx);
  }

  /** The id of the event on another bus whose copy an event is; null if it is none. */
  @Nullable String original(BusEvent event) {
    return event.forwarded()
        ? AcceptedEvents.find(tx, event.parent(), originals).map(f -> f.event().id()).orElse(null)
        : null;
  }

  /** The deliveries of an event, by rule and target. */
  List<Delivery> of(BusEvent event, @Nullable Settled settled) {
    var all = new ArrayList<Delivery>();
    if (settled != null) {
      settled.delivered().forEach(r -> all.add(settled(event, r, State.DELIVERED, 1)));
      settled.targetless().forEach(r -> all.add(settled(event, r, State.NO_TARGET, 0)));
    }
    all.addAll(
        tx.list("SELECT * FROM events_delivery WHERE event = ?", this::delivery, event.seq()));
    all.sort(BY_RULE);
    return all;
  }

  private Delivery settled(BusEvent event, long id, State state, int attempts) {
    Route route = route(id);
    return new Delivery(
        route.rule,
        route.target,
        route.arn,
        state,
        attempts,
        null,
        null,
        null,
        event.ingested(),
        List.of());
  }

  private Delivery delivery(Row row) {
    Route route = route(row.number("route"));
    // Most deliveries are done at the first attempt and have nothing to look for.
    List<Failure> failures =
        row.integer("attempts") > 1 || row.stringOrNull("code") != null
            ? failures(row.number("event"), row.number("route"))
            : List.of();
    return new Delivery(
        route.rule,
        route.target,
        route.arn,
        State.values()[row.integer("state")],
        row.integer("attempts"),
        row.instantOrNull("due"),
        row.stringOrNull("code"),
        row.stringOrNull("message"),
        row.instant("changed"),
        failures);
  }

  private List<Failure> failures(long event, long route) {
    return tx.list(
        "SELECT * FROM events_attempt WHERE event = ? AND route = ? ORDER BY attempt",
        r ->
            new Failure(
                r.integer("attempt"), r.instant("at"), r.string("code"), r.string("message")),
        event,
        route);
  }

  private Route route(long id) {
    return routes.computeIfAbsent(
        id,
        i ->
            tx.first(
                    "SELECT rule, target, arn FROM events_route WHERE id = ?",
                    r -> new Route(r.string(1), r.string(2), r.string(3)),
                    i)
                .orElseThrow());
  }

  /** A rule and one of its targets, as they were. */
  private record Route(String rule, String target, String arn) {}
}
