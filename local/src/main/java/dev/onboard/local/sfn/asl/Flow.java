package dev.onboard.local.sfn.asl;

import java.util.Map;
import java.util.Optional;

/**
 * States that lead from one to the next: those of a state machine, of a branch or of a map's
 * processor.
 *
 * @param states the states by name
 */
public record Flow(String startAt, Map<String, State> states) {
  public State state(String name) {
    State state = states.get(name);
    if (state == null) {
      throw new IllegalStateException("no state " + name);
    }
    return state;
  }

  /** The state of that name, however deep in branches and processors it is. */
  public Optional<State> find(String name) {
    State here = states.get(name);
    return here != null
        ? Optional.of(here)
        : states.values().stream()
            .flatMap(state -> state.flows().stream())
            .flatMap(inner -> inner.find(name).stream())
            .findFirst();
  }
}
