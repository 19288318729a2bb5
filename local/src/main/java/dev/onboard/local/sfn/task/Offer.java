package dev.onboard.local.sfn.task;

import com.fasterxml.jackson.databind.JsonNode;

/** An activity: nothing is called, workers come for the task. */
final class Offer implements Connector {
  @Override
  public boolean isTransactional() {
    return true;
  }

  @Override
  public JsonNode accepted(JsonNode arguments) {
    return arguments;
  }

  @Override
  public JsonNode call(CallSite site, JsonNode arguments) {
    throw new IllegalStateException("an activity must not be called");
  }
}
