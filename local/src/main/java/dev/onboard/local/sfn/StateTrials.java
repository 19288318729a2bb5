package dev.onboard.local.sfn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.Environment;
import dev.onboard.local.sfn.asl.DefinitionParser;
import dev.onboard.local.sfn.asl.InvalidDefinition;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.sfn.asl.State;
import dev.onboard.local.sfn.asl.StateError;
import dev.onboard.local.sfn.asl.Variables;
import dev.onboard.local.sfn.run.Engine;
import dev.onboard.local.sfn.task.MockedAnswers;
import dev.onboard.local.sfn.trial.ContextObject;
import dev.onboard.local.sfn.trial.Mock;
import dev.onboard.local.sfn.trial.TaskCall;
import dev.onboard.local.sfn.trial.Trial;
import dev.onboard.local.usage.Chunks;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.InspectionLevel;
import software.amazon.awssdk.services.sfn.model.MockInput;
import software.amazon.awssdk.services.sfn.model.MockResponseValidationMode;
import software.amazon.awssdk.services.sfn.model.TestStateConfiguration;
import software.amazon.awssdk.services.sfn.model.TestStateRequest;
import software.amazon.awssdk.services.sfn.model.TestStateResponse;

/**
 * TestState: one state at work, without a state machine and without an execution.
 *
 * <p>What may be mocked, what must be and how a mock must look is from recordings of AWS. Secrets
 * are in HTTP tasks alone, which are not here, so there is nothing that {@code revealSecrets} could
 * reveal, and {@code TRACE} shows what {@code DEBUG} does.
 */
final class StateTrials {
  private static final TestStateConfiguration NO_CONFIGURATION =
      TestStateConfiguration.builder().build();

  private final Environment env;
  private final Engine engine;
  private final MockedAnswers answers;

  StateTrials(Environment env, Engine engine) {
    this.env = env;
    this.engine = engine;
    this.answers = new MockedAnswers(env);
  }

  TestStateResponse test(TestStateRequest request) {
    State state = state(request);
    TestStateConfiguration configuration =
        request.stateConfiguration() == null ? NO_CONFIGURATION : request.stateConfiguration();
    Mock mock = mock(request, state, configuration);
    Payload input = Executions.input(request.input());
    var execution = execution();
    int retries = configuration.retrierRetryCount() == null ? 0 : configuration.retrierRetryCount();
    Trial.Outcome outcome =
        new Trial(
                env.clock(),
                state,
                input,
                context(request, state, input, execution, retries),
                variables(request.variables()),
                new Trial.Circumstances(
                    mock,
                    retries,
                    configuration.mapIterationFailureCount() == null
                        ? 0
                        : configuration.mapIterationFailureCount(),
                    readItems(configuration.mapItemReaderData())),
                new TaskCall(
                    env.clock(), engine.connectors(), String.valueOf(request.roleArn()), execution))
            .run();
    return response(outcome, request.inspectionLevel());
  }

  private static TestStateResponse response(
      Trial.Outcome outcome, @Nullable InspectionLevel level) {
    StateError error = outcome.error();
    return TestStateResponse.builder()
        .status(outcome.status())
        .output(outcome.output())
        .error(error == null ? null : error.error())
        .cause(error == null ? null : error.cause())
        .nextState(outcome.next())
        .inspectionData(
            level == null || level == InspectionLevel.INFO ? null : outcome.inspection())
        .build();
  }

  private State state(TestStateRequest request) {
    if (request.definition() == null) {
      throw Errors.validation(
          "1 validation error detected: Value null at 'definition' failed to satisfy constraint:"
              + " Member must not be null");
    }
    if (Chunks.bytes(request.definition()) > Limits.DEFINITION_BYTES) {
      throw Errors.constraint(
          "...", "definition", "Member must have length less than or equal to 1048576");
    }
    try {
      // What is mocked need not be there; what is called is looked at later.
      if (request.stateName() == null) {
        return DefinitionParser.parseState(request.definition(), _ -> null);
      }
      return DefinitionParser.parse(request.definition(), false, _ -> null)
          .flow()
          .find(request.stateName())
          .orElseThrow(() -> Errors.validation("State not found in definition"));
    } catch (InvalidDefinition e) {
      throw Errors.invalidDefinition(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Mock mock(
      TestStateRequest request, State state, TestStateConfiguration configuration) {
    MockInput given = request.mock();
    if (given == null) {
      checkUnmocked(request, state, configuration);
      return null;
    }
    if (!(state instanceof State.Task
        || state instanceof State.MapState
        || state instanceof State.Parallel)) {
      throw Errors.validation(
          "State type '" + state.type() + "' is not supported when a mock is specified");
    }
    if (Boolean.TRUE.equals(request.revealSecrets())) {
      throw Errors.validation("TestState does not support RevealSecrets when a mock is specified.");
    }
    if (given.result() != null && given.errorOutput() != null) {
      throw Errors.validation(
          "A test mock should have only one of the following fields: [result, errorOutput].");
    }
    checkCause(configuration.errorCausedByState(), state, given);
    if (given.errorOutput() != null) {
      return new Mock.Failure(
          StateError.of(given.errorOutput().error(), given.errorOutput().cause()));
    }
    if (given.result() == null) {
      throw Errors.validation(
          "A test mock should have one of the following fields: [result, errorOutput].");
    }
    JsonNode result = json(given.result(), "Mocked result must be valid JSON");
    checkResult(result, state, given.fieldValidationMode());
    Integer failed = configuration.mapIterationFailureCount();
    if (failed != null && result.isArray() && failed > result.size()) {
      throw Errors.validation(
          "Map iteration failure count must be less than or equal to the number of Map iterations");
    }
    return new Mock.Result(Payload.of(result, given.result()));
  }

  /**
   * An error comes from one of the states within a map or parallel state; which one changes
   * nothing.
   */
  private static void checkCause(@Nullable String cause, State state, MockInput given) {
    if (cause == null) {
      return;
    }
    if (given.errorOutput() == null || state.flows().isEmpty()) {
      throw Errors.validation(
          "ErrorCausedByState is for errors that are mocked for a Map or Parallel state.");
    }
    if (state.flows().stream().allMatch(flow -> flow.find(cause).isEmpty())) {
      throw Errors.validation("ErrorCausedByState names no state within the tested state.");
    }
  }

  private void checkUnmocked(
      TestStateRequest request, State state, TestStateConfiguration configuration) {
    if (configuration.mapIterationFailureCount() != null) {
      throw Errors.validation(
          "TestState does not support MapIterationFailureCount when a mock is not specified.");
    }
    if (state instanceof State.MapState || state instanceof State.Parallel) {
      throw Errors.notTestable(
          "TestState API does not support Map or Parallel states. Supported state types include:"
              + " [Task, Wait, Pass, Succeed, Fail, Choice]");
    }
    if (!(state instanceof State.Task task)) {
      return;
    }
    String refusal = engine.connectors().refusal(task.resource());
    if (refusal != null) {
      throw Errors.invalidDefinition(
          "SCHEMA_VALIDATION_FAILED: " + refusal + " at /States/" + task.name() + "/Resource");
    }
    if (ContextObject.waits(state)) {
      throw Errors.notTestable(
          "TestState API does not support activities, '.sync' and '.waitForTaskToken' when a mock"
              + " is not specified.");
    }
    if (request.roleArn() == null) {
      throw Errors.validation("RoleArn must be specified when testing a Task state");
    }
  }

  private void checkResult(
      JsonNode result, State state, @Nullable MockResponseValidationMode mode) {
    switch (state) {
      case State.MapState map -> {
        boolean writes = map.distributed() != null && map.distributed().writer() != null;
        if (writes && !result.isObject()) {
          throw Errors.validation("Mocked result must be a JSON object.");
        } else if (!writes && !result.isArray()) {
          throw Errors.validation("Mocked result must be an array.");
        }
      }
      case State.Parallel parallel -> {
        if (!result.isArray()) {
          throw Errors.validation("Mocked result must be an array.");
        } else if (result.size() != parallel.branches().size()) {
          throw Errors.validation(
              "Mocked result must contain the same number of items as number of Parallel"
                  + " branches.");
        }
      }
      case State.Task task when mode != MockResponseValidationMode.NONE -> {
        String complaint =
            answers.complaint(task.resource(), result, mode != MockResponseValidationMode.PRESENT);
        if (complaint != null) {
          throw Errors.validation(complaint);
        }
      }
      default -> {}
    }
  }

  private TaskCall.Execution execution() {
    String machine = UUID.randomUUID().toString();
    String name = UUID.randomUUID().toString();
    return new TaskCall.Execution(
        env.arn("states", "stateMachine:" + machine),
        env.arn("states", "express:" + machine + ":" + name),
        name);
  }

  private JsonNode context(
      TestStateRequest request,
      State state,
      Payload input,
      TaskCall.Execution execution,
      int retries) {
    if (request.context() == null) {
      return ContextObject.madeUp(
          execution, state, input.node(), request.roleArn(), retries, env.clock().now());
    }
    try {
      return ContextObject.read(request.context(), state);
    } catch (ContextObject.Refused e) {
      throw Errors.validation(String.valueOf(e.getMessage()));
    }
  }

  private static Variables variables(@Nullable String given) {
    var variables = new Variables(null);
    if (given != null) {
      if (!(json(given, "Variables must be valid JSON") instanceof ObjectNode values)) {
        throw Errors.validation("Variables must be a JSON object");
      }
      variables.assign(values);
    }
    return variables;
  }

  private static @Nullable ArrayNode readItems(@Nullable String given) {
    if (given == null) {
      return null;
    }
    if (json(given, "MapItemReaderData must be valid JSON") instanceof ArrayNode items) {
      return items;
    }
    throw Errors.validation("MapItemReaderData must be a JSON array");
  }

  private static JsonNode json(String text, String otherwise) {
    try {
      return Json.parse(text);
    } catch (JsonProcessingException e) {
      throw Errors.validation(otherwise);
    }
  }
}
