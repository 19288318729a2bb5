package dev.onboard.local.eventbridge;

import dev.onboard.local.store.Row;
import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.Target;

/**
 * Where the events of each bus go: the enabled rules and the archives, ready to match. It repeats
 * what the store holds and is brought up to date after every commit that changes that.
 */
final class Routes {
  private static final String TARGETS =
      "SELECT t.rule, t.body, r.id FROM events_target t JOIN events_route r"
          + " ON r.bus = t.bus AND r.rule = t.rule AND r.target = t.id AND r.arn = t.arn"
          + " WHERE t.bus = ?";

  private final Store store;
  private final Names names;
  private final Channels channels;
  private final Map<String, Bus> buses = new ConcurrentHashMap<>();
  private final ReentrantLock changes = new ReentrantLock();

  Routes(Store store, Names names, Channels channels) {
    this.store = store;
    this.names = names;
    this.channels = channels;
  }

  /** Reads everything; once, at start. */
  void load() {
    for (String bus : store.read(tx -> tx.list("SELECT name FROM events_bus", r -> r.string(1)))) {
      reloadBus(bus);
      Map<String, List<Sink>> sinks = new HashMap<>();
      store.read(tx -> {
        tx.each(
            TARGETS,
            r -> sinks.computeIfAbsent(r.string(1), k -> new ArrayList<>()).add(sink(bus, r)),
            bus);
        return null;
      });
      List<StoredRule> rules = store.read(tx -> rules(tx, bus));
      rules.forEach(r -> put(bus, r, sinks.getOrDefault(r.name(), List.of())));
    }
  }

  boolean hasBus(String bus) {
    return buses.containsKey(bus);
  }

  /** Takes up that a bus came or went. */
  void reloadBus(String bus) {
    changes.lock();
    try {
      boolean there = store.read(tx -> tx.exists("SELECT 1 FROM events_bus WHERE name = ?", bus));
      if (!there) {
        buses.remove(bus);
      } else if (buses.putIfAbsent(bus, new Bus()) == null) {
        reloadArchives(bus);
      }
    } finally {
      changes.unlock();
    }
  }

  /** Takes up that a rule or its targets changed, came or went. */
  void reloadRule(String bus, String rule) {
    Bus known = buses.get(bus);
    if (known == null) {
      return;
    }
    changes.lock();
    try {
      StoredRule stored =
          store.read(tx ->
              tx.first(
                      "SELECT * FROM events_rule WHERE bus = ? AND name = ?",
                      StoredRule::of,
                      bus,
                      rule)
                  .orElse(null));
      if (stored == null) {
        known.forget(rule);
        return;
      }
      List<Sink> sinks =
          store.read(tx -> tx.list(TARGETS + " AND t.rule = ?", r -> sink(bus, r), bus, rule));
      put(bus, stored, sinks);
    } finally {
      changes.unlock();
    }
  }

  /** Takes up that an archive of a bus changed, came or went. */
  void reloadArchives(String bus) {
    Bus known = buses.get(bus);
    if (known == null) {
      return;
    }
    changes.lock();
    try {
      List<ActiveArchive> now =
          store.read(this::archives).stream().filter(a -> a.bus().equals(bus)).toList();
      now.forEach(this::put);
      for (Long number : List.copyOf(known.archives.keySet())) {
        if (now.stream().noneMatch(a -> a.number() == number)) {
          known.archives.remove(number);
          known.matcher.remove(number);
        }
      }
    } finally {
      changes.unlock();
    }
  }

  /** The rules and archives that take an event. */
  Matches match(BusEvent event) {
    Bus bus = buses.get(event.bus());
    if (bus == null) {
      return Matches.NONE;
    }
    var rules = new ArrayList<ActiveRule>();
    var archives = new ArrayList<ActiveArchive>();
    for (Object key : bus.matcher.match(event.json())) {
      switch (key) {
        case String rule -> {
          ActiveRule active = bus.rules.get(rule);
          if (active != null) {
            rules.add(active);
          }
        }
        case Long archive -> {
          ActiveArchive active = bus.archives.get(archive);
          if (active != null) {
            archives.add(active);
          }
        }
        default -> throw new IllegalStateException("no listener: " + key);
      }
    }
    bus.archives.values().stream().filter(a -> a.pattern() == null).forEach(archives::add);
    rules.sort(Comparator.comparing(ActiveRule::name));
    return new Matches(rules, archives);
  }

  /** A rule that is not disabled, by its name. */
  @Nullable ActiveRule rule(String bus, String name) {
    Bus known = buses.get(bus);
    return known == null ? null : known.rules.get(name);
  }

  /** What a route leads to now; null if the target is gone or another. */
  @Nullable Sink sink(String bus, long route) {
    Bus known = buses.get(bus);
    return known == null ? null : known.sinks.get(route);
  }

  private void put(String bus, StoredRule rule, List<Sink> sinks) {
    Bus known = buses.get(bus);
    if (known == null) {
      return;
    }
    // What is new stands before what is old goes: events are matched meanwhile.
    sinks.forEach(s -> known.sinks.put(s.route(), s));
    ActiveRule old = known.rules.get(rule.name());
    if (rule.enabled()) {
      known.rules.put(
          rule.name(),
          new ActiveRule(
              rule.name(), names.ruleArn(bus, rule.name()), rule.emptyRoute(), List.copyOf(sinks)));
    } else {
      known.rules.remove(rule.name());
    }
    if (old != null) {
      for (Sink sink : old.sinks()) {
        if (sinks.stream().noneMatch(s -> s.route() == sink.route())) {
          known.sinks.remove(sink.route());
        }
      }
    }
    if (rule.enabled() && rule.pattern() != null) {
      known.matcher.put(rule.name(), rule.pattern());
    } else {
      known.matcher.remove(rule.name());
    }
  }

  private void put(ActiveArchive archive) {
    Bus known = buses.get(archive.bus());
    if (known != null) {
      known.archives.put(archive.number(), archive);
      if (archive.pattern() != null) {
        known.matcher.put(archive.number(), archive.pattern());
      } else {
        known.matcher.remove(archive.number());
      }
    }
  }

  private Sink sink(String bus, Row row) {
    Target target = SdkJson.read(Target.class, row.string(2));
    String rule = row.string(1);
    return new Sink(
        row.number(3),
        new Channel.Address(target, new Input.Rule(rule, names.ruleArn(bus, rule))),
        Input.of(target),
        channels.of(target.arn()));
  }

  private static List<StoredRule> rules(Tx tx, String bus) {
    return tx.list("SELECT * FROM events_rule WHERE bus = ?", StoredRule::of, bus);
  }

  private List<ActiveArchive> archives(Tx tx) {
    return tx.list(
        "SELECT number, bus, pattern FROM events_archive",
        r -> new ActiveArchive(r.number(1), r.string(2), r.stringOrNull(3)));
  }

  /** A rule as it stands in the store. */
  private record StoredRule(
      String name, @Nullable String pattern, boolean enabled, long emptyRoute) {
    static StoredRule of(Row row) {
      return new StoredRule(
          row.string("name"),
          row.stringOrNull("pattern"),
          !row.string("state").equals("DISABLED"),
          row.number("route"));
    }
  }

  /**
   * A rule that takes events.
   *
   * @param route the route of an event that matches while the rule has no target
   */
  record ActiveRule(String name, String arn, long route, List<Sink> sinks) {}

  /** An archive that takes events. */
  record ActiveArchive(long number, String bus, @Nullable String pattern) {}

  /**
   * A target of a rule.
   *
   * @param channel how it takes events; null for a bus
   */
  record Sink(long route, Channel.Address address, Input input, @Nullable Channel channel) {}

  /** What takes an event. */
  record Matches(List<ActiveRule> rules, List<ActiveArchive> archives) {
    static final Matches NONE = new Matches(List.of(), List.of());
  }

  /** One bus. */
  private static final class Bus {
    final Matcher<Object> matcher = new Matcher<>();
    final Map<String, ActiveRule> rules = new ConcurrentHashMap<>();
    final Map<Long, ActiveArchive> archives = new ConcurrentHashMap<>();
    final Map<Long, Sink> sinks = new ConcurrentHashMap<>();

    /** Forgets a rule, which is gone. */
    void forget(String rule) {
      rules.remove(rule);
      matcher.remove(rule);
      sinks.values().removeIf(s -> s.address().rule().name().equals(rule));
    }
  }
}
