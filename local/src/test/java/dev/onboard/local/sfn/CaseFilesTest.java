package dev.onboard.local.sfn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.sfn.asl.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The cases in {@code sfn/*.json}: definitions that are wrong, and workflows with what they give.
 */
class CaseFilesTest {
  @TempDir static Path folder;

  @TestFactory
  Stream<DynamicTest> workflows() throws IOException {
    var functions =
        new FunctionTwin()
            .with("echo", in -> in)
            .with(
                "fail",
                in -> {
                  throw new IllegalStateException("as asked");
                });
    var workflows = new Workflows(folder.resolve("workflows"), functions);
    workflows.rooms.client(SqsClient.class).createQueue(b -> b.queueName("queue"));
    workflows.create(
        "inner",
        """
        {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 15, "End": true}}}
        """);
    return read("workflows.json")
        .map(one -> DynamicTest.dynamicTest(one.path("name").asText(), () -> check(workflows, one)))
        .onClose(workflows::close);
  }

  private static void check(Workflows workflows, JsonNode one) {
    String machine = workflows.create(one.path("name").asText(), one.path("definition").toString());
    List<JsonNode> inputs =
        one.has("inputs") ? one.path("inputs").valueStream().toList() : List.of(one.path("input"));
    for (int i = 0; i < inputs.size(); i++) {
      var end = workflows.run(machine, inputs.get(i).toString());
      JsonNode wanted = one.has("outputs") ? one.path("outputs").get(i) : one.path("output");
      if (!wanted.isMissingNode()) {
        assertThat(end.cause()).isNull();
        assertThat(Json.read(end.output())).isEqualTo(wanted);
      }
      assertThat(end.error()).isEqualTo(one.path("error").textValue());
      if (one.has("cause")) {
        assertThat(end.cause()).isEqualTo(one.path("cause").asText());
      }
      if (one.has("status")) {
        assertThat(end.statusAsString()).isEqualTo(one.path("status").asText());
      }
      if (one.has("seconds")) {
        assertThat(Duration.between(end.startDate(), end.stopDate()))
            .isBetween(
                Duration.ofSeconds(one.path("seconds").asInt()),
                Duration.ofSeconds(one.path("seconds").asInt()).plusMillis(1));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> definitions() throws IOException {
    var workflows = new Workflows(folder.resolve("definitions"), new FunctionTwin());
    return read("definitions.json")
        .map(one ->
            DynamicTest.dynamicTest(
                one.path("name").asText(), () -> checkDefinition(workflows, one)))
        .onClose(workflows::close);
  }

  private static void checkDefinition(Workflows workflows, JsonNode one) {
    var answer =
        workflows.sfn.validateStateMachineDefinition(b ->
            b.definition(one.path("definition").toString())
                .type(
                    one.path("express").asBoolean()
                        ? StateMachineType.EXPRESS
                        : StateMachineType.STANDARD));
    List<String> found =
        answer.diagnostics().stream()
            .map(d -> d.code() + ": " + d.message() + " at " + d.location())
            .toList();
    if (one.has("wrongContains")) {
      assertThat(found).singleElement().asString().contains(one.path("wrongContains").asText());
    } else {
      assertThat(found).isEqualTo(one.path("wrong").valueStream().map(JsonNode::asText).toList());
    }
    assertThat(answer.resultAsString()).isEqualTo(found.isEmpty() ? "OK" : "FAIL");
  }

  private static Stream<JsonNode> read(String file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(CaseFilesTest.class.getResourceAsStream("/sfn/" + file))) {
      return Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)).valueStream();
    }
  }
}
