package dev.onboard.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.patterns.EventPattern;
import dev.onboard.patterns.Explanation;
import dev.onboard.patterns.Explanation.Finding;
import dev.onboard.patterns.Explanation.Outcome;
import dev.onboard.patterns.PatternException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ListRulesRequest;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;

/**
 * What one rule says to one event.
 *
 * @param explanation null if the rule has no pattern that could be held against it
 * @param note what is to be said of the rule beside its pattern
 */
record RuleAnswer(Rule rule, @Nullable Explanation explanation, @Nullable String note) {

  /**
   * Asks a rule.
   *
   * @param events who has the last word where the matcher is known to be capricious
   */
  static RuleAnswer of(EventBridgeClient events, Rule rule, String event) {
    if (rule.eventPattern() == null) {
      return new RuleAnswer(
          rule, null, "runs on a schedule, " + rule.scheduleExpression() + ", and takes no events");
    }
    String note = null;
    if (rule.state() == RuleState.DISABLED) {
      note = "is disabled";
    } else if (event.contains("\"replay-name\"") && rule.managedBy() != null) {
      note = "is managed by " + rule.managedBy() + ", whose rules take no replayed events";
    }
    try {
      EventPattern pattern = EventPattern.parse(rule.eventPattern());
      Explanation explanation = pattern.explain(event);
      if (pattern.isSubtle()
          && events.testEventPattern(t -> t.event(event).eventPattern(rule.eventPattern())).result()
              != explanation.matches()) {
        note =
            (note == null ? "" : note + ", and ")
                + "is answered otherwise by EventBridge's TestEventPattern, which has the last word";
      }
      return new RuleAnswer(rule, explanation, note);
    } catch (PatternException e) {
      String unreadable = "has a pattern that cannot be read: " + e.getMessage();
      return new RuleAnswer(rule, null, unreadable + " (" + e.position() + ")");
    }
  }

  /** All rules of a bus, in the order of their names. */
  static List<Rule> rules(EventBridgeClient events, String bus) {
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

  boolean matches() {
    return explanation != null && explanation.matches();
  }

  /** Those that match first, then those that almost do; schedules last. */
  static final Comparator<RuleAnswer> NEAREST =
      Comparator.comparing((RuleAnswer a) -> a.explanation == null)
          .thenComparing(a -> a.explanation == null ? 0 : a.explanation.distance())
          .thenComparing(a -> a.explanation == null ? 0 : -a.explanation.nearest().nearMisses());

  /** Whether an event like this one goes to the rule's targets. */
  boolean takes() {
    return matches() && rule.state() != RuleState.DISABLED;
  }

  void print(PrintWriter out, List<String> targets) {
    String name = rule.name();
    if (matches()) {
      String to =
          targets.isEmpty()
              ? "it has no target"
              : "-> " + String.join(", ", targets.stream().map(Targets::shortName).toList());
      out.println("  yes  " + name + (note == null ? "" : ", but it " + note) + "  " + to);
      return;
    }
    out.println("  no   " + name + (note == null ? "" : " " + note));
    if (explanation == null) {
      return;
    }
    int alternatives = explanation.outcomes().size();
    if (alternatives > 1) {
      out.println("         nearest of its " + alternatives + " alternatives:");
    }
    explanation.nearest().reasons().forEach(reason -> out.println("         " + reason));
  }

  ObjectNode json(List<String> targets) {
    ObjectNode json =
        RuntimeEndpoint.JSON
            .createObjectNode()
            .put("rule", rule.name())
            .put("state", rule.stateAsString())
            .put("matches", matches());
    if (note != null) {
      json.put("note", note);
    }
    targets.forEach(json.putArray("targets")::add);
    if (explanation != null && !matches()) {
      addFailures(json, explanation);
    }
    return json;
  }

  /** Adds what is wrong with the alternative that is nearest. */
  static void addFailures(ObjectNode json, Explanation explanation) {
    Outcome nearest = explanation.nearest();
    json.put("alternatives", explanation.outcomes().size());
    ArrayNode failures = json.putArray("failures");
    for (Finding finding : nearest.failures()) {
      ObjectNode failure =
          failures
              .addObject()
              .put("field", finding.field())
              .put("wanted", finding.wanted())
              .put("found", finding.found())
              .put("pattern", finding.leaf().position().pointer());
      finding.values().forEach(failure.putArray("values")::add);
      finding.hints().forEach(failure.putArray("hints")::add);
    }
    if (nearest.failures().isEmpty()) {
      json.put("reason", nearest.reason());
    }
  }
}
