package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.clock.Timer;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.StateError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An execution that a task started and whose end it waits for. */
final class ChildExecution {
  private final Run run;
  private final Frame frame;
  private final boolean parsed;

  /**
   * Watches over an execution.
   *
   * @param parsed whether input and output are given as JSON, not as its text
   */
  ChildExecution(Run run, Frame frame, boolean parsed) {
    this.run = run;
    this.frame = frame;
    this.parsed = parsed;
  }

  /** Waits for its end; when the waiting ends otherwise, the execution is stopped. */
  JsonNode await(String arn, @Nullable Instant deadline) {
    Engine engine = run.engine();
    Runnable forget = engine.onEnd(arn, e -> frame.tell(new Signal.ExecutionEnded(e)));
    var late = new Object();
    Timer timer =
        deadline == null
            ? null
            : engine.env().clock().at(deadline, () -> frame.tell(new Signal.Due(late)));
    boolean over = false;
    try {
      Execution known = engine.env().store().read(tx -> Execution.find(tx, arn)).orElseThrow();
      Execution ended = known.isOver() ? known : frame.await(signal -> end(signal, late));
      over = true;
      return answer(ended);
    } finally {
      forget.run();
      if (timer != null) {
        timer.cancel();
      }
      if (!over && !engine.isClosed()) {
        engine.stop(arn, null, null);
      }
    }
  }

  private static @Nullable Execution end(Signal signal, Object late) {
    if (signal instanceof Signal.Due(Object ticket) && ticket == late) {
      throw StateError.of(StateError.TIMEOUT, null);
    }
    return signal instanceof Signal.ExecutionEnded(Execution execution) ? execution : null;
  }

  private JsonNode answer(Execution ended) {
    ObjectNode described = Json.object().put("ExecutionArn", ended.arn());
    put(described, "Input", ended.input().text());
    described.putObject("InputDetails").put("Included", true);
    described.put("Name", ended.name());
    if (ended.error() != null) {
      described.put("Error", ended.error());
    }
    if (ended.cause() != null) {
      described.put("Cause", ended.cause());
    }
    if (ended.output() != null) {
      put(described, "Output", ended.output());
      described.putObject("OutputDetails").put("Included", true);
    }
    described.put("StartDate", ended.started().toEpochMilli());
    described.put("StateMachineArn", ended.machineArn());
    described.put("Status", ended.status().name());
    if (ended.stopped() != null) {
      described.put("StopDate", ended.stopped().toEpochMilli());
    }
    if (ended.status() != Execution.Status.SUCCEEDED) {
      throw StateError.of(StateError.TASK_FAILED, Json.text(described));
    }
    return described;
  }

  private void put(ObjectNode object, String name, String text) {
    if (parsed) {
      object.set(name, Json.read(text));
    } else {
      object.put(name, text);
    }
  }
}
