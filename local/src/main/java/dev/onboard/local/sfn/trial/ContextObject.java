package dev.onboard.local.sfn.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.Resource;
import dev.onboard.local.sfn.asl.State;
import dev.onboard.local.sfn.asl.Timestamps;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The context object that a tried state sees: one that was given, or one that is made up. */
public final class ContextObject {
  private static final Map<String, Map<String, String>> MEMBERS =
      Map.of(
          "Execution",
          Map.of(
              "Id", "a string",
              "Input", "",
              "Name", "a string",
              "RoleArn", "a string",
              "StartTime", "a string",
              "RedriveCount", "an integer",
              "RedriveTime", "a string"),
          "State",
          Map.of("EnteredTime", "a string", "Name", "a string", "RetryCount", "an integer"),
          "StateMachine",
          Map.of("Id", "a string", "Name", "a string"),
          "Task",
          Map.of("Token", "a string"));

  private ContextObject() {}

  /** What a given context object must not be; the message is Step Functions' own. */
  public static final class Refused extends Exception {
    Refused(String why) {
      super("Invalid Context object provided: " + why);
    }
  }

  /**
   * Reads a given one, which stands as it is, whatever it leaves out.
   *
   * @throws Refused if it has what it must not have
   */
  public static JsonNode read(String text, State state) throws Refused {
    JsonNode context;
    try {
      context = Json.parse(text);
    } catch (JsonProcessingException e) {
      throw new Refused(e.getOriginalMessage());
    }
    if (!context.isObject()) {
      throw new Refused("it must be an object");
    }
    for (var part : context.properties()) {
      check(part.getKey(), part.getValue());
    }
    if (context.has("Task") && !waits(state)) {
      throw new Refused(
          "Context object contains 'Task' when state is not a Task state with a '.sync' or"
              + " '.waitForTaskToken' service integration pattern");
    }
    return context;
  }

  private static void check(String name, JsonNode part) throws Refused {
    if (name.equals("Map")) {
      throw new Refused("'Map' field is not supported when mocking a Context object");
    }
    Map<String, String> members = MEMBERS.get(name);
    if (members == null) {
      throw new Refused("Field '" + name + "' is not allowed");
    } else if (!part.isObject()) {
      throw new Refused(name + " must be an object");
    }
    for (var member : part.properties()) {
      String type = members.get(member.getKey());
      JsonNode value = member.getValue();
      if (type == null) {
        throw new Refused("Field '" + member.getKey() + "' is not allowed");
      }
      boolean fits =
          switch (type) {
            case "a string" -> value.isTextual();
            case "an integer" -> value.isIntegralNumber();
            default -> true;
          };
      if (!fits) {
        throw new Refused(name + "." + member.getKey() + " must be " + type);
      }
    }
  }

  /** Whether a state waits for more than an answer, and so may know a token. */
  public static boolean waits(State state) {
    return state instanceof State.Task task
        && (task.resource() instanceof Resource.Activity
            || task.resource() instanceof Resource.Integration call
                && call.pattern() != Resource.CallPattern.REQUEST_RESPONSE);
  }

  /** Makes one up, as it would be in an execution that begins with the state. */
  public static JsonNode madeUp(
      TaskCall.Execution of,
      State state,
      JsonNode input,
      @Nullable String roleArn,
      int retries,
      Instant now) {
    ObjectNode context = Json.object();
    ObjectNode execution = context.putObject("Execution").put("Id", of.arn());
    execution.set("Input", input);
    execution.put("Name", of.name());
    if (roleArn != null) {
      execution.put("RoleArn", roleArn);
    }
    execution.put("StartTime", Timestamps.format(now));
    context
        .putObject("StateMachine")
        .put("Id", of.machineArn())
        .put("Name", of.machineArn().substring(of.machineArn().lastIndexOf(':') + 1));
    ObjectNode here =
        context
            .putObject("State")
            .put("Name", state.name())
            .put("EnteredTime", Timestamps.format(now));
    if (state instanceof State.Task
        || state instanceof State.Parallel
        || state instanceof State.MapState) {
      here.put("RetryCount", retries);
    }
    if (waits(state)) {
      context.putObject("Task").put("Token", UUID.randomUUID().toString());
    }
    return context;
  }
}
