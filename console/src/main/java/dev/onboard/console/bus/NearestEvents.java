package dev.onboard.console.bus;

import dev.onboard.console.trail.AcceptedEvent;
import dev.onboard.patterns.EventPattern;
import dev.onboard.patterns.Explanation;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eventbridge.model.Rule;

/** Which events came nearest to matching a rule; those that fail alike are one. */
public final class NearestEvents {
  private final Rule rule;
  private final EventPattern pattern;
  private final Map<List<String>, Near> near = new LinkedHashMap<>();
  private int seen;
  private int matched;

  /**
   * The events that come near to a rule.
   *
   * @throws IllegalArgumentException if the rule has no pattern
   * @throws dev.onboard.patterns.PatternException if its pattern cannot be read
   */
  public NearestEvents(Rule rule) {
    this.rule = rule;
    if (rule.eventPattern() == null) {
      throw new IllegalArgumentException(
          rule.name()
              + " runs on a schedule, "
              + rule.scheduleExpression()
              + ", and takes no events");
    }
    this.pattern = EventPattern.parse(rule.eventPattern());
  }

  /**
   * An event that did not match, and how many there were of its like.
   *
   * @param accepted the newest of them
   */
  public record Near(AcceptedEvent accepted, Explanation explanation, int times) {
    Near again() {
      return new Near(accepted, explanation, times + 1);
    }
  }

  /** Takes an event into account; newer ones come first. */
  public void add(AcceptedEvent accepted) {
    seen++;
    Explanation explanation = pattern.explain(accepted.event().toString());
    if (explanation.matches()) {
      matched++;
      return;
    }
    var alike =
        Stream.concat(
                Stream.of(accepted.source(), accepted.detailType()),
                explanation.nearest().reasons().stream())
            .toList();
    near.merge(alike, new Near(accepted, explanation, 1), (first, other) -> first.again());
  }

  /** Those that failed in the fewest fields, newest first. */
  public Stream<Near> best(int limit) {
    return near.values().stream()
        .sorted(Comparator.comparing(n -> n.explanation().distance()))
        .limit(limit);
  }

  public String summary(String bus) {
    String disabled = rule.stateAsString().equals("DISABLED") ? " It is disabled." : "";
    return "%s matches %d of the newest %d events on %s.%s%s"
        .formatted(
            rule.name(),
            matched,
            seen,
            bus,
            disabled,
            near.isEmpty() ? "" : " Nearest of the others:");
  }
}
