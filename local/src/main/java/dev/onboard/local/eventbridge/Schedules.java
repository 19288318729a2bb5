package dev.onboard.local.eventbridge;

import dev.onboard.local.call.Environment;
import dev.onboard.local.clock.Timer;
import dev.onboard.local.eventbridge.Names.RuleName;
import dev.onboard.local.eventbridge.Routes.ActiveRule;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules with a schedule: at each of its times the rule's targets, and nobody else, get a
 * Scheduled Event. A time at which the runtime was not there is left out.
 */
final class Schedules {
  private final Environment env;
  private final Names names;
  private final Routes routes;
  private final Supplier<Router> router;
  private final Map<RuleName, Timer> timers = new HashMap<>();
  private final ReentrantLock changes = new ReentrantLock();

  Schedules(Environment env, Names names, Routes routes, Supplier<Router> router) {
    this.env = env;
    this.names = names;
    this.routes = routes;
    this.router = router;
  }

  /** Refuses what is neither a rate nor a cron expression. */
  void check(String expression) {
    ScheduleExpression.parse(expression);
  }

  /** The first time of a schedule that begins now; null if it has none. */
  @Nullable Instant first(String expression) {
    return ScheduleExpression.parse(expression).after(env.clock().now()).orElse(null);
  }

  void resume() {
    List<RuleName> scheduled =
        env.store()
            .write(tx -> {
              Instant now = env.clock().now();
              List<RuleName> rules =
                  tx.list(
                      "SELECT bus, name FROM events_rule WHERE fires IS NOT NULL",
                      r -> new RuleName(r.string(1), r.string(2)));
              tx.list(
                      "SELECT bus, name, schedule FROM events_rule WHERE fires < ?",
                      r -> List.of(r.string(1), r.string(2), r.string(3)),
                      now)
                  .forEach(r ->
                      tx.update(
                          "UPDATE events_rule SET fires = ? WHERE bus = ? AND name = ?",
                          first(r.get(2)),
                          r.get(0),
                          r.get(1)));
              return rules;
            });
    scheduled.forEach(r -> reload(r.bus(), r.rule()));
  }

  /** Takes up that a rule changed, came or went. */
  void reload(String bus, String rule) {
    var name = new RuleName(bus, rule);
    changes.lock();
    try {
      Timer old = timers.remove(name);
      if (old != null) {
        old.cancel();
      }
      fires(name).ifPresent(due -> timers.put(name, env.clock().at(due, () -> fire(name, due))));
    } finally {
      changes.unlock();
    }
  }

  private Optional<Instant> fires(RuleName name) {
    return env.store()
        .read(tx ->
            tx.first(
                "SELECT fires FROM events_rule WHERE bus = ? AND name = ?"
                    + " AND fires IS NOT NULL",
                r -> r.instant("fires"),
                name.bus(),
                name.rule()));
  }

  private void fire(RuleName name, Instant due) {
    env.store()
        .write(tx -> {
          Optional<String> schedule =
              tx.first(
                  "SELECT schedule FROM events_rule WHERE bus = ? AND name = ? AND fires = ?",
                  r -> r.string(1),
                  name.bus(),
                  name.rule(),
                  due);
          ActiveRule rule = routes.rule(name.bus(), name.rule());
          if (schedule.isEmpty() || rule == null) {
            return null;
          }
          Instant next =
              ScheduleExpression.parse(schedule.get()).next(due, env.clock().now()).orElse(null);
          tx.update(
              "UPDATE events_rule SET fires = ? WHERE bus = ? AND name = ?",
              next,
              name.bus(),
              name.rule());
          router.get().accept(List.of(router.get().planForRule(event(rule, due), rule)));
          env.store().afterCommit(() -> reload(name.bus(), name.rule()));
          return null;
        });
  }

  private BusEvent event(ActiveRule rule, Instant due) {
    long seq = router.get().nextNumber();
    String id = BusEvent.id(seq);
    String json =
        BusEvent.json(
            id,
            "Scheduled Event",
            "aws.events",
            names.account(),
            due,
            names.region(),
            List.of(rule.arn()),
            "{}");
    return new BusEvent(seq, id, Names.DEFAULT_BUS, due, env.clock().now(), 0, json);
  }
}
