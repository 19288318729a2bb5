package dev.onboard.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.cloudformation.Template.OutputDeclaration;
import dev.onboard.local.cloudformation.Template.ResourceDeclaration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the form of a template and takes it apart. */
final class TemplateReader {
  private static final Set<String> SECTIONS =
      Set.of(
          "AWSTemplateFormatVersion",
          "Description",
          "Metadata",
          "Parameters",
          "Rules",
          "Mappings",
          "Conditions",
          "Transform",
          "Resources",
          "Outputs");
  private static final Set<String> RESOURCE_MEMBERS =
      Set.of(
          "Type",
          "Properties",
          "DependsOn",
          "Condition",
          "DeletionPolicy",
          "UpdateReplacePolicy",
          "Metadata");
  private static final Set<String> OUTPUT_MEMBERS =
      Set.of("Description", "Value", "Export", "Condition");
  private static final int RESOURCES_LIMIT = 500;
  private static final int OUTPUTS_LIMIT = 200;

  private final ObjectNode source;

  private TemplateReader(ObjectNode source) {
    this.source = source;
  }

  static Template read(ObjectNode source) {
    return new TemplateReader(source).template();
  }

  /** The parameters alone, which must be known before the rest can be transformed. */
  static Map<String, ParameterDeclaration> parameters(ObjectNode source) {
    var declarations = new LinkedHashMap<String, ParameterDeclaration>();
    new TemplateReader(source)
        .section("Parameters")
        .properties()
        .forEach(
            e -> declarations.put(e.getKey(), ParameterDeclaration.of(e.getKey(), e.getValue())));
    return declarations;
  }

  static List<String> transforms(ObjectNode source) {
    JsonNode transform = source.path("Transform");
    var names = new ArrayList<String>();
    for (JsonNode each : transform.isArray() ? transform : Json.array().add(transform)) {
      if (each.isTextual()) {
        names.add(each.textValue());
      } else if (each.isObject()) {
        names.add(each.path("Name").asText());
      }
    }
    return names;
  }

  private Template template() {
    List<String> unknown =
        source.properties().stream()
            .map(Map.Entry::getKey)
            .filter(k -> !SECTIONS.contains(k))
            .toList();
    if (unknown.contains("Hooks")) {
      throw Invalid.unsupported("template", "the section Hooks");
    }
    if (!unknown.isEmpty()) {
      throw Invalid.request("Invalid template property or properties " + unknown);
    }
    JsonNode version = source.path("AWSTemplateFormatVersion");
    if (!version.isMissingNode() && !version.asText().equals("2010-09-09")) {
      throw Invalid.template(
          version.asText() + " is not a supported value for AWSTemplateFormatVersion.");
    }
    JsonNode description = source.path("Description");
    if (!description.isMissingNode() && !description.isTextual()) {
      throw Invalid.template("Description must be a string.");
    }
    source.properties().stream()
        .filter(e -> !e.getKey().equals("Metadata"))
        .forEach(e -> refuseNulls(e.getValue(), "/" + e.getKey()));
    return new Template(
        source,
        description.isMissingNode() ? null : description.textValue(),
        transforms(source),
        parameters(source),
        mappings(),
        section("Conditions"),
        section("Rules"),
        resources(),
        outputs());
  }

  private ObjectNode section(String name) {
    JsonNode section = source.path(name);
    if (section.isMissingNode()) {
      return Json.object();
    } else if (section instanceof ObjectNode object) {
      return object;
    }
    throw Invalid.template("Any " + name + " member must be an object.");
  }

  private static void refuseNulls(JsonNode node, String path) {
    if (node.isNull()) {
      throw Invalid.template("[" + path + "] 'null' values are not allowed in templates");
    } else if (node.isObject()) {
      node.properties().forEach(e -> refuseNulls(e.getValue(), path + "/" + e.getKey()));
    } else {
      for (int i = 0; i < node.size(); i++) {
        refuseNulls(node.get(i), path + "/" + i);
      }
    }
  }

  private ObjectNode mappings() {
    ObjectNode mappings = section("Mappings");
    mappings
        .properties()
        .forEach(m -> {
          for (JsonNode top : m.getValue()) {
            if (!top.isObject()) {
              throw Invalid.template(
                  "Every Mappings attribute must be a map of maps: " + m.getKey());
            }
          }
        });
    return mappings;
  }

  private Map<String, ResourceDeclaration> resources() {
    ObjectNode section = section("Resources");
    if (section.isEmpty()) {
      throw Invalid.template("At least one Resources member must be defined.");
    }
    if (section.size() > RESOURCES_LIMIT) {
      throw Invalid.template(
          "Number of resources, "
              + section.size()
              + ", is greater than maximum allowed, "
              + RESOURCES_LIMIT);
    }
    var resources = new LinkedHashMap<String, ResourceDeclaration>();
    section
        .properties()
        .forEach(e -> resources.put(e.getKey(), resource(e.getKey(), e.getValue())));
    return resources;
  }

  private static ResourceDeclaration resource(String id, JsonNode node) {
    if (!id.matches("[A-Za-z0-9]+")) {
      throw Invalid.template("Resource name " + id + " is non alphanumeric.");
    }
    if (!node.isObject()) {
      throw Invalid.template("[/Resources/" + id + "] resource definition is malformed");
    }
    if (!node.path("Type").isTextual()) {
      throw Invalid.template(
          "[/Resources/" + id + "] Every Resources object must contain a Type member.");
    }
    String type = node.path("Type").textValue();
    for (var member : node.properties()) {
      switch (member.getKey()) {
        case "CreationPolicy", "UpdatePolicy" ->
            throw Invalid.unsupported(
                "template", member.getKey() + " of resource " + id + " (" + type + ")");
        default -> {
          if (!RESOURCE_MEMBERS.contains(member.getKey())) {
            throw Invalid.request("Invalid template resource property '" + member.getKey() + "'");
          }
        }
      }
    }
    JsonNode properties = node.path("Properties");
    if (!properties.isMissingNode() && !properties.isObject()) {
      throw Invalid.template("[/Resources/" + id + "/Properties] must be an object");
    }
    return new ResourceDeclaration(
        id,
        type,
        properties instanceof ObjectNode object ? object : Json.object(),
        text(node, "Condition"),
        dependsOn(id, node.path("DependsOn")),
        node.get("DeletionPolicy"),
        node.get("UpdateReplacePolicy"),
        node.get("Metadata"));
  }

  private static List<String> dependsOn(String id, JsonNode node) {
    var names = new ArrayList<String>();
    for (JsonNode each : node.isArray() ? node : Json.array().add(node)) {
      if (each.isTextual()) {
        names.add(each.textValue());
      } else if (!each.isMissingNode() && !each.isNull()) {
        throw Invalid.template("DependsOn of " + id + " must be a string or a list of strings.");
      }
    }
    return names;
  }

  private Map<String, OutputDeclaration> outputs() {
    ObjectNode section = section("Outputs");
    if (section.size() > OUTPUTS_LIMIT) {
      throw Invalid.template(
          "Number of outputs, "
              + section.size()
              + ", is greater than maximum allowed, "
              + OUTPUTS_LIMIT);
    }
    var outputs = new LinkedHashMap<String, OutputDeclaration>();
    section.properties().forEach(e -> outputs.put(e.getKey(), output(e.getKey(), e.getValue())));
    return outputs;
  }

  private static OutputDeclaration output(String name, JsonNode node) {
    if (!name.matches("[A-Za-z0-9]+")) {
      throw Invalid.template("Output name " + name + " is non alphanumeric.");
    }
    if (!node.isObject() || !node.has("Value")) {
      throw Invalid.template("Every Outputs member must contain a Value object");
    }
    for (var member : node.properties()) {
      if (!OUTPUT_MEMBERS.contains(member.getKey())) {
        throw Invalid.request("Invalid template output property '" + member.getKey() + "'");
      }
    }
    JsonNode export = node.path("Export");
    if (!export.isMissingNode() && !export.has("Name")) {
      throw Invalid.template("Output " + name + " is malformed: Export must contain a Name");
    }
    return new OutputDeclaration(
        name,
        text(node, "Description"),
        node.get("Value"),
        export.get("Name"),
        text(node, "Condition"));
  }

  private static @Nullable String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isValueNode() && !value.isNull() && !value.isMissingNode() ? value.asText() : null;
  }
}
