package dev.onboard.local.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

class LanguageTest {
  private static final String HEAD =
      """
      Transform: AWS::LanguageExtensions
      Parameters:
        Stage: {Type: String, Default: dev}
        Names: {Type: CommaDelimitedList, Default: "a, b,c"}
      Mappings:
        Sizes: {dev: {count: 1, zones: [x, y]}, prod: {count: 3}}
      Conditions:
        IsDev: !Equals [!Ref Stage, dev]
        IsProd: !Not [!Condition IsDev]
        Either: !Or [!Condition IsDev, !Condition IsProd]
        Both: !And [!Condition IsDev, !Condition IsProd]
      Resources:
        Queue: {Type: AWS::SQS::Queue}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "!Ref Stage | \"dev\"",
        "!Ref Names | [\"a\",\"b\",\"c\"]",
        "!Ref AWS::Region | \"us-east-1\"",
        "!GetAtt Queue.Arn | \"<Queue.Arn>\"",
        "!GetAtt [Queue, Arn] | \"<Queue.Arn>\"",
        "!Sub 'x-${Stage}-${!Literal}-${Queue}-${Queue.Arn}' |"
            + " \"x-dev-${Literal}-<Queue>-<Queue.Arn>\"",
        "!Sub ['${a}${Stage}', {a: !Ref Queue}] | \"<Queue>dev\"",
        "!Join ['-', [a, !Ref Stage, 3]] | \"a-dev-3\"",
        "!Join [',', !Ref Names] | \"a,b,c\"",
        "!Select [1, !Ref Names] | \"b\"",
        "!Select ['0', !Split ['/', 'x/y']] | \"x\"",
        "!Split ['/', 'a//b'] | [\"a\",\"\",\"b\"]",
        "!FindInMap [Sizes, !Ref Stage, count] | 1",
        "!FindInMap [Sizes, dev, zones] | [\"x\",\"y\"]",
        "!FindInMap [Sizes, qa, count, {DefaultValue: 7}] | 7",
        "!Base64 hello | \"aGVsbG8=\"",
        "!Select [0, !GetAZs ''] | \"us-east-1a\"",
        "!If [IsDev, 1, 2] | 1",
        "!If [Both, 1, 2] | 2",
        "!If [Either, [a, !Ref AWS::NoValue], 2] | [\"a\"]",
        "{a: !Ref AWS::NoValue, b: 1} | {\"b\":1}",
        "!ToJsonString {a: !Ref Stage, b: [1, true]} |"
            + " `\"{\\\"a\\\":\\\"dev\\\",\\\"b\\\":[1,true]}\"`",
        "!Length [!Ref Stage, 2] | 2",
        "{'Fn::Length': !Ref Names} | 3",
        "2012-10-17 | \"2012-10-17\"",
        "012345678901 | \"012345678901\"",
        "yes | true",
      })
  void expression_value(String expression, String value) throws Exception {
    assertThat(resolve(expression)).isEqualTo(Json.MAPPER.readTree(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "!Select [5, !Ref Names] | Fn::Select cannot select nonexistent value at index 5",
        "!FindInMap [Nope, dev, count] | Mapping named 'Nope' is not present",
        "!FindInMap [Sizes, qa, count] | Unable to get mapping for Sizes::qa::count",
        "!Join [a] | Fn::Join object requires a list of 2 parameters",
        "'{{resolve:ssm:x}}' | the dynamic reference {{resolve:ssm:x}}",
        "!Cidr [a, 1, 2] | Fn::Cidr",
        "{'Fn::Nope': 1} | Unrecognized intrinsic function Fn::Nope",
        "!If [Missing, 1, 2] | Unresolved condition dependency Missing",
      })
  void expression_error(String expression, String message) {
    assertThatThrownBy(() -> resolve(expression))
        .isInstanceOf(AwsServiceException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'{\"a\": ' | Template format error: JSON not well-formed. (line 1",
        "'a: [1' | Template format error: YAML not well-formed. (line 1",
        "'a' | Template format error: unsupported structure.",
        "'a: !Nope b' | unknown tag !Nope",
        "'x: {a: 1, a: 2}' | duplicate key a",
      })
  void text_error(String text, String message) {
    assertThatThrownBy(() -> TemplateText.parse(text.substring(1, text.length() - 1)))
        .hasMessageContaining(message);
  }

  @Test
  void anchors_areCopies() {
    ObjectNode tree = TemplateText.parse("a: &x {b: !Ref C}\nd: *x\n");
    assertThat(tree.toString())
        .isEqualTo("{\"a\":{\"b\":{\"Ref\":\"C\"}},\"d\":{\"b\":{\"Ref\":\"C\"}}}");
  }

  @Test
  void forEach_isUnrolled_alsoNested() {
    ObjectNode source =
        TemplateText.parse(
            """
            Transform: AWS::LanguageExtensions
            Parameters: {Names: {Type: CommaDelimitedList, Default: "one,two"}}
            Resources:
              Fn::ForEach::Queues:
                - Name
                - !Ref Names
                - Queue${Name}:
                    Type: AWS::SQS::Queue
                    Properties:
                      QueueName: !Sub "q-${Name}"
                      DelaySeconds: !Ref Name
            """);
    ObjectNode processed = transforms(source).apply(source);
    assertThat(processed.get("Resources").toString())
        .isEqualTo(
            "{\"Queueone\":{\"Type\":\"AWS::SQS::Queue\",\"Properties\":{\"QueueName\":"
                + "{\"Fn::Sub\":\"q-one\"},\"DelaySeconds\":\"one\"}},"
                + "\"Queuetwo\":{\"Type\":\"AWS::SQS::Queue\",\"Properties\":{\"QueueName\":"
                + "{\"Fn::Sub\":\"q-two\"},\"DelaySeconds\":\"two\"}}}");
  }

  @Test
  void otherTransforms_areRefusedByName() {
    ObjectNode source =
        TemplateText.parse("Transform: AWS::Serverless-2016-10-31\nResources: {}\n");
    assertThatThrownBy(() -> transforms(source).apply(source))
        .hasMessageContaining("the transform AWS::Serverless-2016-10-31");
  }

  private static Transforms transforms(ObjectNode source) {
    Map<String, JsonNode> names =
        ParameterValues.referenced(
            TemplateReader.parameters(source),
            ParameterValues.choose(
                TemplateReader.parameters(source), java.util.List.of(), Map.of()));
    var bare =
        new Template(
            source,
            null,
            TemplateReader.transforms(source),
            Map.of(),
            Json.object(),
            Json.object(),
            Json.object(),
            Map.of(),
            Map.of());
    return new Transforms(new Resolver(bare, names, new Named()), location -> Json.object());
  }

  private static JsonNode resolve(String expression) {
    ObjectNode source = TemplateText.parse(HEAD + "Metadata: {value: " + expression + "}\n");
    Template template = TemplateReader.read(source);
    var names =
        new LinkedHashMap<>(
            ParameterValues.referenced(
                template.parameters(),
                ParameterValues.choose(template.parameters(), java.util.List.of(), Map.of())));
    names.put("AWS::Region", Json.text("us-east-1"));
    JsonNode value =
        new Resolver(template, names, new Named()).resolve(source.get("Metadata").get("value"));
    return Objects.requireNonNull(value);
  }

  /** References that give themselves. */
  private static final class Named implements Resolver.References {
    @Override
    public JsonNode ref(String logicalId) {
      return Json.text("<" + logicalId + ">");
    }

    @Override
    public JsonNode attribute(String logicalId, String attribute) {
      return Json.text("<" + logicalId + "." + attribute + ">");
    }

    @Override
    public String imported(String export) {
      return "imported " + export;
    }
  }
}
