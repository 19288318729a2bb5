package dev.onboard.local.eventbridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.MachineComplexityEvaluator;
import software.amazon.event.ruler.MatchType;
import software.amazon.event.ruler.Patterns;
import software.amazon.event.ruler.Ruler;

/** The language of event patterns, as EventBridge checks it. */
final class EventPatterns {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> ENVELOPE =
      List.of("id", "account", "source", "time", "region", "detail-type");

  private final int maximumLength;

  EventPatterns(int maximumLength) {
    this.maximumLength = maximumLength;
  }

  /** Refuses what is no event pattern, with the reason that AWS gives. */
  void check(String pattern) {
    if (pattern.length() > maximumLength) {
      throw EventErrors.pattern("Event pattern must have at most " + maximumLength + " characters");
    }
    List<Map<String, List<Patterns>>> compiled;
    try {
      compiled = JsonRuleCompiler.compile(pattern);
    } catch (IOException | RuntimeException e) {
      throw EventErrors.pattern(String.valueOf(e.getLocalizedMessage()));
    }
    if (complexity(compiled) > Limits.WILDCARD_COMPLEXITY) {
      throw EventErrors.pattern(
          "Rule is too complex - try using fewer wildcard characters or fewer repeating character"
              + " sequences after a wildcard character");
    }
  }

  /** Whether a pattern matches an event, which must have the envelope of one. */
  boolean test(@Nullable String event, @Nullable String pattern) {
    if (pattern == null) {
      new Constraints().required("eventPattern", null).check();
    }
    if (event == null) {
      new Constraints().required("event", null).check();
    }
    check(pattern);
    if (!isEvent(event)) {
      throw EventErrors.validation("Parameter Event is not valid.");
    }
    try {
      return Ruler.matchesRule(event, pattern);
    } catch (Exception e) {
      throw new IllegalStateException("a checked pattern and event must match or not", e);
    }
  }

  private static boolean isEvent(String text) {
    try {
      JsonNode event = JSON.readTree(text);
      return event instanceof ObjectNode && ENVELOPE.stream().allMatch(event::has);
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static int complexity(List<Map<String, List<Patterns>>> compiled) {
    var machine = new Machine();
    int n = 0;
    for (Map<String, List<Patterns>> rule : compiled) {
      if (rule.values().stream().flatMap(List::stream).anyMatch(EventPatterns::isWildcard)) {
        machine.addPatternRule("rule" + n++, rule);
      }
    }
    return n == 0
        ? 0
        : machine.evaluateComplexity(
            new MachineComplexityEvaluator(Limits.WILDCARD_COMPLEXITY + 1));
  }

  private static boolean isWildcard(Patterns pattern) {
    return pattern.type() == MatchType.WILDCARD
        || pattern.type() == MatchType.ANYTHING_BUT_WILDCARD;
  }
}
