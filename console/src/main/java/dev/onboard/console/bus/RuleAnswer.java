package dev.onboard.console.bus;

import dev.onboard.patterns.EventPattern;
import dev.onboard.patterns.Explanation;
import dev.onboard.patterns.PatternException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;

/**
 * What one rule says to one event.
 *
 * @param explanation null if the rule has no pattern that could be held against it
 * @param note what is to be said of the rule beside its pattern
 */
public record RuleAnswer(Rule rule, @Nullable Explanation explanation, @Nullable String note) {

  /**
   * Asks a rule.
   *
   * @param events who has the last word where the matcher is known to be capricious
   */
  public static RuleAnswer of(EventBridgeClient events, Rule rule, String event) {
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

  public boolean matches() {
    return explanation != null && explanation.matches();
  }

  /** Those that match first, then those that almost do; schedules last. */
  public static final Comparator<RuleAnswer> NEAREST =
      Comparator.comparing((RuleAnswer a) -> a.explanation == null)
          .thenComparing(a -> a.explanation == null ? 0 : a.explanation.distance())
          .thenComparing(a -> a.explanation == null ? 0 : -a.explanation.nearest().nearMisses());

  /** Whether an event like this one goes to the rule's targets. */
  public boolean takes() {
    return matches() && rule.state() != RuleState.DISABLED;
  }
}
