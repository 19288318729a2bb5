package dev.onboard.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateSummaryResponse;
import software.amazon.awssdk.services.cloudformation.model.TemplateParameter;
import software.amazon.awssdk.services.cloudformation.model.ValidateTemplateResponse;

/** What can be said of a template that is not deployed. */
final class Summaries {
  private Summaries() {}

  static GetTemplateSummaryResponse summary(ObjectNode source) {
    Template template = TemplateReader.read(source);
    JsonNode metadata = source.path("Metadata");
    return GetTemplateSummaryResponse.builder()
        .description(template.description())
        .parameters(
            template.parameters().values().stream()
                .map(p ->
                    software.amazon.awssdk.services.cloudformation.model.ParameterDeclaration
                        .builder()
                        .parameterKey(p.name())
                        .parameterType(p.type())
                        .defaultValue(p.defaultValue())
                        .description(p.description())
                        .noEcho(p.noEcho())
                        .parameterConstraints(c -> c.allowedValues(p.allowedValues()))
                        .build())
                .toList())
        .capabilitiesWithStrings(capabilities(template))
        .capabilitiesReason(Capabilities.reason(template))
        .resourceTypes(
            template.resources().values().stream().map(r -> r.type()).distinct().toList())
        .version(version(source))
        .metadata(metadata.isMissingNode() ? null : metadata.toString())
        .declaredTransforms(template.transforms())
        .build();
  }

  /**
   * The answer to a template whose form is right and whose references are all to something.
   *
   * @throws RuntimeException AWS's error if one is not
   */
  static ValidateTemplateResponse validation(ObjectNode source) {
    Template template = TemplateReader.read(source);
    return ValidateTemplateResponse.builder()
        .description(template.description())
        .parameters(
            template.parameters().values().stream()
                .map(p ->
                    TemplateParameter.builder()
                        .parameterKey(p.name())
                        .defaultValue(p.defaultValue())
                        .description(p.description())
                        .noEcho(p.noEcho())
                        .build())
                .toList())
        .capabilitiesWithStrings(capabilities(template))
        .capabilitiesReason(Capabilities.reason(template))
        .declaredTransforms(template.transforms())
        .build();
  }

  private static List<String> capabilities(Template template) {
    return Stream.ofNullable(Capabilities.needed(template)).toList();
  }

  private static @Nullable String version(ObjectNode source) {
    JsonNode version = source.path("AWSTemplateFormatVersion");
    return version.isMissingNode() ? null : version.asText();
  }
}
