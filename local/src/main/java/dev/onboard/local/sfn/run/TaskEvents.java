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
  private final String prefix;
  private final boolean own;

  TaskEvents(Frame frame, State.Task task) {
    this.frame = frame;
    this.journal = frame.run().journal();
    this.resource = task.resource();
    this.prefix =
        switch (resource) {
          case Resource.Function _ -> "LambdaFunction";
          case Resource.Activity _ -> "Activity";
          case Resource.Integration _ -> "Task";
        };
    this.own = !(resource instanceof Resource.Integration);
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
    scheduled(sent, plan);
    event("Started", () -> own ? null : named());
  }

  void scheduled(Payload sent, Plan plan) {
    event("Scheduled", () -> details(sent, plan));
  }

  /** A worker has taken the task of an activity. */
  void startedBy(@Nullable String worker) {
    event(
        "Started", () -> worker == null ? Json.object() : Json.object().put("workerName", worker));
  }

  private ObjectNode details(Payload sent, Plan plan) {
    ObjectNode details =
        switch (resource) {
          case Resource.Function(String arn) -> Details.input(sent).put("resource", arn);
          case Resource.Activity(String arn) -> Details.input(sent).put("resource", arn);
          case Resource.Integration _ ->
              named()
                  .put("parameters", sent.text())
                  .put("region", frame.run().engine().env().region());
        };
    if (plan.timeout() != null) {
      details.put("timeoutInSeconds", plan.timeout());
    }
    if (plan.heartbeat() != null && !(resource instanceof Resource.Function)) {
      details.put("heartbeatInSeconds", plan.heartbeat());
    }
    if (plan.role() != null) {
      details.putObject("taskCredentials").put("roleArn", plan.role());
    }
    return details;
  }

  void submitted(Payload answer) {
    event("Submitted", () -> Details.output(answer).setAll(named()));
  }

  void succeeded(Payload answer) {
    event("Succeeded", () -> Details.output(answer).setAll(named()));
  }

  void failed(StateError e) {
    boolean late = StateError.TIMEOUT.equals(e.error()) && e.cause() == null;
    event(late ? "TimedOut" : "Failed", () -> Details.error(e).setAll(named()));
  }

  private ObjectNode named() {
    ObjectNode named = Json.object();
    if (resource instanceof Resource.Integration call) {
      named.put("resource", call.resourceName()).put("resourceType", call.resourceType());
    }
    return named;
  }

  private void event(String what, Supplier<@Nullable ObjectNode> details) {
    frame.last(journal.event(prefix + what, frame.last(), details));
  }
}
