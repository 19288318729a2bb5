package dev.onboard.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Rule;

/**
 * The rules of a bus by what people call them: CloudFormation makes their names of the stack's, the
 * one in the template and a random end, and all but the middle is hard to remember.
 */
final class RuleChoice {
  private final String bus;
  private final List<Rule> rules;

  RuleChoice(EventBridgeClient events, String bus) {
    this.bus = bus;
    this.rules = new BusNames(events).rules(bus);
  }

  /**
   * Those that are called so, or whose names have it in them, without regard to case and hyphens.
   */
  List<Rule> all(String called) {
    List<Rule> exact = rules.stream().filter(r -> r.name().equals(called)).toList();
    return exact.isEmpty()
        ? rules.stream().filter(r -> plain(r.name()).contains(plain(called))).toList()
        : exact;
  }

  /** The only one that is called so. */
  Rule one(String called) {
    List<Rule> found = all(called);
    if (found.isEmpty()) {
      throw new Failure(
          "the bus "
              + bus
              + " has no rule "
              + called
              + (rules.isEmpty() ? "" : "; it has " + names(rules)));
    } else if (found.size() > 1) {
      throw new Failure("the bus " + bus + " has several rules " + called + ": " + names(found));
    }
    return found.getFirst();
  }

  private static String names(List<Rule> rules) {
    return rules.stream().map(Rule::name).limit(20).collect(Collectors.joining(", "))
        + (rules.size() > 20 ? " and " + (rules.size() - 20) + " more" : "");
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }
}
