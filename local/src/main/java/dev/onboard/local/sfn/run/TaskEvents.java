package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.sfn.asl.Resource;
import dev.onboard.local.sfn.asl.State;
import dev.onboard.local.sfn.asl.StateError;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The events of a Task state; every method is called within a note. */
final class TaskEvents {
  private final Frame frame;
  private final Journal journal;
  private final Resource resource;
  private final boolean function;

  TaskEvents(Frame frame, State.Task task) {
    this.frame = frame;
    this.journal = frame.run().journal();
    this.resource = task.resource();
    this.function = resource instanceof Resource.Function;
  }

  /**
   * How a task is to be watched.
   *
   * @param role the role of its Credentials, if it has any
   */
  record Plan(
      @Nullable Long timeout,
      @Nullable Long heartbeat,
      @Nullable Instant deadline,
      @Nullable String role) {

    ObjectNode data(@Nullable String token) {
      ObjectNode data = Json.object();
      if (deadline != null) {
        data.put("deadline", deadline.toString());
      }
      if (token != null) {
        data.put("token", token);
      }
      return data;
    }
  }

  void scheduledAndStarted(Payload sent, Plan plan) {
    event(function ? "LambdaFunctionScheduled" : "TaskScheduled", () -> scheduled(sent, plan));
    event(function ? "LambdaFunctionStarted" : "TaskStarted", () -> function ? null : named());
  }

  private ObjectNode scheduled(Payload sent, Plan plan) {
    ObjectNode details;
    if (resource instanceof Resource.Function(String arn)) {
      details = Details.input(sent).put("resource", arn);
    } else {
      details =
          named()
              .put("parameters", sent.text())
              .put("region", frame.run().engine().env().region());
    }
    if (plan.timeout() != null) {
      details.put("timeoutInSeconds", plan.timeout());
    }
    if (plan.heartbeat() != null && !function) {
      details.put("heartbeatInSeconds", plan.heartbeat());
    }
    if (plan.role() != null) {
      details.putObject("taskCredentials").put("roleArn", plan.role());
    }
    return details;
  }

  void submitted(Payload answer) {
    event("TaskSubmitted", () -> Details.output(answer).setAll(named()));
  }

  void succeeded(Payload answer) {
    if (function) {
      event("LambdaFunctionSucceeded", () -> Details.output(answer));
    } else {
      event("TaskSucceeded", () -> Details.output(answer).setAll(named()));
    }
  }

  void failed(StateError e) {
    boolean late = StateError.TIMEOUT.equals(e.error()) && e.cause() == null;
    String how = late ? "TimedOut" : "Failed";
    if (function) {
      event("LambdaFunction" + how, () -> Details.error(e));
    } else {
      event("Task" + how, () -> Details.error(e).setAll(named()));
    }
  }

  private ObjectNode named() {
    ObjectNode named = Json.object();
    if (resource instanceof Resource.Integration call) {
      named.put("resource", call.resourceName()).put("resourceType", call.resourceType());
    }
    return named;
  }

  private void event(String type, Supplier<@Nullable ObjectNode> details) {
    frame.last(journal.event(type, frame.last(), details));
  }
}
