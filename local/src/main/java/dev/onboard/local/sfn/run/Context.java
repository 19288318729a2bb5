package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.MapItems;
import dev.onboard.local.sfn.asl.State;
import dev.onboard.local.sfn.asl.Timestamps;
import java.time.Instant;

/** The context object: what an execution can know of itself. */
final class Context {
  private Context() {}

  static ObjectNode of(Frame frame, State state) {
    Run run = frame.run();
    Execution execution = run.execution();
    ObjectNode context = Json.object();
    ObjectNode about = context.putObject("Execution");
    about.put("Id", execution.arn());
    about.set("Input", execution.input().node());
    about.put("StartTime", Timestamps.format(execution.started()));
    about.put("Name", execution.name());
    about.put("RoleArn", run.revision().roleArn());
    about.put("RedriveCount", execution.redrives().count());
    Instant redriven = execution.redrives().latest();
    if (redriven != null) {
      about.put("RedriveTime", Timestamps.format(redriven));
    }
    String machine = execution.machineArn();
    context
        .putObject("StateMachine")
        .put("Id", machine)
        .put("Name", machine.substring(machine.lastIndexOf(':') + 1));
    ObjectNode here =
        context
            .putObject("State")
            .put("Name", state.name())
            .put("EnteredTime", Timestamps.format(frame.position().enteredAt()));
    if (state instanceof State.Task
        || state instanceof State.Parallel
        || state instanceof State.MapState) {
      here.put("RetryCount", frame.retriesInState());
    }
    if (frame.taskToken() != null) {
      context.putObject("Task").put("Token", frame.taskToken());
    }
    for (Frame at = frame; at != null; at = at.parent()) {
      Frame.MapItem item = at.item();
      if (item != null) {
        context.set("Map", MapItems.context(item.index(), item.value()));
        break;
      }
    }
    return context;
  }
}
