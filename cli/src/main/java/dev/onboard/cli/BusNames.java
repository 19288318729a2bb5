package dev.onboard.cli;

import dev.onboard.console.bus.BusRules;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBus;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Rule;

/**
 * The buses that there are. PutEvents takes events for others as well and nobody gets those, which
 * is how a misspelt name goes unnoticed.
 */
final class BusNames {
  private final EventBridgeClient events;
  private @Nullable List<EventBus> known;

  BusNames(EventBridgeClient events) {
    this.events = events;
  }

  /** Refuses a bus that is not there, called by its name or ARN. */
  void require(String bus) {
    if (!has(bus)) {
      throw missing(bus);
    }
  }

  /** All rules of a bus, in the order of their names. */
  List<Rule> rules(String bus) {
    try {
      return new BusRules(events).of(bus);
    } catch (ResourceNotFoundException e) {
      throw missing(bus);
    }
  }

  private Failure missing(String bus) {
    List<String> names = known().stream().map(EventBus::name).toList();
    return new Failure("there is no bus " + bus + "; there is " + String.join(", ", names));
  }

  /** Why an event that was accepted for a bus reached nobody. */
  String unmatched(String bus) {
    return has(bus) ? "no rule matched" : "there is no bus " + bus + ", so nobody gets it";
  }

  private boolean has(String bus) {
    return known().stream().anyMatch(b -> b.name().equals(bus) || b.arn().equals(bus));
  }

  private List<EventBus> known() {
    if (known == null) {
      known = new BusRules(events).buses();
    }
    return known;
  }
}
