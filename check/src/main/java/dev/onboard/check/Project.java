package dev.onboard.check;

import dev.onboard.check.doc.Tree;
import dev.onboard.check.doc.UnreadableException;
import dev.onboard.check.event.Catalogue;
import dev.onboard.check.event.RulePattern;
import dev.onboard.check.stack.Identities;
import dev.onboard.check.stack.Policies;
import dev.onboard.check.stack.Resource;
import dev.onboard.check.stack.Template;
import dev.onboard.check.stack.Text;
import dev.onboard.check.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A template and what belongs to it, as the checks see it. */
record Project(
    Template template,
    Identities identities,
    Policies policies,
    Catalogue catalogue,
    List<Rule> rules,
    List<Workflow> workflows) {

  static Project of(Template template, Findings findings) {
    var identities = new Identities(template);
    var rules = new ArrayList<Rule>();
    for (Resource resource : template.resources("AWS::Events::Rule")) {
      rules.add(
          new Rule(
              resource,
              bus(resource.properties().at("EventBusName"), template, identities),
              pattern(resource, template, findings),
              targets(resource)));
    }
    var workflows = new ArrayList<Workflow>();
    for (Resource resource : template.resources("AWS::StepFunctions::StateMachine")) {
      try {
        Workflow.of(resource, template).ifPresent(workflows::add);
      } catch (UnreadableException e) {
        findings.add(
            Code.FILE_UNREADABLE,
            e.place(),
            String.valueOf(e.getMessage()),
            "Mend the definition of " + resource.id() + ".");
      }
    }
    return new Project(
        template,
        identities,
        new Policies(template, identities),
        Catalogue.of(template),
        List.copyOf(rules),
        List.copyOf(workflows));
  }

  private static Optional<RulePattern> pattern(
      Resource rule, Template template, Findings findings) {
    Optional<Tree> pattern = rule.properties().at("EventPattern");
    try {
      return pattern.map(tree -> RulePattern.of(tree, template));
    } catch (UnreadableException e) {
      // With functions in it, it may be another one when it is deployed.
      if (pattern.map(Template::hasFunction).orElse(false)) {
        return Optional.empty();
      }
      findings.add(
          Code.PATTERN_INVALID,
          rule,
          e.place(),
          "EventBridge refuses this pattern: " + e.getMessage(),
          "Write a pattern that EventBridge takes.");
      return Optional.empty();
    }
  }

  /** The targets that are written out; those that a function chooses are not known. */
  private static List<Tree> targets(Resource rule) {
    return rule.properties().itemsAt("Targets").stream()
        .filter(target -> target.at("Id").isPresent())
        .toList();
  }

  /** The bus that a name or ARN means. */
  static String bus(Optional<Tree> name, Template template, Identities identities) {
    return name.map(template::text).map(text -> bus(text, identities)).orElse(Rule.DEFAULT_BUS);
  }

  static String bus(Text text, Identities identities) {
    Optional<Resource> bus = identities.resource(text, "AWS::Events::EventBus");
    if (bus.isPresent()) {
      return bus.get().id();
    }
    return text.plain().orElse("").equals("default")
            || text.toString().endsWith("event-bus/default")
        ? Rule.DEFAULT_BUS
        : Rule.UNKNOWN_BUS;
  }

  Optional<Rule> rule(String id) {
    return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }

  /** The resource of some types that a value names. */
  Optional<Resource> resource(Tree value, String... types) {
    return identities.resource(template.text(value), types);
  }
}
