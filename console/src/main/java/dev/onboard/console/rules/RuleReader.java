package dev.onboard.console.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.bus.BusRules;
import dev.onboard.console.bus.NearestEvents;
import dev.onboard.console.bus.RuleCounts;
import dev.onboard.console.bus.RuleSeries;
import dev.onboard.console.link.EventRow;
import dev.onboard.console.rules.RulePage.Tab;
import dev.onboard.console.trail.AcceptedEvent;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Command;
import dev.onboard.console.web.Environment;
import dev.onboard.console.web.Json;
import dev.onboard.console.web.Refusal;
import dev.onboard.console.web.Request;
import dev.onboard.console.web.Url;
import dev.onboard.console.web.View;
import dev.onboard.patterns.PatternException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;

/** Reads what the page of one rule shows. */
final class RuleReader {
  private static final String RECENT = "15";
  private static final String MOST_LOOKED_AT = "5000";

  /** As many as the runtime tells of at once. */
  private static final String NEAREST_AMONG = "1000";

  private static final int NEAREST = 8;
  private static final String NEXT_TIMES = "3";

  private final Environment env;
  private final BusRules rules;

  RuleReader(Environment env) {
    this.env = env;
    this.rules = new BusRules(env.sdk().client(EventBridgeClient.class));
  }

  View page(Request request) {
    String bus = request.variable("bus");
    String name = request.variable("rule");
    Rule rule =
        rules
            .find(bus, name)
            .orElseThrow(
                () -> Refusal.notFound("There is no rule " + name + " on the bus " + bus + "."));
    boolean isNear = "near".equals(request.parameter("show"));
    Reach reach = Reach.of(request.parameter("since"));
    boolean hasPattern = rule.eventPattern() != null;
    var page =
        new RulePage(
            bus,
            Url.of("rules").with("bus", bus).toString(),
            env.links().link("events of " + bus, Url.of("events").with("bus", bus)),
            name,
            Badge.of(rule.stateAsString()),
            rule.state() != RuleState.DISABLED,
            Url.path("rules", bus, name, "state"),
            rule.arn(),
            Objects.toString(rule.description(), ""),
            Objects.toString(rule.managedBy(), ""),
            hasPattern ? Json.read(rule.eventPattern()) : null,
            rule.scheduleExpression(),
            next(rule, bus),
            new TargetReader(env.links()).of(rules.targets(bus, name)),
            hasPattern
                ? Url.of("rules", "try").with("bus", bus).with("rule", name).toString()
                : null,
            tabs(bus, name, isNear, hasPattern),
            isNear ? near(rule, bus) : activity(rule, bus, reach),
            Command.aws("events", "describe-rule", "--event-bus-name", bus, "--name", name));
    View view = View.of(name, "rules/rule.jte", page).using(RulePages.STYLE);
    return isNear ? view : view.live();
  }

  private static List<Tab> tabs(String bus, String name, boolean isNear, boolean hasPattern) {
    Url here = Url.of("rules", bus, name);
    var tabs = new ArrayList<Tab>();
    tabs.add(new Tab("What it did", here.toString(), !isNear));
    if (hasPattern) {
      tabs.add(new Tab("Near misses", here.with("show", "near").toString(), isNear));
    }
    return tabs;
  }

  private List<Instant> next(Rule rule, String bus) {
    if (rule.scheduleExpression() == null) {
      return List.of();
    }
    return env
        .questions()
        .ask("schedule", Map.of("bus", bus, "rule", rule.name(), "limit", NEXT_TIMES))
        .stream()
        .map(t -> Instant.parse(t.path("at").asText()))
        .toList();
  }

  private RulePage.Activity activity(Rule rule, String bus, Reach reach) {
    RuleSeries series =
        RuleSeries.read(
            env.sdk().client(CloudWatchClient.class),
            bus,
            rule.name(),
            env.now(),
            reach.period(),
            reach.periods());
    JsonNode look =
        env.questions()
            .askOne(
                "trail",
                Map.of("bus", bus, "rule", rule.name(), "limit", RECENT, "most", MOST_LOOKED_AT));
    var rows = new ArrayList<EventRow>();
    look.path("events")
        .forEach(e -> rows.add(EventRow.of(env.links(), new AcceptedEvent(e), rule.name())));
    Url here = Url.of("rules", bus, rule.name());
    return new RulePage.Activity(
        reach,
        Arrays.stream(Reach.values())
            .map(r -> new Tab(r.words(), here.with("since", r.parameter()).toString(), r == reach))
            .toList(),
        RuleCounts.KINDS.keySet().stream().map(kind -> Chart.of(kind, series, reach)).toList(),
        rows,
        look.path("looked").asInt(),
        Url.of("events").with("bus", bus).with("rule", rule.name()).toString());
  }

  private RulePage.Near near(Rule rule, String bus) {
    NearestEvents near = nearest(rule);
    env.questions().ask("events", Map.of("bus", bus, "limit", NEAREST_AMONG)).stream()
        .map(AcceptedEvent::new)
        .forEach(near::add);
    Url sandbox = Url.of("rules", "try").with("bus", bus).with("rule", rule.name());
    return new RulePage.Near(
        near.summary(bus),
        near.best(NEAREST)
            .map(n -> {
              AcceptedEvent event = n.accepted();
              return new RulePage.NearRow(
                  event.at(),
                  env.links().link(event.detailType(), Url.of("events", event.id())),
                  event.source(),
                  n.times() - 1,
                  n.explanation().nearest().reasons(),
                  sandbox.with("id", event.id()).toString());
            })
            .toList());
  }

  private static NearestEvents nearest(Rule rule) {
    try {
      return new NearestEvents(rule);
    } catch (PatternException e) {
      throw Refusal.badRequest(
          rule.name() + " has a pattern that cannot be read: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }
}
