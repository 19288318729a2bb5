package dev.onboard.console.stack;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;

/** A deployed stack: what it put out, and what its resources are called. */
public final class Stack {
  /** The name that it has unless somebody gives it another. */
  public static final String USUAL_NAME = "onboard";

  private static final Pattern LAST_PART = Pattern.compile(".*[/:|]");

  private final String name;
  private final Map<String, String> outputs;
  private final Map<String, Resource> resources;

  private Stack(String name, Map<String, String> outputs, Map<String, Resource> resources) {
    this.name = name;
    this.outputs = outputs;
    this.resources = resources;
  }

  /** A resource by its type and its physical id. */
  private record Resource(String type, String id) {
    boolean isCalled(String other) {
      return id.equals(other) || LAST_PART.matcher(id).replaceFirst("").equals(other);
    }
  }

  /** The stack of a name, if it is deployed. */
  public static Optional<Stack> find(CloudFormationClient cloudFormation, String name) {
    var outputs = new LinkedHashMap<String, String>();
    var resources = new LinkedHashMap<String, Resource>();
    try {
      cloudFormation
          .describeStacks(d -> d.stackName(name))
          .stacks()
          .getFirst()
          .outputs()
          .forEach(o -> outputs.put(o.outputKey(), o.outputValue()));
      cloudFormation
          .listStackResourcesPaginator(l -> l.stackName(name))
          .stackResourceSummaries()
          .stream()
          .filter(r -> r.physicalResourceId() != null)
          .forEach(r ->
              resources.put(
                  r.logicalResourceId(), new Resource(r.resourceType(), r.physicalResourceId())));
    } catch (CloudFormationException e) {
      if (String.valueOf(e.awsErrorDetails().errorMessage()).contains("does not exist")) {
        return Optional.empty();
      }
      throw e;
    }
    return Optional.of(new Stack(name, outputs, resources));
  }

  /**
   * An output.
   *
   * @throws IllegalStateException if the stack has none of that name
   */
  public String output(String output) {
    return said(outputs.get(output), "output " + output);
  }

  /**
   * The physical id of a resource.
   *
   * @param logical its name in the template
   * @throws IllegalStateException if the stack has none of that name
   */
  public String resource(String logical) {
    Resource resource = resources.get(logical);
    return said(resource == null ? null : resource.id, "resource " + logical);
  }

  private String said(@Nullable String value, String what) {
    if (value == null) {
      throw new IllegalStateException(
          "the stack " + name + " has no " + what + "; deploy it again");
    }
    return value;
  }

  /**
   * What the template calls a resource; what it is called itself if it is none of the stack.
   *
   * @param type such as {@code AWS::SQS::Queue}
   * @param resource its physical id, or the end of that if it is an ARN or a URL
   */
  public String nameOf(String type, String resource) {
    return resources.entrySet().stream()
        .filter(r -> r.getValue().type.equals(type) && r.getValue().isCalled(resource))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(resource);
  }
}
