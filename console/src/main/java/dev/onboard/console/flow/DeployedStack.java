package dev.onboard.console.flow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.console.web.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.cloudformation.model.TemplateStage;

/**
 * A stack: what its template says of each resource, and what became of it.
 *
 * @param resources by logical id, in the order of the template
 */
record DeployedStack(String name, Map<String, Resource> resources) {

  /**
   * A resource that is there, or should be.
   *
   * @param name its physical id; empty if it was never made
   * @param status as CloudFormation says it
   */
  record Resource(
      String id, String type, JsonNode properties, String name, String status, String reason) {
    boolean is(String other) {
      return type.equals("AWS::" + other);
    }

    /** Not what a condition leaves out, what is still to come, or what is gone. */
    boolean isThere() {
      return !name.isEmpty() && !status.equals("DELETE_COMPLETE");
    }

    boolean hasFailed() {
      return status.contains("FAILED") || status.contains("ROLLBACK");
    }
  }

  static DeployedStack read(CloudFormationClient cloudFormation, String name) {
    JsonNode template =
        Json.read(
            cloudFormation
                .getTemplate(g -> g.stackName(name).templateStage(TemplateStage.PROCESSED))
                .templateBody());
    Map<String, StackResource> deployed =
        cloudFormation.describeStackResources(d -> d.stackName(name)).stackResources().stream()
            .collect(Collectors.toMap(StackResource::logicalResourceId, Function.identity()));
    var resources = new LinkedHashMap<String, Resource>();
    template
        .path("Resources")
        .properties()
        .forEach(entry -> {
          StackResource state = deployed.get(entry.getKey());
          if (state != null) {
            Resource resource = resource(entry.getKey(), entry.getValue(), state);
            if (resource.isThere() || resource.hasFailed()) {
              resources.put(entry.getKey(), resource);
            }
          }
        });
    return new DeployedStack(name, resources);
  }

  private static Resource resource(String id, JsonNode template, StackResource state) {
    return new Resource(
        id,
        template.path("Type").asText(),
        template.path("Properties"),
        Optional.ofNullable(state.physicalResourceId()).orElse(""),
        state.resourceStatusAsString(),
        Optional.ofNullable(state.resourceStatusReason()).orElse(""));
  }

  List<Resource> all(String type) {
    return resources.values().stream().filter(r -> r.is(type)).toList();
  }

  /** The resources that a value refers to, in whatever way, each once. */
  List<Resource> named(JsonNode value) {
    var names = new ArrayList<String>();
    References.collect(value, names::add);
    return names.stream().distinct().filter(resources::containsKey).map(resources::get).toList();
  }
}
