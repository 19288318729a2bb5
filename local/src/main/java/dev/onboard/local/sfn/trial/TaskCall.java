package dev.onboard.local.sfn.trial;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.call.Principal;
import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.clock.Mailbox;
import dev.onboard.local.clock.Timer;
import dev.onboard.local.sfn.Limits;
import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.sfn.asl.Scope;
import dev.onboard.local.sfn.asl.Setting;
import dev.onboard.local.sfn.asl.State;
import dev.onboard.local.sfn.asl.StateError;
import dev.onboard.local.sfn.task.CallSite;
import dev.onboard.local.sfn.task.Connector;
import dev.onboard.local.sfn.task.Connectors;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Calls what a task names, for real.
 *
 * @param roleArn in whose name, unless the task has credentials of its own
 * @param execution the execution that the call comes from, which there is not
 */
public record TaskCall(
    LocalClock clock, Connectors connectors, String roleArn, Execution execution) {

  /** An execution that exists in name alone. */
  public record Execution(String machineArn, String arn, String name) {}

  /** The answer, or none yet when the time is up. */
  private record Answer(Supplier<JsonNode> value) {}

  /**
   * Calls it and waits for its answer.
   *
   * @param longest how long to wait at most; the task's own timeout may be shorter
   * @throws StateError if the call fails or takes too long
   */
  JsonNode call(State.Task task, JsonNode given, Scope scope, Duration longest) {
    Connector connector = connectors.of(task.resource());
    JsonNode arguments = connector.accepted(given);
    if (Payload.of(arguments).exceeds(Limits.PAYLOAD_BYTES)) {
      throw StateError.argumentsTooLarge(task.name());
    }
    Scope within = scope.withData(task.common().data().effectiveInput(scope));
    Setting timeout = task.timeout();
    Duration most =
        timeout == null
            ? longest
            : Duration.ofSeconds(Math.min(timeout.wholeNumber(within), longest.toSeconds()));
    Setting role = task.role();
    var site =
        new CallSite(
            new Principal.RoleSession(role == null ? roleArn : role.text(within), execution.name()),
            execution.machineArn(),
            execution.arn());
    return within(most, () -> connector.call(site, arguments));
  }

  private JsonNode within(Duration most, Supplier<JsonNode> call) {
    var answers = new Mailbox<Answer>(clock);
    Timer late =
        clock.after(
            most,
            () ->
                answers.put(
                    new Answer(() -> {
                      throw StateError.of(StateError.TIMEOUT, null);
                    })));
    clock.start("task that is tried", () -> answers.put(answer(call)));
    try {
      return answers.take().value().get();
    } finally {
      late.cancel();
    }
  }

  private static Answer answer(Supplier<JsonNode> call) {
    try {
      JsonNode result = call.get();
      return new Answer(() -> result);
    } catch (StateError e) {
      return new Answer(() -> {
        throw e;
      });
    } catch (Error e) {
      return new Answer(() -> {
        throw e;
      });
    } catch (RuntimeException e) {
      return new Answer(() -> {
        throw StateError.of(StateError.TASK_FAILED, e.getClass().getName() + ": " + e.getMessage());
      });
    }
  }
}
