package dev.onboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  private static final String BROKEN =
      """
      Resources:
        Bus:
          Type: AWS::Events::EventBus
          Properties: { Name: shop }
        Orders:
          Type: AWS::Events::Rule
          Properties:
            EventBusName: !Ref Bus
            EventPattern: { detailtype: [OrderPlaced] }
            Targets:
              - { Id: all, Arn: !Ref QueueArn, DeadLetterConfig: { Arn: !Ref QueueArn } }
      Parameters:
        QueueArn: { Type: String }
      """;

  private static final String DOUBTFUL =
      """
      Resources:
        Machine:
          Type: AWS::StepFunctions::StateMachine
          Properties:
            DefinitionS3Location: machine.json
            DefinitionSubstitutions: { Table: orders }
      """;

  @TempDir Path folder;

  @Test
  void check_ofTheProject_endsWithZero() {
    Ran ran = Ran.command("check");
    assertThat(ran.exitCode()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.lines()).singleElement().asString().contains("0 errors, 0 warnings");
  }

  @Test
  void check_ofBrokenTemplate_namesFileLineAndMendAndEndsWithOne() throws IOException {
    Path template = write("shop.yaml", BROKEN);
    Ran ran = Ran.command("check", "--template", template);
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.lines())
        .containsExactly(
            template
                + ":9: an event has no field \"detailtype\"; did you mean \"detail-type\"?"
                + " [pattern-field-absent]",
            template + " and what it includes: 1 error, 0 warnings");
  }

  @Test
  void checkAsJson_isOneObjectAFinding() throws IOException {
    Path template = write("shop.yaml", BROKEN);
    Ran ran = Ran.command("check", "--json", "--template", template);
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.lines()).hasSize(1);
    JsonNode finding = new JsonMapper().readTree(ran.lines().getFirst());
    assertThat(finding.path("code").asText()).isEqualTo("pattern-field-absent");
    assertThat(finding.path("severity").asText()).isEqualTo("error");
    assertThat(finding.path("file").asText()).isEqualTo(template.toString());
    assertThat(finding.path("line").asInt()).isEqualTo(9);
    assertThat(finding.path("mend").asText()).contains("detail-type");
  }

  @Test
  void warnings_failOnlyIfStrict() throws IOException {
    write("machine.json", "{\"StartAt\": \"End\", \"States\": {\"End\": {\"Type\": \"Succeed\"}}}");
    Path template = write("doubtful.yaml", DOUBTFUL);
    Ran lax = Ran.command("check", "--template", template);
    assertThat(lax.exitCode()).as(lax.err()).isZero();
    assertThat(lax.out()).contains(":6: warning: ", "0 errors, 1 warning");
    assertThat(Ran.command("check", "--strict", "--template", template).exitCode()).isEqualTo(1);
  }

  @Test
  void missingTemplate_isNamed() {
    Ran ran = Ran.command("check", "--template", folder.resolve("none.yaml"));
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("none.yaml is not there");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
