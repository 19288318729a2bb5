package dev.onboard.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.console.bus.RuleAnswer;
import dev.onboard.console.trail.TargetName;
import dev.onboard.patterns.Explanation;
import dev.onboard.patterns.Explanation.Finding;
import dev.onboard.patterns.Explanation.Outcome;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.Rule;

/** What one rule says to one event, for a terminal. */
record RuleAnswerLines(RuleAnswer answer) {
  void print(PrintWriter out, List<String> targets) {
    Rule rule = answer.rule();
    @Nullable String note = answer.note();
    String name = rule.name();
    if (answer.matches()) {
      String to =
          targets.isEmpty()
              ? "it has no target"
              : "-> " + String.join(", ", targets.stream().map(TargetName::of).toList());
      out.println("  yes  " + name + (note == null ? "" : ", but it " + note) + "  " + to);
      return;
    }
    out.println("  no   " + name + (note == null ? "" : " " + note));
    @Nullable Explanation explanation = answer.explanation();
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
    Rule rule = answer.rule();
    @Nullable String note = answer.note();
    @Nullable Explanation explanation = answer.explanation();
    ObjectNode json =
        RuntimeEndpoint.JSON
            .createObjectNode()
            .put("rule", rule.name())
            .put("state", rule.stateAsString())
            .put("matches", answer.matches());
    if (note != null) {
      json.put("note", note);
    }
    targets.forEach(json.putArray("targets")::add);
    if (explanation != null && !answer.matches()) {
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
