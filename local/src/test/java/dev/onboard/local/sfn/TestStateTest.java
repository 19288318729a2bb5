package dev.onboard.local.sfn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onboard.local.sfn.asl.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sfn.model.InspectionLevel;
import software.amazon.awssdk.services.sfn.model.MockResponseValidationMode;
import software.amazon.awssdk.services.sfn.model.TestExecutionStatus;
import software.amazon.awssdk.services.sfn.model.TestStateRequest;
import software.amazon.awssdk.services.sfn.model.TestStateResponse;

class TestStateTest {
  private static final String INVOKE =
      """
      {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
       "Parameters": {"FunctionName": "work", "Payload.$": "$"},
       "ResultSelector": {"n.$": "$.Payload"}, "ResultPath": "$.done", "Next": "Then"}
      """;
  private static final String RETRIED =
      """
      {"QueryLanguage": "JSONata", "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
       "Arguments": {"FunctionName": "work"}, "End": true,
       "Retry": [{"ErrorEquals": ["Other"]},
         {"ErrorEquals": ["Busy"], "IntervalSeconds": 1, "BackoffRate": 2, "MaxAttempts": 5}],
       "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Sorry",
         "Output": "{% $states.errorOutput.Error & ' after ' & $states.context.State.RetryCount %}"}]}
      """;
  private static final String MAP =
      """
      {"QueryLanguage": "JSONata", "Type": "Map", "Items": "{% $states.input.values %}",
       "ToleratedFailureCount": 1, "MaxConcurrency": 3, "End": true,
       "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
         "StartAt": "Each", "States": {"Each": {"Type": "Pass", "End": true}}}}
      """;
  private static final String EVENTS =
      """
      {"Type": "Task", "Resource": "arn:aws:states:::events:putEvents",
       "Parameters": {"Entries.$": "$.Entries"}, "End": true}
      """;

  @TempDir Path folder;
  private final FunctionTwin functions = new FunctionTwin();
  private Workflows workflows;

  @BeforeEach
  void open() {
    workflows = new Workflows(folder, functions);
  }

  @AfterEach
  void close() {
    workflows.close();
  }

  private TestStateResponse test(
      String definition, String input, Consumer<TestStateRequest.Builder> more) {
    return workflows.sfn.testState(b -> {
      b.definition(definition).input(input).inspectionLevel(InspectionLevel.DEBUG);
      more.accept(b);
    });
  }

  private TestStateResponse test(String definition, String input) {
    return test(definition, input, b -> {});
  }

  private String refusal(String definition, Consumer<TestStateRequest.Builder> more) {
    var thrown = new AtomicReference<AwsServiceException>();
    assertThatThrownBy(() -> test(definition, "{}", more))
        .isInstanceOfSatisfying(AwsServiceException.class, thrown::set);
    return thrown.get().awsErrorDetails().errorCode()
        + ": "
        + thrown.get().awsErrorDetails().errorMessage();
  }

  @Test
  void passState_showsEachStepOfItsData() {
    var tested =
        test(
            """
            {"Type": "Pass", "InputPath": "$.a", "Parameters": {"b.$": "$.c"},
             "ResultPath": "$.d", "Next": "Then"}
            """,
            "{\"a\": {\"c\": 1}}");
    assertThat(tested.status()).isEqualTo(TestExecutionStatus.SUCCEEDED);
    assertThat(tested.nextState()).isEqualTo("Then");
    assertThat(tested.output()).isEqualTo("{\"a\":{\"c\":1},\"d\":{\"b\":1}}");
    var data = tested.inspectionData();
    assertThat(data.input()).isEqualTo("{\"a\": {\"c\": 1}}");
    assertThat(data.afterInputPath()).isEqualTo("{\"c\":1}");
    assertThat(data.afterParameters()).isEqualTo("{\"b\":1}");
    assertThat(data.afterResultSelector()).isEqualTo("{\"b\":1}");
    assertThat(data.afterResultPath()).isEqualTo("{\"a\":{\"c\":1},\"d\":{\"b\":1}}");
  }

  @Test
  void withoutALevel_nothingIsShownButWhatLeaves() {
    var tested =
        workflows.sfn.testState(b -> b.definition("{\"Type\": \"Succeed\"}").input("[1, 2]"));
    assertThat(tested.output()).isEqualTo("[1, 2]");
    assertThat(tested.inspectionData()).isNull();
  }

  @Test
  void failAndChoice_sayWhatTheyWouldDo() {
    var failed = test("{\"Type\": \"Fail\", \"Error\": \"No\", \"Cause\": \"why\"}", "{}");
    assertThat(failed.status()).isEqualTo(TestExecutionStatus.FAILED);
    assertThat(failed.error()).isEqualTo("No");
    assertThat(failed.cause()).isEqualTo("why");
    assertThat(failed.output()).isNull();
    var chosen =
        test(
            """
            {"QueryLanguage": "JSONata", "Type": "Choice", "Default": "Low", "Choices": [
              {"Condition": "{% $states.input.n > $limit %}", "Next": "High"}]}
            """,
            "{\"n\": 8}", b -> b.variables("{\"limit\": 7}"));
    assertThat(chosen.nextState()).isEqualTo("High");
    assertThat(chosen.inspectionData().variables()).isEqualTo("{\"limit\":7}");
  }

  @Test
  void task_isCalledForRealInTheNameOfTheRole() {
    functions.with("work", in -> Json.NODES.numberNode(in.path("n").intValue() + 1));
    assertThat(refusal(INVOKE, b -> {}))
        .isEqualTo("ValidationException: RoleArn must be specified when testing a Task state");
    var tested = test(INVOKE, "{\"n\": 1}", b -> b.roleArn(Workflows.ROLE));
    assertThat(tested.output()).isEqualTo("{\"n\":1,\"done\":{\"n\":2}}");
    assertThat(tested.inspectionData().afterParameters())
        .isEqualTo("{\"FunctionName\":\"work\",\"Payload\":{\"n\":1}}");
    assertThat(Json.read(tested.inspectionData().result()).path("Payload").intValue()).isEqualTo(2);
    assertThat(workflows.sfn.listStateMachines().stateMachines()).isEmpty();
  }

  @Test
  void taskThatFails_isRetriableThenCaught() {
    functions.with(
        "work",
        in -> {
          throw new IllegalStateException("broken");
        });
    var failed = test(INVOKE, "{}", b -> b.roleArn(Workflows.ROLE));
    assertThat(failed.status()).isEqualTo(TestExecutionStatus.FAILED);
    assertThat(failed.error()).isEqualTo("IllegalStateException");

    Consumer<TestStateRequest.Builder> busy =
        b -> b.mock(m -> m.errorOutput(e -> e.error("Busy").cause("later")));
    var again =
        test(RETRIED, "{}", busy.andThen(b -> b.stateConfiguration(c -> c.retrierRetryCount(4))));
    assertThat(again.status()).isEqualTo(TestExecutionStatus.RETRIABLE);
    assertThat(again.error()).isEqualTo("Busy");
    assertThat(again.output()).isNull();
    assertThat(again.inspectionData().errorDetails().retryIndex()).isEqualTo(1);
    assertThat(again.inspectionData().errorDetails().retryBackoffIntervalSeconds()).isEqualTo(16);

    var caught =
        test(RETRIED, "{}", busy.andThen(b -> b.stateConfiguration(c -> c.retrierRetryCount(5))));
    assertThat(caught.status()).isEqualTo(TestExecutionStatus.CAUGHT_ERROR);
    assertThat(caught.nextState()).isEqualTo("Sorry");
    assertThat(caught.output()).isEqualTo("\"Busy after 5\"");
    assertThat(caught.inspectionData().errorDetails().catchIndex()).isZero();
    assertThat(caught.inspectionData().errorDetails().retryBackoffIntervalSeconds()).isNull();
  }

  @Test
  void mockedTask_callsNobodyAndNeedsNoRole() {
    var tested =
        test(
            INVOKE,
            "{}",
            b -> b.mock(m -> m.result("{\"Payload\": \"made up\", \"StatusCode\": 200}")));
    assertThat(tested.output()).isEqualTo("{\"done\":{\"n\":\"made up\"}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"Entries\": \"x\"} | Field 'Entries' must be an array",
        "{\"Entries\": [{}, {\"EventId\": [1]}]} | Field 'EventId' must be a string",
        "{\"FailedEntryCount\": \"1\"} | Field 'FailedEntryCount' must be a number"
      })
  void mockedResult_thatTheServiceCouldNotGive_isRefused(String result, String why) {
    assertThat(refusal(EVENTS, b -> b.mock(m -> m.result(result))))
        .isEqualTo("ValidationException: Mock result schema validation error: " + why);
    assertThat(
            test(
                    EVENTS,
                    "{\"Entries\": []}",
                    b ->
                        b.mock(m ->
                            m.result(result).fieldValidationMode(MockResponseValidationMode.NONE)))
                .output())
        .isEqualTo(result);
  }

  @Test
  void requiredMembers_areAskedForByStrictModeAlone() {
    String start =
        """
        {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution", "End": true,
         "Parameters": {"StateMachineArn": "x"}}
        """;
    assertThat(refusal(start, b -> b.mock(m -> m.result("{}"))))
        .isEqualTo(
            "ValidationException: Mock result schema validation error: Required field"
                + " 'ExecutionArn' is missing");
    assertThat(
            test(
                    start,
                    "{}",
                    b ->
                        b.mock(m ->
                            m.result("{}").fieldValidationMode(MockResponseValidationMode.PRESENT)))
                .output())
        .isEqualTo("{}");
  }

  @Test
  void resourceThatIsNotHere_canBeMockedWithoutAModelAlone() {
    String encrypt =
        """
        {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:kms:encrypt", "Parameters": {},
         "End": true}
        """;
    assertThat(refusal(encrypt, b -> b.roleArn(Workflows.ROLE)))
        .startsWith("InvalidDefinition: ")
        .contains("aws-sdk:kms:encrypt is not supported");
    assertThat(refusal(encrypt, b -> b.mock(m -> m.result("{}")))).contains("mode NONE alone");
    assertThat(
            test(
                    encrypt,
                    "{}",
                    b ->
                        b.mock(m ->
                            m.result("{}").fieldValidationMode(MockResponseValidationMode.NONE)))
                .status())
        .isEqualTo(TestExecutionStatus.SUCCEEDED);
  }

  @Test
  void map_isFailedByMoreFailuresThanItTolerates() {
    Consumer<TestStateRequest.Builder> mocked = b -> b.mock(m -> m.result("[1, 4, 9]"));
    String input = "{\"values\": [1, 2, 3]}";
    var good =
        test(
            MAP,
            input,
            mocked.andThen(b -> b.stateConfiguration(c -> c.mapIterationFailureCount(1))));
    assertThat(good.output()).isEqualTo("[1, 4, 9]");
    assertThat(good.inspectionData().maxConcurrency()).isEqualTo(3);
    assertThat(good.inspectionData().toleratedFailureCount()).isEqualTo(1);
    var bad =
        test(
            MAP,
            input,
            mocked.andThen(b -> b.stateConfiguration(c -> c.mapIterationFailureCount(2))));
    assertThat(bad.status()).isEqualTo(TestExecutionStatus.FAILED);
    assertThat(bad.error()).isEqualTo("States.ExceedToleratedFailureThreshold");
    assertThat(
            refusal(
                MAP, mocked.andThen(b -> b.stateConfiguration(c -> c.mapIterationFailureCount(4)))))
        .contains("less than or equal to the number of Map iterations");
    assertThat(refusal(MAP, b -> {})).contains("does not support Map or Parallel states");
    assertThat(refusal(MAP, b -> b.mock(m -> m.result("{}")))).contains("must be an array");
  }

  @Test
  void mapThatReads_isToldWhatItHasRead() {
    var tested =
        test(
            """
            {"Type": "Map", "End": true, "ItemSelector": {"v.$": "$$.Map.Item.Value"},
             "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
               "ReaderConfig": {"InputType": "JSON"}, "Parameters": {"Bucket": "b", "Key": "k"}},
             "ItemProcessor": {
               "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
               "StartAt": "Each", "States": {"Each": {"Type": "Pass", "End": true}}}}
            """,
            "{}",
            b ->
                b.mock(m -> m.result("[]")).stateConfiguration(c -> c.mapItemReaderData("[5, 6]")));
    assertThat(tested.status()).isEqualTo(TestExecutionStatus.SUCCEEDED);
    assertThat(tested.inspectionData().afterItemSelector()).isEqualTo("[{\"v\":5},{\"v\":6}]");
  }

  @Test
  void stateOfAMachine_isFoundHoweverDeep() {
    String machine =
        """
        {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
          {"StartAt": "Deep", "States": {
            "Deep": {"Type": "Pass", "Result": 7, "End": true}}}]}}}
        """;
    assertThat(test(machine, "{}", b -> b.stateName("Deep")).output()).isEqualTo("7");
    assertThat(refusal(machine, b -> b.stateName("Nowhere")))
        .isEqualTo("ValidationException: State not found in definition");
    Consumer<TestStateRequest.Builder> error =
        b -> b.stateName("P").mock(m -> m.errorOutput(e -> e.error("E")));
    assertThat(
            test(
                    machine,
                    "{}",
                    error.andThen(b -> b.stateConfiguration(c -> c.errorCausedByState("Deep"))))
                .error())
        .isEqualTo("E");
    assertThat(
            refusal(
                machine,
                error.andThen(b -> b.stateConfiguration(c -> c.errorCausedByState("Other")))))
        .contains("names no state within");
    assertThat(refusal("{\"Type\": \"Unknown\"}", b -> {}))
        .isEqualTo(
            "InvalidDefinition: Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: The"
                + " field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail,"
                + " Choice, Parallel, Map] at /States/StateName/Type'");
  }

  @Test
  void mocks_areForStatesThatCallSomething() {
    assertThat(refusal("{\"Type\": \"Succeed\"}", b -> b.mock(m -> m.result("1"))))
        .isEqualTo(
            "ValidationException: State type 'Succeed' is not supported when a mock is specified");
    assertThat(refusal(INVOKE, b -> b.mock(m -> m.result("{").errorOutput(e -> e.error("E")))))
        .contains("only one of the following fields");
    assertThat(refusal(INVOKE, b -> b.mock(m -> m.result("{"))))
        .endsWith("Mocked result must be valid JSON");
    assertThat(refusal(INVOKE, b -> b.revealSecrets(true).mock(m -> m.result("{}"))))
        .contains("RevealSecrets");
    assertThat(
            refusal(
                """
                {"Type": "Parallel", "End": true, "Branches": [
                  {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}]}
                """,
                b -> b.mock(m -> m.result("[1, 2]"))))
        .contains("same number of items");
  }

  @Test
  void contextObject_isMadeUpOrGiven() {
    String state =
        """
        {"Type": "Pass", "Parameters": {"in.$": "$$.Execution.Input", "name.$": "$$.State.Name"},
         "End": true}
        """;
    assertThat(test(state, "{\"a\":1}").output())
        .isEqualTo("{\"in\":{\"a\":1},\"name\":\"StateName\"}");
    assertThat(
            test(
                    state,
                    "{}",
                    b ->
                        b.context(
                            "{\"Execution\": {\"Input\": 5}, \"State\": {\"Name\": \"Mine\"}}"))
                .output())
        .isEqualTo("{\"in\":5,\"name\":\"Mine\"}");
    assertThat(refusal(state, b -> b.context("{\"Execution\": {\"Id\": 1}}")))
        .isEqualTo(
            "ValidationException: Invalid Context object provided: Execution.Id must be a string");
    assertThat(refusal(state, b -> b.context("{\"Map\": {}}"))).contains("'Map' field");
    assertThat(refusal(state, b -> b.context("{\"Other\": {}}")))
        .endsWith("Field 'Other' is not allowed");
    assertThat(refusal(state, b -> b.context("{\"Task\": {\"Token\": \"t\"}}")))
        .contains("contains 'Task'");
  }

  @Test
  void assignedVariables_areShown() {
    var tested =
        test(
            """
            {"QueryLanguage": "JSONata", "Type": "Pass", "End": true,
             "Assign": {"sum": "{% $a + 1 %}"}}
            """,
            "{}", b -> b.variables("{\"a\": 1}"));
    assertThat(Json.read(tested.inspectionData().variables()))
        .isEqualTo(Json.read("{\"a\": 1, \"sum\": 2}"));
  }

  @Test
  void waitState_waitsOnTheClock() {
    var tested = onAThread(() -> test("{\"Type\": \"Wait\", \"Seconds\": 90, \"End\": true}", "1"));
    workflows.rooms.clock.advance(Duration.ofSeconds(89));
    assertThat(tested).hasNullValue();
    workflows.rooms.clock.advance(Duration.ofSeconds(1));
    assertThat(tested.get().output()).isEqualTo("1");
  }

  @Test
  void waitState_untilATimeThatIsOver_doesNotWait() {
    assertThat(
            test(
                    "{\"Type\": \"Wait\", \"Timestamp\": \"2020-01-01T00:00:00Z\", \"End\": true}",
                    "1")
                .output())
        .isEqualTo("1");
  }

  @Test
  void taskThatTakesTooLong_timesOut() {
    functions.with(
        "work",
        in -> {
          sleep(Duration.ofHours(1));
          return in;
        });
    String state =
        """
        {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
         "Parameters": {"FunctionName": "work"}, "TimeoutSeconds": 20}
        """;
    var tested = onAThread(() -> test(state, "{}", b -> b.roleArn(Workflows.ROLE)));
    workflows.rooms.clock.advance(Duration.ofSeconds(20));
    assertThat(tested.get().error()).isEqualTo("States.Timeout");
  }

  private void sleep(Duration duration) {
    try {
      workflows.rooms.clock.sleep(duration);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void trial_endsAfterFiveMinutes() {
    var tested =
        onAThread(() -> test("{\"Type\": \"Wait\", \"Seconds\": 900, \"End\": true}", "1"));
    workflows.rooms.clock.advance(Duration.ofMinutes(5));
    assertThat(tested.get().status()).isEqualTo(TestExecutionStatus.FAILED);
    assertThat(tested.get().error()).isEqualTo("States.Timeout");
  }

  /** On a thread that an advance waits for. */
  private AtomicReference<TestStateResponse> onAThread(Supplier<TestStateResponse> work) {
    var answer = new AtomicReference<TestStateResponse>();
    workflows.rooms.clock.start("tester", () -> answer.set(work.get()));
    return answer;
  }
}
