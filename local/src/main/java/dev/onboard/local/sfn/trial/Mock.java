package dev.onboard.local.sfn.trial;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.sfn.asl.StateError;

/** What a state is to be given instead of what it would call. */
public sealed interface Mock {

  /** An answer. */
  record Result(Payload value) implements Mock {
    @Override
    public JsonNode answer() {
      return value.node();
    }
  }

  /** An error. */
  record Failure(StateError error) implements Mock {
    @Override
    public JsonNode answer() {
      throw error;
    }
  }

  /**
   * What the state gets.
   *
   * @throws StateError if that is an error
   */
  JsonNode answer();
}
