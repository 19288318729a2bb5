package dev.onboard.local.sfn.asl;

import java.util.Map;

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
}
