package dev.onboard.local.sfn.asl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The check that states lead to states that there are, and that each can be reached. */
final class Reachability {
  private static final String MISSING = "MISSING_TRANSITION_TARGET";

  private final Fields fields;
  private final @Nullable String start;
  private final Map<String, State> states;

  Reachability(Fields fields, @Nullable String start, Map<String, State> states) {
    this.fields = fields;
    this.start = start;
    this.states = states;
  }

  void check() {
    if (start == null || !states.containsKey(start)) {
      fields.report(MISSING, "Missing 'Next' target: " + start, "StartAt");
      return;
    }
    var reached = new HashSet<String>();
    var open = new ArrayDeque<String>(List.of(start));
    while (!open.isEmpty()) {
      String name = open.remove();
      if (reached.add(name)) {
        for (Target target : targets(states.get(name))) {
          if (states.containsKey(target.state)) {
            open.add(target.state);
          } else {
            fields.report(
                MISSING,
                "Missing 'Next' target: " + target.state,
                "States/" + name + "/" + target.field);
          }
        }
      }
    }
    for (String name : states.keySet()) {
      if (!reached.contains(name)) {
        fields.report(MISSING, "State \"" + name + "\" is not reachable.", "States/" + name);
      }
    }
  }

  private record Target(String state, String field) {}

  private static List<Target> targets(State state) {
    var targets = new ArrayList<Target>();
    String next = state.common().next();
    if (next != null) {
      targets.add(new Target(next, "Next"));
    }
    List<Recovery.Catcher> catchers = state.recovery().catchers();
    for (int i = 0; i < catchers.size(); i++) {
      targets.add(new Target(catchers.get(i).next(), "Catch[" + i + "]/Next"));
    }
    if (state instanceof State.Choice choice) {
      for (int i = 0; i < choice.rules().size(); i++) {
        targets.add(new Target(choice.rules().get(i).next(), "Choices[" + i + "]/Next"));
      }
      if (choice.otherwise() != null) {
        targets.add(new Target(choice.otherwise(), "Default"));
      }
    }
    return targets;
  }
}
