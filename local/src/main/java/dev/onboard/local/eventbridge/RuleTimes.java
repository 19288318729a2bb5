package dev.onboard.local.eventbridge;

import dev.onboard.local.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** When rules with a schedule are due next. */
public final class RuleTimes {
  private final Store store;

  public RuleTimes(Store store) {
    this.store = store;
  }

  /** The next times of a rule; none if it is disabled or has no schedule. */
  public List<Instant> next(String bus, String rule, int count) {
    return store
        .read(tx ->
            tx.first(
                "SELECT schedule, fires FROM events_rule"
                    + " WHERE bus = ? AND name = ? AND fires IS NOT NULL",
                r -> times(ScheduleExpression.parse(r.string(1)), r.instant("fires"), count),
                bus,
                rule))
        .orElse(List.of());
  }

  private static List<Instant> times(ScheduleExpression schedule, Instant first, int count) {
    return Stream.iterate(
            Optional.of(first), Optional::isPresent, t -> t.flatMap(due -> schedule.next(due, due)))
        .limit(count)
        .map(Optional::orElseThrow)
        .toList();
  }
}
