package dev.onboard.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.patterns.EventPattern;
import dev.onboard.patterns.Explanation;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eventbridge.model.Rule;

/** Which events came nearest to matching a rule; those that fail alike are one. */
final class NearestEvents {
  private final Rule rule;
  private final EventPattern pattern;
  private final Map<List<String>, Near> near = new LinkedHashMap<>();
  private int seen;
  private int matched;

  NearestEvents(Rule rule) {
    this.rule = rule;
    if (rule.eventPattern() == null) {
      throw new Failure(
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
   * @param accepted the newest, as the runtime tells of it
   */
  record Near(JsonNode accepted, Explanation explanation, int times) {
    Near again() {
      return new Near(accepted, explanation, times + 1);
    }

    void print(PrintWriter out) {
      out.printf(
          "%n%s  %s from %s  (%s)%s%n",
          accepted.path("time").asText(),
          accepted.path("detailType").asText(),
          accepted.path("source").asText(),
          accepted.path("id").asText(),
          times == 1 ? "" : ", and " + (times - 1) + " older ones for the same reasons");
      explanation.nearest().reasons().forEach(reason -> out.println("  " + reason));
    }

    ObjectNode json() {
      ObjectNode json =
          RuntimeEndpoint.JSON
              .createObjectNode()
              .put("id", accepted.path("id").asText())
              .put("time", accepted.path("time").asText())
              .put("source", accepted.path("source").asText())
              .put("detailType", accepted.path("detailType").asText())
              .put("times", times);
      RuleAnswer.addFailures(json, explanation);
      return json;
    }
  }

  /** Takes an event into account; newer ones come first. */
  void add(JsonNode accepted) {
    seen++;
    Explanation explanation = pattern.explain(accepted.path("event").toString());
    if (explanation.matches()) {
      matched++;
      return;
    }
    var alike =
        Stream.concat(
                Stream.of(accepted.path("source").asText(), accepted.path("detailType").asText()),
                explanation.nearest().reasons().stream())
            .toList();
    near.merge(alike, new Near(accepted, explanation, 1), (first, other) -> first.again());
  }

  /** Those that failed in the fewest fields, newest first. */
  Stream<Near> best(int limit) {
    return near.values().stream()
        .sorted(Comparator.comparing(n -> n.explanation().distance()))
        .limit(limit);
  }

  String summary(String bus) {
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
