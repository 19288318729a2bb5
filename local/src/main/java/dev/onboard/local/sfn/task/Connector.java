package dev.onboard.local.sfn.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.sfn.asl.StateError;

/** One operation of one service, as tasks call it. */
public interface Connector {

  /**
   * Whether a call changes nothing but the store, at once: then it and what the execution notes of
   * it are one write.
   */
  boolean isTransactional();

  /** The arguments without those that the operation does not take. */
  JsonNode accepted(JsonNode arguments);

  /**
   * Calls the operation.
   *
   * @throws StateError if it fails, with error name and cause as Step Functions words them
   */
  JsonNode call(CallSite site, JsonNode arguments);
}
