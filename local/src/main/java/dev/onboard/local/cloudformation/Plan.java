package dev.onboard.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.cloudformation.Template.OutputDeclaration;
import dev.onboard.local.cloudformation.Template.ResourceDeclaration;
import dev.onboard.local.cloudformation.provider.Provider;
import dev.onboard.local.cloudformation.provider.Providers;
import dev.onboard.local.cloudformation.provider.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A template with its parameters, wholly checked: what is to be created, in which order, and how
 * the properties of each resource come about.
 */
final class Plan {
  private final Template template;
  private final Map<String, String> tags;
  private final Map<String, JsonNode> names;
  private final Function<String, String> exports;
  private final Map<String, Step> steps = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final Set<String> imports = new LinkedHashSet<>();

  /** One resource of the plan. */
  record Step(
      ResourceDeclaration declaration,
      Provider provider,
      Set<String> dependencies,
      DeletionPolicy deletionPolicy,
      DeletionPolicy replacePolicy) {
    String id() {
      return declaration.logicalId();
    }
  }

  /**
   * Checks a template.
   *
   * @param names parameters and pseudo parameters
   * @param exports the value of an export; throws if there is none
   */
  Plan(
      Template template,
      Map<String, JsonNode> names,
      Map<String, String> tags,
      Function<String, String> exports) {
    this.template = template;
    this.names = names;
    this.tags = tags;
    this.exports = exports;
    checkTypes();
    checkNames();
    Rules.check(template, resolver(new Nothing()));
    order().forEach(s -> steps.put(s.id(), s));
    steps.values().forEach(this::checkProperties);
    template.outputs().values().forEach(this::checkOutput);
  }

  /** The resources, each after those that it depends on. */
  List<Step> steps() {
    return List.copyOf(steps.values());
  }

  @Nullable Step step(String logicalId) {
    return steps.get(logicalId);
  }

  /** What is wrong with properties, each naming resource and type; AWS finds it while deploying. */
  List<String> problems() {
    return problems;
  }

  /** The exports of other stacks that are used. */
  Set<String> imports() {
    return imports;
  }

  /** The canonical properties of a resource, given what the others are. */
  ObjectNode properties(Step step, Resolver.References resources) {
    return properties(step, resources, new ArrayList<>());
  }

  /** The outputs whose conditions hold, with their values. */
  Map<OutputDeclaration, Output> outputs(Resolver.References resources) {
    Resolver resolver = resolver(resources);
    var outputs = new LinkedHashMap<OutputDeclaration, Output>();
    for (OutputDeclaration output : template.outputs().values()) {
      if (resolver.holds(output.condition())) {
        JsonNode value = resolver.resolve(output.value());
        if (value == null || value.isContainerNode()) {
          throw Invalid.template(
              "Output "
                  + output.name()
                  + " is malformed. The Value field of every Outputs member"
                  + " must evaluate to a String.");
        }
        JsonNode export = output.exportName();
        outputs.put(
            output,
            new Output(
                value.asText(),
                export == null ? null : resolver.text(export, "the name of an export")));
      }
    }
    return outputs;
  }

  /** The value of an output, and the name under which it is exported if it is. */
  record Output(String value, @Nullable String exportName) {}

  private Resolver resolver(Resolver.References resources) {
    return new Resolver(
        template,
        names,
        new Resolver.References() {
          @Override
          public JsonNode ref(String logicalId) {
            return resources.ref(logicalId);
          }

          @Override
          public JsonNode attribute(String logicalId, String attribute) {
            return resources.attribute(logicalId, attribute);
          }

          @Override
          public String imported(String export) {
            imports.add(export);
            return exports.apply(export);
          }
        });
  }

  private void checkTypes() {
    var unknown = new TreeSet<String>();
    template.resources().values().stream()
        .map(ResourceDeclaration::type)
        .filter(t -> Providers.of(t) == null)
        .forEach(unknown::add);
    if (!unknown.isEmpty()) {
      throw Invalid.template(
          "Unrecognized resource types: " + unknown + ": the local runtime does not have them");
    }
  }

  private void checkNames() {
    var known = new LinkedHashSet<>(template.resources().keySet());
    known.addAll(names.keySet());
    known.add("AWS::NoValue");
    var unresolved = new TreeSet<String>();
    for (ResourceDeclaration resource : template.resources().values()) {
      unresolved.addAll(Dependencies.names(resource.properties()));
      unresolved.addAll(resource.dependsOn());
      checkCondition(resource.condition(), "Resources");
    }
    unresolved.removeAll(known);
    refuse(unresolved, "Resources");
    for (OutputDeclaration output : template.outputs().values()) {
      unresolved.addAll(Dependencies.names(output.value()));
      if (output.exportName() != null) {
        unresolved.addAll(Dependencies.names(output.exportName()));
      }
      checkCondition(output.condition(), "Outputs");
    }
    unresolved.removeAll(known);
    refuse(unresolved, "Outputs");
    unresolved.addAll(Dependencies.names(template.conditions()));
    unresolved.removeAll(names.keySet());
    refuse(unresolved, "Conditions");
    Resolver conditions = resolver(new Nothing());
    template.conditions().properties().forEach(e -> conditions.holds(e.getKey()));
  }

  private static void refuse(Set<String> unresolved, String block) {
    if (!unresolved.isEmpty()) {
      throw Invalid.template(
          "Unresolved resource dependencies "
              + unresolved
              + " in the "
              + block
              + " block of the template");
    }
  }

  private void checkCondition(@Nullable String condition, String block) {
    if (condition != null && !template.conditions().has(condition)) {
      throw Invalid.template(
          "Unresolved condition dependency "
              + condition
              + " in the "
              + block
              + " block of the template");
    }
  }

  private List<Step> order() {
    Resolver conditions = resolver(new Nothing());
    var found = new LinkedHashMap<String, Step>();
    for (ResourceDeclaration resource : template.resources().values()) {
      if (!conditions.holds(resource.condition())) {
        continue;
      }
      var asked = new Recording();
      Resolver resolver = resolver(asked);
      resolver.resolve(resource.properties());
      asked.names.addAll(resource.dependsOn());
      asked.names.removeIf(n ->
          !conditions.holds(template.resources().get(n).condition()) && dependsOnly(resource, n));
      found.put(
          resource.logicalId(),
          new Step(
              resource,
              java.util.Objects.requireNonNull(Providers.of(resource.type())),
              asked.names,
              policy(resolver, resource, resource.deletionPolicy(), "DeletionPolicy"),
              policy(resolver, resource, resource.updateReplacePolicy(), "UpdateReplacePolicy")));
    }
    var dependencies = new LinkedHashMap<String, Set<String>>();
    found.values().forEach(s -> dependencies.put(s.id(), s.dependencies()));
    for (var entry : dependencies.entrySet()) {
      var absent = new TreeSet<>(entry.getValue());
      absent.removeAll(found.keySet());
      refuse(absent, "Resources");
    }
    return Dependencies.order(dependencies).stream().map(found::get).toList();
  }

  /**
   * DependsOn a resource whose condition does not hold means nothing; a reference to it is wrong.
   */
  private static boolean dependsOnly(ResourceDeclaration resource, String name) {
    return resource.dependsOn().contains(name)
        && !Dependencies.names(resource.properties()).contains(name);
  }

  private DeletionPolicy policy(
      Resolver resolver, ResourceDeclaration resource, @Nullable JsonNode node, String member) {
    if (node == null) {
      return DeletionPolicy.DELETE;
    }
    if (!node.isTextual() && !template.hasLanguageExtensions()) {
      throw Invalid.template("Every " + member + " member must be a string.");
    }
    return DeletionPolicy.of(resolver.text(node, member), member, resource);
  }

  private void checkProperties(Step step) {
    var found = new ArrayList<String>();
    properties(step, new Recording(), found);
    if (!found.isEmpty()) {
      problems.add(
          "Properties validation failed for resource "
              + step.id()
              + " ("
              + step.provider().type()
              + ") with message:\n"
              + String.join("\n", found));
    }
  }

  private void checkOutput(OutputDeclaration output) {
    Resolver resolver = resolver(new Recording());
    if (resolver.holds(output.condition())) {
      var absent = new TreeSet<>(Dependencies.names(output.value()));
      absent.retainAll(template.resources().keySet());
      absent.removeAll(steps.keySet());
      refuse(absent, "Outputs");
      resolver.resolve(output.value());
    }
  }

  private ObjectNode properties(Step step, Resolver.References resources, List<String> found) {
    JsonNode resolved = resolver(resources).resolve(step.declaration().properties());
    ObjectNode properties = resolved instanceof ObjectNode object ? object : Json.object();
    return step.provider().properties().normalise(tagged(step, properties), "#", found);
  }

  /** The stack's tags go to every resource that can have tags, under the resource's own. */
  private ObjectNode tagged(Step step, ObjectNode properties) {
    JsonNode own = properties.path("Tags");
    if (tags.isEmpty()
        || !step.provider().properties().members().containsKey("Tags")
        || !(own.isMissingNode() || own.isArray())) {
      return properties;
    }
    var all = new LinkedHashMap<String, JsonNode>();
    tags.forEach((k, v) -> all.put(k, Json.object().put("Key", k).put("Value", v)));
    own.forEach(t -> all.put(t.path("Key").asText(), t));
    ArrayNode merged = Json.array();
    all.values().forEach(merged::add);
    properties.set("Tags", merged);
    return properties;
  }

  /** Knows no resource: for what must not refer to any. */
  private static final class Nothing implements Resolver.References {
    @Override
    public JsonNode ref(String logicalId) {
      throw Invalid.template(
          "Unresolved dependencies ["
              + logicalId
              + "]. Cannot reference resources in the"
              + " Conditions block of the template");
    }

    @Override
    public JsonNode attribute(String logicalId, String attribute) {
      return ref(logicalId);
    }

    @Override
    public String imported(String export) {
      throw Invalid.template("Fn::ImportValue cannot be used in conditions");
    }
  }

  /** Knows what could be known of resources before they are, and notes which were asked for. */
  private final class Recording implements Resolver.References {
    private final Set<String> names = new LinkedHashSet<>();

    @Override
    public JsonNode ref(String logicalId) {
      names.add(logicalId);
      return Unknown.of(logicalId);
    }

    @Override
    public JsonNode attribute(String logicalId, String attribute) {
      ResourceDeclaration resource = template.resources().get(logicalId);
      if (resource == null) {
        throw Invalid.expression(
            "instance of Fn::GetAtt references undefined resource " + logicalId);
      }
      Provider provider = java.util.Objects.requireNonNull(Providers.of(resource.type()));
      if (!provider.attributes().contains(attribute)) {
        throw Invalid.expression(
            "resource "
                + logicalId
                + " does not support attribute type "
                + attribute
                + " in Fn::GetAtt");
      }
      names.add(logicalId);
      return Unknown.of(logicalId + "." + attribute);
    }

    @Override
    public String imported(String export) {
      throw new IllegalStateException("imports are resolved before");
    }
  }
}
