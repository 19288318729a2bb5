package dev.onboard.local.eventbridge;

import dev.onboard.local.call.Call;
import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.eventbridge.BusTrail.State;
import dev.onboard.local.eventbridge.Channel.Invocation;
import dev.onboard.local.eventbridge.Deliveries.Standing;
import dev.onboard.local.eventbridge.Routes.ActiveArchive;
import dev.onboard.local.eventbridge.Routes.ActiveRule;
import dev.onboard.local.eventbridge.Routes.Sink;
import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Takes events to their targets.
 *
 * <p>An event is first matched, on its bus and on the buses that it is forwarded to, and only then
 * is the store's write opened, in which the event, its archive copies and a delivery for each
 * target are stored. Targets whose own intake is cheap are attempted in that same write, so that
 * what arrived needs no second record and nothing waits; the others stand as due and are attempted
 * right after it.
 */
final class Router {
  private final Store store;
  private final LocalClock clock;
  private final Names names;
  private final Routes routes;
  private final Deliveries deliveries;
  private final Archives archives;
  private final TrailKeeper trail;
  private final Dispatcher dispatcher;
  private final Telemetry telemetry;
  private final AtomicLong last;
  private volatile EventWatcher watcher = event -> {};

  Router(
      Store store,
      LocalClock clock,
      Names names,
      Routes routes,
      Deliveries deliveries,
      Archives archives,
      TrailKeeper trail,
      Dispatcher dispatcher,
      Telemetry telemetry) {
    this.store = store;
    this.clock = clock;
    this.names = names;
    this.routes = routes;
    this.deliveries = deliveries;
    this.archives = archives;
    this.trail = trail;
    this.dispatcher = dispatcher;
    this.telemetry = telemetry;
    this.last = new AtomicLong(store.read(TrailKeeper::lastNumber));
  }

  void watch(EventWatcher by) {
    watcher = by;
  }

  /** The number for another event. */
  long nextNumber() {
    return last.incrementAndGet();
  }

  /** Finds all that takes an event. */
  Plan plan(BusEvent event) {
    Routes.Matches matches = routes.match(event);
    return plan(event, matches.rules(), matches.archives());
  }

  /** Finds those of the rules that take an event which pass a filter; archives do not take it. */
  Plan planForRules(BusEvent event, Predicate<String> ruleArns) {
    List<ActiveRule> rules =
        routes.match(event).rules().stream().filter(r -> ruleArns.test(r.arn())).toList();
    return plan(event, rules, List.of());
  }

  /** What one rule alone does with an event. */
  Plan planForRule(BusEvent event, ActiveRule rule) {
    return plan(event, List.of(rule), List.of());
  }

  private Plan plan(BusEvent event, List<ActiveRule> rules, List<ActiveArchive> archived) {
    Map<Long, Plan> forwards = new HashMap<>();
    for (ActiveRule rule : rules) {
      for (Sink sink : rule.sinks()) {
        String bus = sink.channel() == null && !event.forwarded() ? busOf(sink) : "";
        if (routes.hasBus(bus)) {
          forwards.put(sink.route(), plan(event.forwardTo(bus, nextNumber(), clock.now())));
        }
      }
    }
    return new Plan(event, rules, archived, forwards);
  }

  /** Stores planned events and lets them go; part of the write around it if there is one. */
  void accept(Collection<Plan> plans) {
    var all = new ArrayList<Plan>();
    plans.forEach(p -> p.flattenInto(all));
    EventBlock block = EventBlock.of(all.stream().map(Plan::event).toList());
    Call call = Call.currentOrNull();
    String publisher = call == null ? null : call.caller().arn();
    store.write(tx -> {
      Instant now = clock.now();
      telemetry.accepted(all);
      var groups = new LinkedHashMap<Long, Group>();
      var archiving = new LinkedHashMap<ActiveArchive, List<BusEvent>>();
      AcceptedEvents.insert(tx, block, publisher);
      for (Plan plan : all) {
        plan.archives.forEach(
            a -> archiving.computeIfAbsent(a, k -> new ArrayList<>()).add(plan.event));
        for (ActiveRule rule : plan.rules) {
          if (rule.sinks().isEmpty()) {
            plan.settled.targetless().add(rule.route());
          }
          for (Sink sink : rule.sinks()) {
            groups
                .computeIfAbsent(sink.route(), r -> new Group(sink, new ArrayList<>()))
                .plans
                .add(plan);
          }
        }
      }
      archiving.forEach((archive, events) -> archives.add(tx, archive.number(), block, events));
      groups.values().forEach(group -> deliver(tx, group, now));
      AcceptedEvents.insert(
          tx,
          block,
          all.stream().map(p -> new AcceptedEvents.Found(p.event, p.settled, publisher)).toList());
      trail.grew(tx, all.size(), now);
      store.afterCommit(() -> all.forEach(p -> watcher.accepted(p.event.accepted())));
      return null;
    });
  }

  private void deliver(Tx tx, Group group, Instant now) {
    Sink sink = group.sink;
    if (sink.channel() == null) {
      group.plans.forEach(p -> record(tx, p, sink, forwarded(p, sink), now));
    } else if (!sink.channel().recorded()) {
      sink.channel()
          .deliver(
              sink.address(),
              group.plans.stream()
                  .map(p -> new Invocation(p.event, sink.route(), p.event.json()))
                  .toList());
    } else if (sink.channel().cheap()) {
      attempt(tx, sink, group.plans, now);
    } else {
      Standing due = new Standing(State.PENDING, 0, now, null, null);
      group.plans.forEach(p -> Deliveries.insert(tx, p.event.seq(), sink.route(), due, now));
      store.afterCommit(dispatcher::wake);
    }
  }

  private void attempt(Tx tx, Sink sink, List<Plan> plans, Instant now) {
    var ready = new ArrayList<Plan>(plans.size());
    var invocations = new ArrayList<Invocation>(plans.size());
    for (Plan plan : plans) {
      Optional<String> payload = sink.input().render(plan.event, sink.address().rule());
      if (payload.isPresent()) {
        ready.add(plan);
        invocations.add(new Invocation(plan.event, sink.route(), payload.get()));
      } else {
        record(tx, plan, sink, Dispatcher.NO_JSON, now);
      }
    }
    if (!ready.isEmpty()) {
      List<Outcome> outcomes = sink.channel().deliver(sink.address(), invocations);
      for (int i = 0; i < ready.size(); i++) {
        record(tx, ready.get(i), sink, outcomes.get(i), now);
      }
    }
  }

  private void record(Tx tx, Plan plan, Sink sink, Outcome outcome, Instant now) {
    Standing standing = deliveries.after(plan.event, sink.address(), 1, outcome, now);
    if (standing.state() == State.DELIVERED) {
      plan.settled.delivered().add(sink.route());
    } else {
      Deliveries.insert(tx, plan.event.seq(), sink.route(), standing, now);
    }
    if (standing.due() != null) {
      store.afterCommit(dispatcher::wake);
    }
  }

  private Outcome forwarded(Plan plan, Sink sink) {
    if (plan.forwards.containsKey(sink.route())) {
      return Outcome.DELIVERED;
    }
    if (plan.event.forwarded()) {
      return new Outcome.Dropped(
          "FORWARDED_ONCE", "An event that came from another bus is not forwarded again.");
    }
    return new Outcome.Failed(
        "NO_RESOURCE", "Event bus " + busOf(sink) + " does not exist.", false);
  }

  private String busOf(Sink sink) {
    String arn = sink.address().target().arn();
    String name = names.ofArn(arn, "event-bus/");
    return name == null ? arn : name;
  }

  /** An event and all that takes it. */
  static final class Plan {
    private final BusEvent event;
    private final List<ActiveRule> rules;
    private final List<ActiveArchive> archives;
    private final Map<Long, Plan> forwards;
    private final Settled settled = new Settled();

    private Plan(
        BusEvent event,
        List<ActiveRule> rules,
        List<ActiveArchive> archives,
        Map<Long, Plan> forwards) {
      this.event = event;
      this.rules = rules;
      this.archives = archives;
      this.forwards = forwards;
    }

    BusEvent event() {
      return event;
    }

    List<ActiveRule> rules() {
      return rules;
    }

    private void flattenInto(List<Plan> all) {
      all.add(this);
      forwards.values().forEach(p -> p.flattenInto(all));
    }
  }

  private record Group(Sink sink, List<Plan> plans) {}
}
