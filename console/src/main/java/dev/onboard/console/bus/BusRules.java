package dev.onboard.console.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBus;
import software.amazon.awssdk.services.eventbridge.model.ListEventBusesRequest;
import software.amazon.awssdk.services.eventbridge.model.ListEventBusesResponse;
import software.amazon.awssdk.services.eventbridge.model.ListRulesRequest;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** The buses of an account, their rules and the rules' targets, all pages of them. */
public final class BusRules {
  private final EventBridgeClient events;

  public BusRules(EventBridgeClient events) {
    this.events = events;
  }

  /** All buses, the default one among them, by name. */
  public List<EventBus> buses() {
    var buses = new ArrayList<EventBus>();
    String token = null;
    do {
      ListEventBusesResponse page =
          events.listEventBuses(ListEventBusesRequest.builder().nextToken(token).build());
      buses.addAll(page.eventBuses());
      token = page.nextToken();
    } while (token != null);
    return buses;
  }

  /** All rules of a bus, in the order of their names. */
  public List<Rule> of(String bus) {
    var rules = new ArrayList<Rule>();
    String token = null;
    do {
      ListRulesResponse page =
          events.listRules(ListRulesRequest.builder().eventBusName(bus).nextToken(token).build());
      rules.addAll(page.rules());
      token = page.nextToken();
    } while (token != null);
    return rules;
  }

  /** A rule, if there is one of that name. */
  public Optional<Rule> find(String bus, String rule) {
    try {
      return events.listRules(l -> l.eventBusName(bus).namePrefix(rule)).rules().stream()
          .filter(r -> r.name().equals(rule))
          .findFirst();
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  /** The targets of a rule; it has five at most. */
  public List<Target> targets(String bus, String rule) {
    ListTargetsByRuleResponse targets =
        events.listTargetsByRule(l -> l.eventBusName(bus).rule(rule));
    return targets.targets();
  }
}
