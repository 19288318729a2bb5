package dev.onboard.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.store.Tx;

/** The resources of a stack as they are now, for the expressions that refer to them. */
record Existing(Stacks stacks, Tx tx, String stackId) implements Resolver.References {
  @Override
  public JsonNode ref(String logicalId) {
    return Json.text(resource(logicalId).physical().id());
  }

  @Override
  public JsonNode attribute(String logicalId, String attribute) {
    String value = resource(logicalId).attributes().get(attribute);
    if (value == null) {
      throw Invalid.request("Attribute '" + attribute + "' does not exist on " + logicalId);
    }
    return Json.text(value);
  }

  @Override
  public String imported(String export) {
    throw new IllegalStateException("imports are resolved before");
  }

  private ResourceRecord resource(String logicalId) {
    return stacks
        .resource(tx, stackId, logicalId)
        .filter(ResourceRecord::isThere)
        .orElseThrow(() -> new IllegalStateException(logicalId + " is not there yet"));
  }
}
