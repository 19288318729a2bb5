package dev.onboard.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onboard.local.Rooms;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.usage.Consumed;
import dev.onboard.local.usage.Usage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionEventInvokeConfig;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** One runtime for all tests here: starting processes is what costs. */
class LocalLambdaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern BILLED = Pattern.compile("Billed Duration: (\\d+) ms");
  private static final String ROLE = "arn:aws:iam::000000000000:role/sample";

  @TempDir static Path folder;
  private static LambdaRuntime runtime;
  private static Rooms rooms;
  private static LambdaClient lambda;
  private static SqsClient sqs;

  @BeforeAll
  static void open() throws IOException {
    runtime = new LambdaRuntime(folder.resolve("data"), folder.resolve("cache"));
    rooms = runtime.rooms;
    lambda = runtime.lambda;
    sqs = rooms.client(SqsClient.class);
    create("sample");
  }

  @AfterAll
  static void close() {
    runtime.close();
  }

  @Test
  void invoke_answersWhatTheFunctionReturns_andKeepsItsLog() throws IOException {
    InvokeResponse answer = invoke("sample", "{\"do\": \"echo\", \"n\": 1}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.functionError()).isNull();
    assertThat(answer.executedVersion()).isEqualTo("$LATEST");
    assertThat(json(answer).at("/echo/n").asInt()).isEqualTo(1);
    assertThat(runtime.logs.messages("/aws/lambda/sample"))
        .anyMatch(m -> m.startsWith("START RequestId: "))
        .anyMatch(m -> m.contains("REPORT RequestId: "));
  }

  @Test
  void remainingTime_isThatOfTheTimeout_howeverFarTheClockIsFromTheMachines() throws IOException {
    int timeout = lambda.getFunctionConfiguration(g -> g.functionName("sample")).timeout() * 1000;
    JsonNode answer = json(invoke("sample", "{\"do\": \"env\"}"));
    assertThat(answer.path("remaining").asInt()).isBetween(1, timeout);
  }

  @Test
  void getFunction_saysWhereItsCodeIs() throws IOException {
    String location = lambda.getFunction(g -> g.functionName("sample")).code().location();
    try (var zip = new ZipInputStream(URI.create(location).toURL().openStream())) {
      assertThat(zip.getNextEntry()).isNotNull();
    }
    assertThatThrownBy(() -> URI.create(location + "0").toURL().openStream().close())
        .isInstanceOf(IOException.class);
  }

  @Test
  void invocation_isCountedWithTheTimeThatItsReportSays() throws IOException {
    create("billed", "arm64");
    invoke("billed", "{\"do\": \"echo\"}");
    invoke("billed", "{\"do\": \"throw\"}");
    double millis =
        runtime.logs.messages("/aws/lambda/billed").stream()
            .map(BILLED::matcher)
            .filter(Matcher::find)
            .mapToDouble(m -> Double.parseDouble(m.group(1)))
            .sum();
    assertThat(used("billed", Usage.REQUESTS_ARM)).isEqualTo(2);
    assertThat(used("billed", Usage.DURATION_ARM))
        .isCloseTo(128 / 1024.0 * millis / 1000, Offset.offset(1e-9));
    assertThat(used("billed", Usage.REQUESTS)).isZero();
    invoke("sample", "{\"do\": \"echo\"}");
    assertThat(used("sample", Usage.REQUESTS)).isPositive();
  }

  private static double used(String function, Usage usage) {
    return rooms.meter.between(Rooms.START, rooms.clock.now()).stream()
        .filter(c -> c.usage() == usage && c.resource().equals(function))
        .mapToDouble(Consumed::quantity)
        .sum();
  }

  @Test
  void invokeConfigs_ofAFunction_areListedWithItsQualifiers() throws IOException {
    create("configured", "arm64");
    String version = lambda.publishVersion(p -> p.functionName("configured")).version();
    assertThat(configs()).isEmpty();
    lambda.putFunctionEventInvokeConfig(
        p -> p.functionName("configured").qualifier(version).maximumRetryAttempts(1));
    lambda.putFunctionEventInvokeConfig(p -> p.functionName("configured").maximumRetryAttempts(0));
    assertThat(configs())
        .extracting(c -> c.functionArn().replaceFirst(".*:", "") + " " + c.maximumRetryAttempts())
        .containsExactly("$LATEST 0", version + " 1");
    var first =
        lambda.listFunctionEventInvokeConfigs(l -> l.functionName("configured").maxItems(1));
    assertThat(first.functionEventInvokeConfigs()).hasSize(1);
    assertThat(first.nextMarker()).isNotNull();
    lambda.deleteFunctionEventInvokeConfig(d -> d.functionName("configured"));
    assertThat(configs()).hasSize(1);
    assertThatThrownBy(() -> lambda.listFunctionEventInvokeConfigs(l -> l.functionName("nobody")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  private static List<FunctionEventInvokeConfig> configs() {
    return lambda
        .listFunctionEventInvokeConfigsPaginator(l -> l.functionName("configured"))
        .functionEventInvokeConfigs()
        .stream()
        .toList();
  }

  @Test
  void functionThrows_isUnhandledWithTypeAndMessage() throws IOException {
    InvokeResponse answer = invoke("sample", "{\"do\": \"throw\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.functionError()).isEqualTo("Unhandled");
    assertThat(json(answer).path("errorType").asText())
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(json(answer).path("errorMessage").asText()).isEqualTo("as it was told");
  }

  @Test
  void processEnds_isReported_andTheNextInvocationHasANewOne() throws IOException {
    InvokeResponse answer = invoke("sample", "{\"do\": \"exit\"}");
    assertThat(answer.functionError()).isEqualTo("Unhandled");
    assertThat(json(answer).path("errorType").asText()).isEqualTo("Runtime.ExitError");
    assertThat(json(answer).path("errorMessage").asText()).endsWith("exit status 7");
    assertThat(invoke("sample", "{\"do\": \"echo\"}").functionError()).isNull();
  }

  @Test
  void functionHangs_isTimedOut() throws IOException {
    create("hanging");
    lambda.updateFunctionConfiguration(u -> u.functionName("hanging").timeout(1));
    InvokeResponse answer = invoke("hanging", "{\"do\": \"hang\"}");
    assertThat(json(answer).path("errorType").asText()).isEqualTo("Sandbox.Timedout");
    assertThat(json(answer).path("errorMessage").asText()).endsWith("timed out after 1.00 seconds");
  }

  @Test
  void alias_runsTheVersionItNames_inTheEnvironmentOfThatVersion() throws IOException {
    create("greeter");
    lambda.updateFunctionConfiguration(
        u -> u.functionName("greeter").environment(e -> e.variables(Map.of("GREETING", "one"))));
    String one = lambda.publishVersion(p -> p.functionName("greeter")).version();
    lambda.createAlias(a -> a.functionName("greeter").name("live").functionVersion(one));
    lambda.updateFunctionConfiguration(
        u -> u.functionName("greeter").environment(e -> e.variables(Map.of("GREETING", "two"))));
    JsonNode live = json(invoke("greeter:live", "{\"do\": \"env\"}"));
    assertThat(live.path("GREETING").asText()).isEqualTo("one");
    assertThat(live.path("version").asText()).isEqualTo(one);
    assertThat(live.path("arn").asText()).endsWith(":function:greeter:live");
    assertThat(live.path("AWS_SESSION_TOKEN").asText()).isEqualTo("token of " + ROLE);
    assertThat(json(invoke("greeter", "{\"do\": \"env\"}")).path("GREETING").asText())
        .isEqualTo("two");
  }

  @Test
  void publishedAgainUnchanged_isTheSameVersion() {
    create("steady");
    String one = lambda.publishVersion(p -> p.functionName("steady")).version();
    assertThat(lambda.publishVersion(p -> p.functionName("steady")).version()).isEqualTo(one);
    lambda.updateFunctionConfiguration(u -> u.functionName("steady").memorySize(256));
    assertThat(lambda.publishVersion(p -> p.functionName("steady")).version()).isEqualTo("2");
    lambda.createAlias(a -> a.functionName("steady").name("live").functionVersion("2"));
    assertThat(lambda.listAliases(l -> l.functionName("steady")).aliases())
        .extracting(AliasConfiguration::functionVersion)
        .containsExactly("2");
  }

  @Test
  void eventSource_deletesWhatWasDone_andLeavesWhatWasReportedAsFailed() {
    create("consumer");
    String url = sqs.createQueue(q -> q.queueName("work")).queueUrl();
    sqs.sendMessage(m -> m.queueUrl(url).messageBody("good"));
    sqs.sendMessage(m -> m.queueUrl(url).messageBody("bad one"));
    String mapping =
        lambda
            .createEventSourceMapping(m ->
                m.functionName("consumer")
                    .eventSourceArn("arn:aws:sqs:us-east-1:000000000000:work")
                    .functionResponseTypesWithStrings("ReportBatchItemFailures"))
            .uuid();
    boolean done =
        rooms.clock.advanceUntil(
            () -> messages(url).equals("0 visible, 1 in flight"), Duration.ofSeconds(29));
    assertThat(done).isTrue();
    lambda.deleteEventSourceMapping(d -> d.uuid(mapping));
  }

  @Test
  void messageWhoseReceiptIsLost_comesBackLongBeforeTheVisibilityTimeout() {
    create("patient");
    String url =
        sqs.createQueue(q ->
                q.queueName("patience")
                    .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "360")))
            .queueUrl();
    String mapping =
        lambda
            .createEventSourceMapping(m ->
                m.functionName("patient")
                    .eventSourceArn("arn:aws:sqs:us-east-1:000000000000:patience"))
            .uuid();
    // As if the runtime died between the answer and the note of it.
    rooms.faults.loseAnswers(
        "sqs",
        "ReceiveMessage",
        1,
        call ->
            call.request() instanceof ReceiveMessageRequest r
                && r.queueUrl().equals(url)
                && messages(url).equals("0 visible, 1 in flight"),
        AwsErrors.error(SqsException.builder(), 500, "InternalError", "lost"));
    sqs.sendMessage(m -> m.queueUrl(url).messageBody("{}"));
    boolean done =
        rooms.clock.advanceUntil(
            () -> messages(url).equals("0 visible, 0 in flight"), Duration.ofMinutes(1));
    assertThat(done).isTrue();
    lambda.deleteEventSourceMapping(d -> d.uuid(mapping));
  }

  @Test
  void asynchronousInvocationFails_isTriedThreeTimes_thenDeadLettered() {
    create("failing");
    String url = sqs.createQueue(q -> q.queueName("failures")).queueUrl();
    lambda.updateFunctionConfiguration(u ->
        u.functionName("failing")
            .deadLetterConfig(d -> d.targetArn("arn:aws:sqs:us-east-1:000000000000:failures")));
    lambda.invoke(i ->
        i.functionName("failing")
            .invocationType("Event")
            .payload(SdkBytes.fromUtf8String("{\"do\": \"throw\"}")));
    boolean dead =
        rooms.clock.advanceUntil(
            () -> messages(url).equals("1 visible, 0 in flight"), Duration.ofMinutes(10));
    assertThat(dead).isTrue();
    Message message =
        sqs.receiveMessage(r -> r.queueUrl(url).messageAttributeNames("All")).messages().getFirst();
    assertThat(message.body()).isEqualTo("{\"do\": \"throw\"}");
    assertThat(message.messageAttributes().get("ErrorMessage").stringValue())
        .isEqualTo("as it was told");
    assertThat(
            runtime.logs.messages("/aws/lambda/failing").stream()
                .filter(m -> m.startsWith("START"))
                .count())
        .isEqualTo(3);
  }

  @Test
  void whatIsNotHere_isRefusedByName() {
    assertThatThrownBy(() -> invoke("nobody", "{}")).isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() ->
            lambda.createFunction(c ->
                c.functionName("snake")
                    .runtime("python3.13")
                    .role(ROLE)
                    .handler("a.b")
                    .code(z -> z.zipFile(LambdaRuntime.code()))))
        .hasMessageContaining("Runtime python3.13")
        .hasMessageContaining("local runtime does not have it");
    assertThatThrownBy(() -> lambda.listLayers())
        .isNotInstanceOf(LambdaException.class)
        .hasMessageContaining("lambda:ListLayers");
  }

  private static String messages(String url) {
    var counts =
        sqs.getQueueAttributes(g -> g.queueUrl(url).attributeNames(QueueAttributeName.ALL))
            .attributes();
    return counts.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
        + " visible, "
        + counts.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)
        + " in flight";
  }

  private static void create(String name) {
    create(name, "x86_64");
  }

  private static void create(String name, String architecture) {
    runtime.create(name, architecture);
  }

  private static InvokeResponse invoke(String function, String payload) {
    return runtime.invoke(function, payload);
  }

  private static JsonNode json(InvokeResponse answer) throws IOException {
    return JSON.readTree(answer.payload().asByteArray());
  }
}
