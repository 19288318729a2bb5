package dev.onboard.patterns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onboard.patterns.Explanation.Finding;
import dev.onboard.patterns.Explanation.Outcome;
import dev.onboard.patterns.FlatEvent.Value;
import dev.onboard.patterns.Node.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds one event against one pattern. */
final class Explainer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_VALUES = 5;
  private static final int LONGEST = 120;

  private final EventPattern pattern;
  private final FlatEvent flat;
  private final JsonNode event;

  Explainer(EventPattern pattern, String event) {
    this.pattern = pattern;
    this.flat = FlatEvent.of(event, pattern);
    try {
      this.event = JSON.readTree(event);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The event is no JSON: " + JsonFault.wordsAndPlace(e), e);
    }
  }

  Explanation explain() {
    var outcomes = new ArrayList<Outcome>();
    for (Alternative alternative : pattern.alternatives()) {
      boolean together = Matching.holds(alternative, flat);
      List<Finding> findings =
          alternative.fields().sequencedEntrySet().stream()
              .map(f -> finding(f.getKey(), f.getValue()))
              .toList();
      outcomes.add(
          new Outcome(
              alternative,
              together && !alternative.lost(),
              findings,
              reason(alternative, together, findings)));
    }
    return new Explanation(outcomes.stream().anyMatch(Outcome::holds), outcomes);
  }

  private static @Nullable String reason(
      Alternative alternative, boolean together, List<Finding> findings) {
    if (together) {
      return alternative.lost()
          ? "each field holds, but the matcher takes this alternative of $or for an earlier one that"
              + " has some of the same values, and loses it; name those values in one alternative"
              + " only"
          : null;
    }
    return findings.stream().allMatch(Finding::holds)
        ? "each field holds by itself, but no single object of the list has all of them: the values"
            + " must be in the same one"
        : null;
  }

  private Finding finding(String path, Leaf leaf) {
    List<Value> values = flat.values(path);
    boolean holds =
        values.isEmpty()
            ? leaf.takesAbsence()
            : values.stream().anyMatch(v -> Matching.takes(leaf, v)) || absentSomewhere(path, leaf);
    List<String> shown = values.stream().map(Explainer::json).toList();
    List<String> hints = List.of();
    if (!holds) {
      hints = values.isEmpty() ? new Elsewhere(event, path).hints() : NearMiss.hints(leaf, values);
    }
    String found = values.isEmpty() ? absence(path) : presence(shown);
    return new Finding(path, leaf, holds, shown, found, hints);
  }

  /** Whether the field is absent in one of the objects of a list, which can be enough. */
  private boolean absentSomewhere(String path, Leaf leaf) {
    return leaf.takesAbsence() && flat.values(path).stream().noneMatch(v -> v.within().isEmpty());
  }

  private static String presence(List<String> values) {
    if (values.size() == 1) {
      return "is " + values.getFirst();
    }
    String more =
        values.size() > MOST_VALUES ? " and " + (values.size() - MOST_VALUES) + " more" : "";
    return "has " + values.stream().limit(MOST_VALUES).collect(Collectors.joining(", ")) + more;
  }

  /** How a field is not there. */
  private String absence(String path) {
    JsonNode node = event;
    var passed = new ArrayList<String>();
    for (String step : path.split("\\.")) {
      if (!node.isObject() && !node.isArray() && !node.isMissingNode() && !passed.isEmpty()) {
        return "is absent: " + String.join(".", passed) + " is " + shortened(node.toString());
      }
      passed.add(step);
      node = node.path(step);
    }
    if (node.isObject()) {
      return node.isEmpty()
          ? "is an empty object, which counts as absent"
          : "is an object, not a value: it has the fields "
              + node.properties().stream()
                  .limit(MOST_VALUES)
                  .map(f -> f.getKey())
                  .collect(Collectors.joining(", "));
    } else if (node.isArray()) {
      return node.isEmpty()
          ? "is an empty list, which counts as absent"
          : "is a list without values of its own";
    }
    return "is absent";
  }

  private static String json(Value value) {
    return shortened(value.isString() ? TextNode.valueOf(value.bare()).toString() : value.text());
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
