package dev.onboard.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates of other projects: what cannot be told is not found fault with. */
class ForeignTemplatesTest {
  private static final String RULE =
      """
      Resources:
        Bus: { Type: AWS::Events::EventBus, Properties: { Name: shop } }
        Shop:
          Type: AWS::EventSchemas::Schema
          Properties:
            RegistryName: shop
            SchemaName: shop@OrderPlaced
            Type: JSONSchemaDraft4
            Content: '%s'
        Orders:
          Type: AWS::Events::Rule%s
          Properties:
            EventBusName: !Ref Bus
            EventPattern: %s
      """;
  private static final String SCHEMA =
      """
      {"type":"object","properties":{"total":{"type":"integer","minimum":0},\
      "lines":{"type":"array","items":{"type":"object","properties":{"sku":{"type":"string"}}}},\
      "by":{"$ref":"#/definitions/by"}},"definitions":{"by":{"enum":["web","shop"]}}}\
      """;

  @TempDir Path folder;

  @Test
  void whatCannotBeTold_isNotFoundFaultWith() {
    Path template = Path.of("src/test/resources/foreign/orders.yaml");
    assertThat(Check.of(template)).isEmpty();
  }

  @Test
  void schemaInTheTemplate_isHeldToThePattern() throws IOException {
    assertThat(
            rule("", "{ source: [shop], detail: { total: [1], lines: { sku: [a] }, by: [web] } }"))
        .isEmpty();
    assertThat(rule("", "{ source: [shop], detail: { by: [Web] } }"))
        .extracting(Finding::code, Finding::line)
        .containsExactly(tuple(Code.PATTERN_CASE_DIFFERS, 14));
    assertThat(rule("", "{ source: [shop], detail: { lines: { sku: [7] } } }"))
        .extracting(Finding::code)
        .containsExactly(Code.PATTERN_TYPE_IMPOSSIBLE);
    assertThat(rule("", "{ source: [shop], detail: { total: [{ numeric: ['<', 0] }] } }"))
        .extracting(Finding::code)
        .containsExactly(Code.PATTERN_VALUE_IMPOSSIBLE);
  }

  @Test
  void macroThatMakesResources_leavesMissingOnesOpen() throws IOException {
    Path template = folder.resolve("sam.yaml");
    Files.writeString(
        template,
        """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Function: { Type: AWS::Serverless::Function, Properties: { Handler: a.b } }
          Orders:
            Type: AWS::Events::Rule
            Properties:
              EventPattern: { sorce: [shop] }
              Targets: [{ Id: f, Arn: !GetAtt FunctionAliaslive.Arn }]
        """);
    assertThat(Check.of(template))
        .extracting(Finding::code)
        .containsExactly(Code.PATTERN_FIELD_ABSENT);
  }

  @Test
  void metadata_allowsWhatIsMeant() throws IOException {
    String allowed = "\n    Metadata: { Check: { Allow: [pattern-case-differs] } }";
    assertThat(rule(allowed, "{ source: [shop], detail: { by: [Web] } }")).isEmpty();
  }

  @Test
  void patternForOtherSources_isNotHeldToTheSchema() throws IOException {
    assertThat(
            rule(
                "\n    Metadata: { Check: { Allow: [event-unconsumed] } }",
                "{ source: [warehouse], detail: { any: [{ exists: true }] } }"))
        .extracting(Finding::code)
        .containsOnly(Code.EVENT_UNCONSUMED);
  }

  private List<Finding> rule(String metadata, String pattern) throws IOException {
    Path template = folder.resolve("shop.yaml");
    Files.writeString(template, RULE.formatted(SCHEMA, metadata, pattern));
    return Check.of(template);
  }
}
