package dev.onboard.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A template whose form is right; what its references mean is not looked at yet.
 *
 * @param source the whole tree
 * @param transforms what it declares under {@code Transform}
 */
record Template(
    ObjectNode source,
    @Nullable String description,
    List<String> transforms,
    Map<String, ParameterDeclaration> parameters,
    ObjectNode mappings,
    ObjectNode conditions,
    ObjectNode rules,
    Map<String, ResourceDeclaration> resources,
    Map<String, OutputDeclaration> outputs) {

  static final String LANGUAGE_EXTENSIONS = "AWS::LanguageExtensions";

  boolean hasLanguageExtensions() {
    return transforms.contains(LANGUAGE_EXTENSIONS);
  }

  /** A resource as declared. */
  record ResourceDeclaration(
      String logicalId,
      String type,
      ObjectNode properties,
      @Nullable String condition,
      List<String> dependsOn,
      @Nullable JsonNode deletionPolicy,
      @Nullable JsonNode updateReplacePolicy,
      @Nullable JsonNode metadata) {}

  /** An output as declared. */
  record OutputDeclaration(
      String name,
      @Nullable String description,
      JsonNode value,
      @Nullable JsonNode exportName,
      @Nullable String condition) {}
}
