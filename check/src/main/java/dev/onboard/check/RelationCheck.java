package dev.onboard.check;

import dev.onboard.check.doc.Place;
import dev.onboard.check.doc.Tree;
import dev.onboard.check.event.Box;
import dev.onboard.check.event.Nearest;
import dev.onboard.check.event.RulePattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Proves what rules declare about each other.
 *
 * <p>{@code Check: {Complements: [A, B]}}: every event with a source and type that A takes is taken
 * either by A or by this rule, so is B's, and this rule takes no others. {@code Check: {Excludes:
 * [A]}}: no event is taken by both.
 */
final class RelationCheck {
  private final Project project;
  private final Findings findings;

  RelationCheck(Project project, Findings findings) {
    this.project = project;
    this.findings = findings;
  }

  void check() {
    for (Rule rule : project.rules()) {
      List<Rule> complemented = rules(rule, "Complements");
      for (Rule other : complemented) {
        gap(rule, other);
        overlap(rule, other, Code.COMPLEMENT_OVERLAP);
      }
      if (!complemented.isEmpty() && complemented.size() == rule.declared("Complements").size()) {
        excess(rule, complemented);
      }
      rules(rule, "Excludes").forEach(other -> overlap(rule, other, Code.RULES_OVERLAP));
    }
  }

  /**
   * The rules that one declares something about; those with patterns that are not known are left
   * out.
   */
  private List<Rule> rules(Rule rule, String declaration) {
    var rules = new ArrayList<Rule>();
    for (Tree id : rule.declared(declaration)) {
      Optional<Rule> other = id.text().flatMap(project::rule);
      if (other.isEmpty()) {
        List<String> ids = project.rules().stream().map(Rule::id).toList();
        findings.add(
            Code.DECLARATION_UNKNOWN,
            rule.resource(),
            id.place(),
            declaration + " names " + id.text().orElse("?") + ", which is no rule of the template",
            Nearest.to(id.text().orElse(""), ids)
                .map(name -> "Did you mean " + name + "?")
                .orElse("There are " + String.join(", ", ids) + "."));
      } else if (isExact(rule) && isExact(other.get())) {
        rules.add(other.get());
      }
    }
    return rules;
  }

  private boolean isExact(Rule rule) {
    return !findings.isBroken(rule) && rule.pattern().map(RulePattern::exact).orElse(false);
  }

  private static List<Box> boxes(Rule rule) {
    return rule.pattern().map(RulePattern::boxes).orElse(List.of());
  }

  /** The events that a rule's conditions on source, type and the like are for. */
  private static List<Box> scope(Rule rule) {
    return boxes(rule).stream().map(box -> box.only(path -> !path.startsWith("detail."))).toList();
  }

  private void gap(Rule rule, Rule other) {
    var takers = new ArrayList<>(boxes(other));
    takers.addAll(boxes(rule));
    Box.minus(scope(other), takers).stream()
        .findFirst()
        .ifPresent(event ->
            findings.add(
                Code.COMPLEMENT_GAP,
                rule.resource(),
                place(rule, event, boxes(other)),
                "neither "
                    + other.id()
                    + " nor its complement "
                    + rule.id()
                    + " takes an event with "
                    + event.example(),
                "Let one of them take it."));
  }

  private void overlap(Rule rule, Rule other, Code code) {
    for (int i = 0; i < boxes(rule).size(); i++) {
      Box box = boxes(rule).get(i);
      Optional<Box> event =
          boxes(other).stream().map(box::and).filter(both -> !both.isEmpty()).findFirst();
      if (event.isPresent()) {
        RulePattern pattern = rule.pattern().orElseThrow();
        findings.add(
            code,
            rule.resource(),
            pattern.place(pattern.lastOfDetail(pattern.alternatives().get(i))),
            "both "
                + other.id()
                + " and "
                + rule.id()
                + " take an event with "
                + event.get().example(),
            "Narrow one of them.");
        return;
      }
    }
  }

  private void excess(Rule rule, List<Rule> complemented) {
    List<Box> scopes = complemented.stream().flatMap(other -> scope(other).stream()).toList();
    Box.minus(boxes(rule), scopes).stream()
        .findFirst()
        .ifPresent(event ->
            findings.add(
                Code.COMPLEMENT_EXCESS,
                rule.resource(),
                place(rule, event, scopes),
                rule.id()
                    + " takes an event that none of the rules is for that it complements: "
                    + event.example(),
                "Narrow its source or detail-type, or name the rule in Complements."));
  }

  /** The place of a rule's conditions on the field for which the likeliest other has no event. */
  private static Place place(Rule rule, Box event, List<Box> others) {
    RulePattern pattern = rule.pattern().orElseThrow();
    return others.stream()
        .map(other -> apart(event, other))
        .min(Comparator.comparing(List::size))
        .orElse(List.of())
        .stream()
        .flatMap(path ->
            pattern.alternatives().stream()
                .map(alternative -> alternative.fields().get(path))
                .filter(Objects::nonNull))
        .map(pattern::place)
        .findFirst()
        .orElse(pattern.place());
  }

  /** The fields in which two sets share no value. */
  private static List<String> apart(Box some, Box others) {
    return others.fields().keySet().stream()
        .filter(path -> !some.at(path).meets(others.at(path)))
        .toList();
  }
}
