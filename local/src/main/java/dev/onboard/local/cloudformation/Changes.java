package dev.onboard.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.cloudformation.Plan.Step;
import dev.onboard.local.cloudformation.Template.ResourceDeclaration;
import dev.onboard.local.cloudformation.provider.Unknown;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.ChangeSource;
import software.amazon.awssdk.services.cloudformation.model.ChangeType;
import software.amazon.awssdk.services.cloudformation.model.EvaluationType;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.RequiresRecreation;
import software.amazon.awssdk.services.cloudformation.model.ResourceAttribute;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.ResourceChangeDetail;

/** What a plan would change of a stack, found without changing anything. */
final class Changes implements Resolver.References {
  private final Plan plan;
  private final Map<String, ResourceRecord> existing = new LinkedHashMap<>();
  private final @Nullable Template before;
  private final Map<String, String> oldParameters;
  private final Map<String, String> newParameters;
  private final Set<String> anew = new HashSet<>();

  private Changes(Plan plan, List<ResourceRecord> existing, @Nullable Target before, Target after) {
    this.plan = plan;
    existing.stream()
        .filter(ResourceRecord::isThere)
        .forEach(r -> this.existing.put(r.logicalId(), r));
    this.before = before == null ? null : before.read();
    this.oldParameters = before == null ? Map.of() : before.parameters();
    this.newParameters = after.parameters();
  }

  /**
   * What would change.
   *
   * @param resources the changes of resources
   * @param any whether anything at all would change, an output or a tag included
   */
  record Found(List<Change> resources, boolean any) {}

  static Found of(Plan plan, List<ResourceRecord> existing, StackRecord stack, Target after) {
    var changes = new Changes(plan, existing, stack.target(), after);
    List<Change> resources = changes.all();
    Target before = stack.target();
    boolean any =
        !resources.isEmpty()
            || before == null
            || !before.tags().equals(after.tags())
            || !changes.outputs().equals(stack.outputs());
    return new Found(resources, any);
  }

  private List<StackRecord.OutputValue> outputs() {
    var outputs = new ArrayList<StackRecord.OutputValue>();
    plan.outputs(this)
        .forEach((declared, output) ->
            outputs.add(
                new StackRecord.OutputValue(
                    declared.name(), output.value(), declared.description(), output.exportName())));
    return outputs;
  }

  private List<Change> all() {
    var changes = new ArrayList<ResourceChange>();
    for (Step step : plan.steps()) {
      ResourceRecord resource = existing.get(step.id());
      if (resource == null) {
        anew.add(step.id());
        changes.add(
            ResourceChange.builder()
                .action(ChangeAction.ADD)
                .logicalResourceId(step.id())
                .resourceType(step.provider().type())
                .scope(List.of())
                .details(List.of())
                .build());
      } else {
        modification(step, resource).ifPresent(changes::add);
      }
    }
    existing.values().stream()
        .filter(r -> plan.step(r.logicalId()) == null)
        .forEach(r ->
            changes.add(
                ResourceChange.builder()
                    .action(ChangeAction.REMOVE)
                    .logicalResourceId(r.logicalId())
                    .physicalResourceId(r.physicalId())
                    .resourceType(r.type())
                    .policyAction(r.deletionPolicy() == DeletionPolicy.DELETE ? "Delete" : "Retain")
                    .scope(List.of())
                    .details(List.of())
                    .build()));
    return changes.stream()
        .map(c -> Change.builder().type(ChangeType.RESOURCE).resourceChange(c).build())
        .toList();
  }

  private java.util.Optional<ResourceChange> modification(Step step, ResourceRecord resource) {
    ObjectNode now = plan.properties(step, this);
    var details = new ArrayList<ResourceChangeDetail>();
    boolean always = false;
    boolean perhaps = false;
    var names = new LinkedHashSet<String>();
    resource.properties().properties().forEach(e -> names.add(e.getKey()));
    now.properties().forEach(e -> names.add(e.getKey()));
    for (String name : names) {
      JsonNode old = resource.properties().path(name);
      JsonNode current = now.path(name);
      if (old.equals(current)) {
        continue;
      }
      boolean replaces =
          step.provider()
              .properties()
              .replaces(Json.object().set(name, old), Json.object().set(name, current));
      boolean known = !Unknown.in(current);
      always |= replaces && known;
      perhaps |= replaces && !known;
      details.addAll(details(step, name, replaces, known));
    }
    List<ResourceAttribute> scope = new ArrayList<>(scope(details));
    declarationChanges(step, resource, scope, details);
    if (details.isEmpty()) {
      return java.util.Optional.empty();
    }
    if (always || perhaps) {
      anew.add(step.id());
    }
    return java.util.Optional.of(
        ResourceChange.builder()
            .action(ChangeAction.MODIFY)
            .logicalResourceId(step.id())
            .physicalResourceId(resource.physicalId())
            .resourceType(step.provider().type())
            .replacement(
                always ? Replacement.TRUE : perhaps ? Replacement.CONDITIONAL : Replacement.FALSE)
            .scope(scope)
            .details(details)
            .build());
  }

  private static List<ResourceAttribute> scope(List<ResourceChangeDetail> details) {
    return details.stream().map(d -> d.target().attribute()).distinct().toList();
  }

  /** The metadata and the policies of a resource change without its service being asked. */
  private void declarationChanges(
      Step step,
      ResourceRecord resource,
      List<ResourceAttribute> scope,
      List<ResourceChangeDetail> details) {
    ResourceDeclaration old = before == null ? null : before.resources().get(step.id());
    if (old != null && !Objects.equals(old.metadata(), step.declaration().metadata())) {
      declared(ResourceAttribute.METADATA, scope, details);
    }
    if (resource.deletionPolicy() != step.deletionPolicy()) {
      declared(ResourceAttribute.DELETION_POLICY, scope, details);
    }
    if (resource.replacePolicy() != step.replacePolicy()) {
      declared(ResourceAttribute.UPDATE_REPLACE_POLICY, scope, details);
    }
  }

  private static void declared(
      ResourceAttribute attribute,
      List<ResourceAttribute> scope,
      List<ResourceChangeDetail> details) {
    scope.add(attribute);
    details.add(
        ResourceChangeDetail.builder()
            .target(t -> t.attribute(attribute).requiresRecreation(RequiresRecreation.NEVER))
            .evaluation(EvaluationType.STATIC)
            .changeSource(ChangeSource.DIRECT_MODIFICATION)
            .build());
  }

  /** One detail for each thing that makes a property change. */
  private List<ResourceChangeDetail> details(
      Step step, String name, boolean replaces, boolean known) {
    JsonNode expression = step.declaration().properties().path(name);
    ResourceDeclaration old = before == null ? null : before.resources().get(step.id());
    var details = new ArrayList<ResourceChangeDetail>();
    if (old != null && old.properties().path(name).equals(expression)) {
      for (String reference : Dependencies.names(expression)) {
        if (newParameters.containsKey(reference)
            && !Objects.equals(newParameters.get(reference), oldParameters.get(reference))) {
          details.add(detail(name, replaces, true, ChangeSource.PARAMETER_REFERENCE, reference));
        } else if (anew.contains(reference)) {
          details.add(detail(name, replaces, false, ChangeSource.RESOURCE_REFERENCE, reference));
        }
      }
    }
    if (details.isEmpty()) {
      details.add(detail(name, replaces, known, ChangeSource.DIRECT_MODIFICATION, null));
    }
    return details;
  }

  private static ResourceChangeDetail detail(
      String name, boolean replaces, boolean known, ChangeSource source, @Nullable String cause) {
    boolean tags = name.equals("Tags");
    return ResourceChangeDetail.builder()
        .target(t ->
            t.attribute(tags ? ResourceAttribute.TAGS : ResourceAttribute.PROPERTIES)
                .name(tags ? null : name)
                .requiresRecreation(
                    replaces
                        ? known ? RequiresRecreation.ALWAYS : RequiresRecreation.CONDITIONALLY
                        : RequiresRecreation.NEVER))
        .evaluation(known ? EvaluationType.STATIC : EvaluationType.DYNAMIC)
        .changeSource(source)
        .causingEntity(cause)
        .build();
  }

  @Override
  public JsonNode ref(String logicalId) {
    ResourceRecord resource = existing.get(logicalId);
    return resource == null || anew.contains(logicalId)
        ? Unknown.of(logicalId)
        : Json.text(resource.physical().id());
  }

  @Override
  public JsonNode attribute(String logicalId, String attribute) {
    ResourceRecord resource = existing.get(logicalId);
    String value = resource == null ? null : resource.attributes().get(attribute);
    return value == null || anew.contains(logicalId)
        ? Unknown.of(logicalId + "." + attribute)
        : Json.text(value);
  }

  @Override
  public String imported(String export) {
    throw new IllegalStateException("imports are resolved before");
  }
}
