package dev.onboard.check;

import dev.onboard.check.doc.Place;
import dev.onboard.check.doc.Tree;
import dev.onboard.check.event.Nearest;
import dev.onboard.check.workflow.StateFields;
import dev.onboard.check.workflow.Workflow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds states that lead nowhere or are never reached, fields that mean nothing, and gaps to fill
 * in.
 */
final class WorkflowCheck {
  private static final Set<String> ENDS = Set.of("Succeed", "Fail", "Choice");

  private final Project project;
  private final Findings findings;

  WorkflowCheck(Project project, Findings findings) {
    this.project = project;
    this.findings = findings;
  }

  void check() {
    for (Workflow workflow : project.workflows()) {
      workflow.scopes().forEach(scope -> scope(workflow, scope));
      substitutions(workflow);
    }
  }

  /** A name of a state and where it is asked for. */
  private record Way(String to, Place place) {}

  private void scope(Workflow workflow, Workflow.Scope scope) {
    boolean root = scope.tree() == workflow.definition();
    fields(
        workflow, scope.tree(), root ? StateFields.MACHINE : StateFields.BRANCH, "this workflow");
    var queue = new ArrayDeque<String>();
    var reached = new HashSet<String>();
    scope
        .tree()
        .at("StartAt")
        .ifPresent(start ->
            follow(workflow, scope, new Way(start.text().orElse(""), start.place()), queue));
    while (!queue.isEmpty()) {
      String name = queue.remove();
      if (reached.add(name)) {
        for (Way way : ways(scope.states().get(name).value())) {
          follow(workflow, scope, way, queue);
        }
      }
    }
    boolean lost =
        !scope.states().containsKey(scope.tree().textAt("StartAt").orElse(""))
            || Workflow.states(scope).stream()
                .flatMap(state -> ways(state.tree()).stream())
                .anyMatch(way -> !scope.states().containsKey(way.to));
    for (Workflow.State state : Workflow.states(scope)) {
      if (!lost && !reached.contains(state.name())) {
        findings.add(
            Code.WORKFLOW_STATE_UNREACHABLE,
            workflow.resource(),
            scope.tree().at("States").orElseThrow().placeOf(state.name()),
            "no state leads to \"" + state.name() + "\"",
            "Name it in a Next, Default or Catch, or remove it.");
        for (Way way : ways(state.tree())) {
          follow(workflow, scope, way, new ArrayDeque<>());
        }
      }
      state(workflow, state);
    }
  }

  private void follow(Workflow workflow, Workflow.Scope scope, Way way, ArrayDeque<String> queue) {
    if (scope.states().containsKey(way.to)) {
      queue.add(way.to);
      return;
    }
    findings.add(
        Code.WORKFLOW_STATE_UNKNOWN,
        workflow.resource(),
        way.place,
        "there is no state \"" + way.to + "\" here",
        Nearest.to(way.to, scope.states().keySet())
            .map(nearest -> "Did you mean \"" + nearest + "\"?")
            .orElse("There are " + String.join(", ", scope.states().keySet()) + "."));
  }

  private static List<Way> ways(Tree state) {
    var ways = new ArrayList<Way>();
    add(ways, state, "Next");
    add(ways, state, "Default");
    state.itemsAt("Choices").forEach(choice -> add(ways, choice, "Next"));
    state.itemsAt("Catch").forEach(catcher -> add(ways, catcher, "Next"));
    return ways;
  }

  private static void add(List<Way> ways, Tree tree, String name) {
    tree.textAt(name).ifPresent(to -> ways.add(new Way(to, tree.placeOf(name))));
  }

  private void state(Workflow workflow, Workflow.State state) {
    Set<String> known = StateFields.of(state.type());
    if (known.isEmpty()) {
      findings.add(
          Code.WORKFLOW_FIELD_UNKNOWN,
          workflow.resource(),
          state.tree().placeOf("Type"),
          "there are no states of type \"" + state.type() + "\"",
          Nearest.to(state.type(), StateFields.types())
              .map(nearest -> "Did you mean \"" + nearest + "\"?")
              .orElse("There are " + String.join(", ", StateFields.types()) + "."));
      return;
    }
    fields(workflow, state.tree(), known, "a " + state.type() + " state");
    Set<String> other = state.jsonata() ? StateFields.JSONPATH_ALONE : StateFields.JSONATA_ALONE;
    state
        .tree()
        .members()
        .forEach((name, entry) -> {
          if (known.contains(name) && other.contains(name)) {
            findings.add(
                Code.WORKFLOW_FIELD_UNKNOWN,
                workflow.resource(),
                entry.place(),
                name + " does not go with " + (state.jsonata() ? "JSONata" : "JSONPath"),
                state.jsonata()
                    ? "Use Arguments, Assign and Output."
                    : "Use Parameters and ResultPath, or QueryLanguage: JSONata.");
          }
        });
    boolean ends =
        state.tree().at("Next").isPresent() || state.tree().textAt("End").orElse("").equals("true");
    if (!ENDS.contains(state.type()) && !ends) {
      findings.add(
          Code.WORKFLOW_END_MISSING,
          workflow.resource(),
          state.tree().placeOf("Type"),
          "\"" + state.name() + "\" neither ends nor leads to another state",
          "Add a Next, or End: true.");
    }
  }

  private void fields(Workflow workflow, Tree tree, Set<String> known, String what) {
    tree.members()
        .forEach((name, entry) -> {
          if (!known.contains(name)) {
            findings.add(
                Code.WORKFLOW_FIELD_UNKNOWN,
                workflow.resource(),
                entry.place(),
                what + " has no field " + name,
                Nearest.to(name, known)
                    .map(nearest -> "Did you mean " + nearest + "?")
                    .orElse("Remove it."));
          }
        });
  }

  private void substitutions(Workflow workflow) {
    Map<String, Tree.Entry> filled = workflow.substitutions();
    var asked = new HashSet<String>();
    // Without a file the template's own functions fill in.
    boolean file = workflow.resource().properties().at("DefinitionS3Location").isPresent();
    for (Map.Entry<String, Tree> place : workflow.asked()) {
      asked.add(place.getKey());
      if (file && !filled.containsKey(place.getKey())) {
        findings.add(
            Code.WORKFLOW_SUBSTITUTION_MISSING,
            workflow.resource(),
            place.getValue().place(),
            "nothing fills in ${" + place.getKey() + "}",
            Nearest.to(place.getKey(), filled.keySet())
                .map(nearest -> "Did you mean ${" + nearest + "}?")
                .orElse("Add it to DefinitionSubstitutions of " + workflow.resource().id() + "."));
      }
    }
    filled.forEach((name, entry) -> {
      if (!asked.contains(name)) {
        findings.add(
            Code.WORKFLOW_SUBSTITUTION_UNUSED,
            workflow.resource(),
            entry.place(),
            "the definition has no ${" + name + "}",
            "Remove the substitution.");
      }
    });
  }
}
