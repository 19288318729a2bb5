package dev.onboard.local.eventbridge;

import dev.onboard.local.eventbridge.AcceptedEvents.Found;
import dev.onboard.local.eventbridge.BusTrail.Accepted;
import dev.onboard.local.eventbridge.BusTrail.Delivery;
import dev.onboard.local.eventbridge.BusTrail.Look;
import dev.onboard.local.eventbridge.BusTrail.Search;
import dev.onboard.local.eventbridge.BusTrail.State;
import dev.onboard.local.eventbridge.TrailSieve.Outcome;
import dev.onboard.local.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.event.ruler.Machine;

/**
 * A look through the trail that ends after so many events, for most events may be other ones.
 *
 * <p>Events with a delivery that stands somewhere else than at its target have a row for it, so
 * those are found without looking at others.
 */
final class TrailLook {
  private static final int LOT = 200;

  private final Tx tx;
  private final Search search;
  private final TrailSieve sieve;
  private final @Nullable Machine pattern;
  private final TrailDeliveries deliveries;

  TrailLook(Tx tx, Search search, TrailSieve sieve) {
    this.tx = tx;
    this.search = search;
    this.sieve = sieve;
    this.pattern = sieve.machine();
    this.deliveries = new TrailDeliveries(tx);
  }

  Look newest(int limit, int most) {
    var found = new ArrayList<Accepted>();
    long before = search.before();
    int looked = 0;
    while (looked < most) {
      int asked = Math.min(LOT, most - looked);
      List<Found> lot = lot(before, asked);
      for (Found candidate : lot) {
        looked++;
        before = candidate.event().seq();
        Accepted accepted = passed(candidate);
        if (accepted != null) {
          found.add(accepted);
          if (found.size() == limit) {
            return new Look(found, looked, before, false);
          }
        }
      }
      if (lot.size() < asked) {
        return new Look(found, looked, before, true);
      }
    }
    return new Look(found, looked, before, false);
  }

  private List<Found> lot(long before, int limit) {
    if (sieve.numbers() != null) {
      return of(sieve.numbers().stream().filter(n -> n < before).limit(limit));
    } else if (sieve.outcome() == null || sieve.outcome() == Outcome.UNMATCHED) {
      return new EventSearch(
              tx, new Search(search.bus(), before, search.since(), search.until(), search.text()))
          .newest(limit);
    }
    return of(
        tx
            .list(
                "SELECT DISTINCT event FROM events_delivery WHERE state = ? AND event < ?"
                    + " ORDER BY event DESC LIMIT ?",
                r -> r.number(1),
                State.valueOf(sieve.outcome().name()).ordinal(),
                before,
                limit)
            .stream());
  }

  private List<Found> of(Stream<Long> numbers) {
    return numbers.flatMap(n -> AcceptedEvents.find(tx, n).stream()).toList();
  }

  private @Nullable Accepted passed(Found candidate) {
    BusEvent event = candidate.event();
    boolean passes =
        (search.bus() == null || search.bus().equals(event.bus()))
            && !event.ingested().isBefore(search.since())
            && !event.ingested().isAfter(search.until())
            && event.json().contains(search.text())
            && sieve.passesHead(event.json())
            && matches(event.json());
    if (!passes) {
      return null;
    }
    if (sieve.rule() != null || sieve.outcome() != null) {
      List<Delivery> became = deliveries.of(event, candidate.settled());
      if (!isTakenByRule(became) || !isOutcome(became)) {
        return null;
      }
    }
    return BusTrail.accepted(candidate, deliveries);
  }

  private boolean matches(String json) {
    if (pattern == null) {
      return true;
    }
    try {
      return !pattern.rulesForJSONEvent(json).isEmpty();
    } catch (Exception e) {
      throw new IllegalStateException("an accepted event must be JSON", e);
    }
  }

  private boolean isTakenByRule(List<Delivery> became) {
    return sieve.rule() == null || became.stream().anyMatch(d -> d.rule().equals(sieve.rule()));
  }

  private boolean isOutcome(List<Delivery> became) {
    if (sieve.outcome() == null) {
      return true;
    }
    return switch (sieve.outcome()) {
      case UNMATCHED -> became.isEmpty();
      // A copy that is not forwarded a second time is what AWS does, and nothing was given up.
      case DROPPED -> became.stream().anyMatch(d -> d.state() == State.DROPPED && !isSecondHop(d));
      default -> true;
    };
  }

  private static boolean isSecondHop(Delivery delivery) {
    return "FORWARDED_ONCE".equals(delivery.errorCode());
  }
}
