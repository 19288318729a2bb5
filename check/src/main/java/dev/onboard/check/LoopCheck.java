package dev.onboard.check;

import dev.onboard.check.doc.Tree;
import dev.onboard.check.event.Box;
import dev.onboard.check.stack.Resource;
import dev.onboard.check.workflow.Call;
import dev.onboard.check.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds rules of which a target leads back to the rule's own events. */
final class LoopCheck {
  private static final String[] FUNCTIONS = {
    "AWS::Lambda::Function", "AWS::Lambda::Alias", "AWS::Lambda::Version"
  };
  private static final String[] TARGETS = {
    "AWS::Lambda::Function",
    "AWS::Lambda::Alias",
    "AWS::Lambda::Version",
    "AWS::Events::EventBus",
    "AWS::StepFunctions::StateMachine",
    "AWS::SQS::Queue",
    "AWS::SNS::Topic"
  };

  private final Project project;
  private final Publications publications;
  private final Findings findings;
  private final Map<Rule, List<Rule>> next = new HashMap<>();

  LoopCheck(Project project, Publications publications, Findings findings) {
    this.project = project;
    this.publications = publications;
    this.findings = findings;
  }

  void check() {
    project.rules().forEach(rule -> next.put(rule, next(rule)));
    var told = new HashSet<Set<Rule>>();
    for (Rule rule : project.rules()) {
      List<Rule> loop = loop(rule);
      if (!loop.isEmpty() && told.add(Set.copyOf(loop))) {
        var way = new ArrayList<>(loop.stream().map(Rule::id).toList());
        way.add(rule.id());
        findings.add(
            Code.EVENT_LOOP,
            rule.resource(),
            rule.targets().isEmpty() ? rule.resource().place() : rule.targets().getFirst().place(),
            "what this target causes leads back to the rule: " + String.join(" -> ", way),
            "Narrow a pattern on the way, or publish another event.");
      }
    }
  }

  /** The shortest way from a rule back to it; empty if there is none. */
  private List<Rule> loop(Rule start) {
    var ways = new ArrayList<List<Rule>>(List.of(List.of(start)));
    var seen = new HashSet<Rule>();
    for (int i = 0; i < ways.size(); i++) {
      List<Rule> way = ways.get(i);
      for (Rule rule : next.getOrDefault(way.getLast(), List.of())) {
        if (rule.equals(start)) {
          return way;
        }
        if (seen.add(rule)) {
          ways.add(Stream.concat(way.stream(), Stream.of(rule)).toList());
        }
      }
    }
    return List.of();
  }

  /** The rules that events match which a rule's targets cause. */
  private List<Rule> next(Rule rule) {
    var caused = new ArrayList<Emission>();
    for (Tree target : rule.targets()) {
      target
          .at("Arn")
          .flatMap(arn -> project.resource(arn, TARGETS))
          .ifPresent(resource -> caused(rule, resource, new LinkedHashSet<>(), caused));
    }
    return project.rules().stream()
        .filter(other -> other.pattern().isPresent())
        .filter(other -> caused.stream().anyMatch(e -> takes(other, e)))
        .toList();
  }

  private static boolean takes(Rule rule, Emission emission) {
    return rule.bus().equals(emission.bus())
        && !rule.bus().equals(Rule.UNKNOWN_BUS)
        && rule.pattern().orElseThrow().meets(emission.shape());
  }

  private void caused(Rule rule, Resource target, Set<Resource> seen, List<Emission> caused) {
    if (!seen.add(target)) {
      return;
    }
    switch (target.type()) {
      case "AWS::Events::EventBus" -> {
        List<Box> boxes = rule.pattern().map(p -> p.boxes()).orElse(List.of());
        boxes.forEach(box -> caused.add(new Emission(target.id(), box, "", rule.id())));
      }
      case "AWS::Lambda::Function" -> caused.addAll(publications.of(target));
      case "AWS::Lambda::Alias", "AWS::Lambda::Version" ->
          follow(rule, target.properties().at("FunctionName").stream(), seen, caused);
      case "AWS::StepFunctions::StateMachine" -> machine(rule, target, seen, caused);
      case "AWS::SQS::Queue" ->
          follow(
              rule,
              project.template().resources("AWS::Lambda::EventSourceMapping").stream()
                  .filter(mapping -> is(mapping.properties().at("EventSourceArn"), target))
                  .flatMap(mapping -> mapping.properties().at("FunctionName").stream()),
              seen,
              caused);
      case "AWS::SNS::Topic" ->
          follow(
              rule,
              project.template().resources("AWS::SNS::Subscription").stream()
                  .filter(subscription -> is(subscription.properties().at("TopicArn"), target))
                  .flatMap(subscription -> subscription.properties().at("Endpoint").stream()),
              seen,
              caused);
      default -> throw new IllegalStateException(target.type());
    }
  }

  private void follow(Rule rule, Stream<Tree> targets, Set<Resource> seen, List<Emission> caused) {
    targets
        .flatMap(target -> project.resource(target, TARGETS).stream())
        .forEach(target -> caused(rule, target, seen, caused));
  }

  private boolean is(java.util.Optional<Tree> value, Resource resource) {
    return value
        .flatMap(v -> project.resource(v, resource.type()))
        .filter(resource::equals)
        .isPresent();
  }

  private void machine(Rule rule, Resource machine, Set<Resource> seen, List<Emission> caused) {
    for (Workflow workflow : project.workflows()) {
      if (workflow.resource().equals(machine)) {
        caused.addAll(publications.of(workflow));
        for (Call call : Call.of(workflow)) {
          boolean invokes = call.action().equals("lambda:InvokeFunction");
          project
              .identities()
              .resource(
                  call.resource(),
                  invokes ? FUNCTIONS : new String[] {"AWS::StepFunctions::StateMachine"})
              .ifPresent(resource -> caused(rule, resource, seen, caused));
        }
      }
    }
  }
}
