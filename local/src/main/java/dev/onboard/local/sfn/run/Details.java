package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.sfn.asl.StateError;
import org.jspecify.annotations.Nullable;

/** The details of history events. */
final class Details {
  private Details() {}

  static ObjectNode input(Payload input) {
    ObjectNode details = Json.object().put("input", input.text());
    details.putObject("inputDetails").put("truncated", false);
    return details;
  }

  static ObjectNode output(Payload output) {
    ObjectNode details = Json.object().put("output", output.text());
    details.putObject("outputDetails").put("truncated", false);
    return details;
  }

  static ObjectNode entered(String state, Payload input) {
    return input(input).put("name", state);
  }

  static ObjectNode exited(String state, Payload output, @Nullable ObjectNode assigned) {
    ObjectNode details = output(output).put("name", state);
    if (assigned != null && !assigned.isEmpty()) {
      ObjectNode variables = details.putObject("assignedVariables");
      assigned.properties().forEach(e -> variables.put(e.getKey(), Json.text(e.getValue())));
      details.putObject("assignedVariablesDetails").put("truncated", false);
    }
    return details;
  }

  static ObjectNode error(@Nullable String error, @Nullable String cause) {
    ObjectNode details = Json.object();
    if (error != null) {
      details.put("error", error);
    }
    if (cause != null) {
      details.put("cause", cause);
    }
    return details;
  }

  static ObjectNode error(StateError e) {
    return error(e.error(), e.cause());
  }

  static ObjectNode iteration(String state, int index) {
    return Json.object().put("name", state).put("index", index);
  }
}
