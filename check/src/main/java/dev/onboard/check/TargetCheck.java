package dev.onboard.check;

import dev.onboard.check.doc.Place;
import dev.onboard.check.doc.Tree;
import dev.onboard.check.language.Language;
import dev.onboard.check.stack.Request;
import dev.onboard.check.stack.Resource;
import dev.onboard.check.stack.Statement;
import dev.onboard.check.stack.Text;
import java.util.List;
import java.util.Optional;

/** Finds targets that EventBridge may not reach, and events that would be dropped. */
final class TargetCheck {
  private static final String EVENTS = "events.amazonaws.com";
  private static final String ROLE = "AWS::IAM::Role";
  private static final String[] TARGETS = {
    "AWS::Lambda::Function",
    "AWS::Lambda::Alias",
    "AWS::Lambda::Version",
    "AWS::Events::EventBus",
    "AWS::StepFunctions::StateMachine",
    "AWS::SQS::Queue",
    "AWS::SNS::Topic",
    "AWS::Logs::LogGroup",
    "AWS::Events::ApiDestination",
    "AWS::Kinesis::Stream",
    "AWS::KinesisFirehose::DeliveryStream"
  };

  private final Project project;
  private final Findings findings;

  TargetCheck(Project project, Findings findings) {
    this.project = project;
    this.findings = findings;
  }

  void check() {
    for (Rule rule : project.rules()) {
      rule.targets().forEach(target -> check(rule, target));
    }
    for (Resource bus : project.template().resources("AWS::Events::EventBus")) {
      bus.properties()
          .at("DeadLetterConfig", "Arn")
          .ifPresent(queue -> deadLetters(bus, queue, bus.id()));
    }
  }

  private void check(Rule rule, Tree target) {
    String name = target.textAt("Id").orElse("?") + " of " + rule.id();
    Optional<Tree> queue = target.at("DeadLetterConfig", "Arn");
    if (queue.isPresent()) {
      deadLetters(rule.resource(), queue.get(), "target " + name);
    } else if (target.at("DeadLetterConfig").isEmpty()) {
      findings.add(
          Code.TARGET_NO_DLQ,
          rule.resource(),
          target.placeOf("Arn"),
          "target " + name + " has no dead-letter queue: what cannot be delivered is dropped",
          "Add DeadLetterConfig: { Arn: ... } to the target.");
    }
    Optional<Tree> arn = target.at("Arn");
    Optional<Resource> resource = arn.flatMap(a -> project.resource(a, TARGETS));
    if (resource.isEmpty()) {
      return;
    }
    arn(rule, arn.get(), resource.get());
    reach(rule, target, resource.get());
  }

  private void reach(Rule rule, Tree target, Resource resource) {
    switch (resource.type()) {
      case "AWS::SQS::Queue" ->
          policy(rule, target, resource, "AWS::SQS::QueuePolicy", "Queues", "sqs:SendMessage");
      case "AWS::SNS::Topic" ->
          policy(rule, target, resource, "AWS::SNS::TopicPolicy", "Topics", "sns:Publish");
      case "AWS::Logs::LogGroup" -> logs(rule, target, resource);
      case "AWS::Lambda::Function", "AWS::Lambda::Alias", "AWS::Lambda::Version" ->
          function(rule, target, resource);
      case "AWS::StepFunctions::StateMachine" ->
          role(rule, target, resource, "states:StartExecution");
      case "AWS::Events::EventBus" -> {
        if (target.at("RoleArn").isPresent()
            || project.template().resources("AWS::Events::EventBusPolicy").isEmpty()) {
          role(rule, target, resource, "events:PutEvents");
        }
      }
      case "AWS::Events::ApiDestination" ->
          role(rule, target, resource, "events:InvokeApiDestination");
      case "AWS::Kinesis::Stream" -> role(rule, target, resource, "kinesis:PutRecord");
      default -> role(rule, target, resource, "firehose:PutRecord");
    }
  }

  /** Whether the value of a target's Arn is an ARN, and such as EventBridge takes. */
  private void arn(Rule rule, Tree arn, Resource resource) {
    Text text = project.template().text(arn);
    String attribute = text.attribute().map(Text.Attribute::name).orElse("Arn");
    boolean logs = resource.is("AWS::Logs::LogGroup");
    if (!attribute.equals("Arn")) {
      findings.add(
          Code.TARGET_ARN,
          rule.resource(),
          arn.place(),
          text + " is not the ARN of " + resource.id(),
          "Write !GetAtt " + resource.id() + ".Arn.");
    } else if (logs && text.attribute().isPresent()) {
      findings.add(
          Code.TARGET_ARN,
          rule.resource(),
          arn.place(),
          text + " ends with :*, which EventBridge does not take",
          "Write !Sub arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${"
              + resource.id()
              + "}.");
    }
  }

  private Request byEvents(String action, Language resource, Resource source) {
    return new Request(
        action, resource, Optional.of(EVENTS), Optional.of(project.identities().arn(source)));
  }

  private void deadLetters(Resource source, Tree arn, String what) {
    Optional<Resource> queue = project.resource(arn, "AWS::SQS::Queue");
    if (queue.isEmpty()) {
      return;
    }
    List<Statement> statements =
        project.policies().on(queue.get(), "AWS::SQS::QueuePolicy", "Queues");
    Request request = byEvents("sqs:SendMessage", project.identities().arn(queue.get()), source);
    if (!project.policies().allow(statements, request)) {
      findings.add(
          Code.DLQ_PERMISSION,
          source,
          arn.place(),
          "no policy lets EventBridge send to "
              + queue.get().id()
              + ", the dead-letter queue of "
              + what
              + another(statements, request),
          grant("AWS::SQS::QueuePolicy", "sqs:SendMessage", queue.get()));
    }
  }

  private String another(List<Statement> statements, Request request) {
    return project.policies().allowForAnother(statements, request)
        ? "; there is one for another aws:SourceArn"
        : "";
  }

  private static String grant(String policy, String action, Resource resource) {
    return "Allow " + EVENTS + " " + action + " on " + resource.id() + " in an " + policy + ".";
  }

  private void policy(
      Rule rule, Tree target, Resource resource, String type, String property, String action) {
    List<Statement> statements = project.policies().on(resource, type, property);
    Request request = byEvents(action, project.identities().arn(resource), rule.resource());
    if (!project.policies().allow(statements, request)) {
      denied(
          rule,
          target,
          resource,
          action + another(statements, request),
          grant(type, action, resource));
    }
  }

  private void denied(Rule rule, Tree target, Resource resource, String what, String mend) {
    findings.add(
        Code.TARGET_PERMISSION,
        rule.resource(),
        target.placeOf("Arn"),
        "nothing lets " + rule.id() + " reach " + resource.id() + ": it needs " + what,
        mend);
  }

  private void logs(Rule rule, Tree target, Resource group) {
    List<Statement> statements =
        project.template().resources("AWS::Logs::ResourcePolicy").stream()
            .flatMap(policy ->
                project.policies().statements(policy.properties().at("PolicyDocument")).stream())
            .toList();
    for (String action : List.of("logs:CreateLogStream", "logs:PutLogEvents")) {
      Request request = byEvents(action, project.identities().arn(group), rule.resource());
      if (!project.policies().allow(statements, request)) {
        denied(
            rule,
            target,
            group,
            action + another(statements, request),
            grant("AWS::Logs::ResourcePolicy", action, group));
        return;
      }
    }
  }

  private void function(Rule rule, Tree target, Resource function) {
    if (target.at("RoleArn").isPresent()) {
      role(rule, target, function, "lambda:InvokeFunction");
      return;
    }
    Language source = project.identities().arn(rule.resource());
    boolean another = false;
    for (Resource permission : project.template().resources("AWS::Lambda::Permission")) {
      Tree properties = permission.properties();
      boolean meant =
          properties.textAt("Principal").orElse(EVENTS).equals(EVENTS)
              && properties
                  .textAt("Action")
                  .orElse("lambda:InvokeFunction")
                  .matches("lambda:(InvokeFunction|\\*)")
              && properties.at("FunctionName").map(n -> isOf(n, function)).orElse(false);
      if (meant) {
        Optional<Tree> given = properties.at("SourceArn");
        boolean mine =
            given
                .map(g -> project.identities().ofPolicy(project.template().text(g)))
                .map(source::meets)
                .orElse(true);
        if (mine) {
          return;
        }
        another = true;
      }
    }
    denied(
        rule,
        target,
        function,
        "lambda:InvokeFunction" + (another ? "; there is a permission for another SourceArn" : ""),
        "Add an AWS::Lambda::Permission for "
            + EVENTS
            + " with FunctionName: !Ref "
            + function.id()
            + " and SourceArn: !GetAtt "
            + rule.id()
            + ".Arn.");
  }

  /** Whether a permission's FunctionName is what a rule invokes: an alias needs its own. */
  private boolean isOf(Tree name, Resource function) {
    Text text = project.template().text(name);
    Optional<Resource> named =
        project
            .identities()
            .resource(text, "AWS::Lambda::Function", "AWS::Lambda::Alias", "AWS::Lambda::Version");
    return named.isEmpty()
        ? text.isUnknown() || text.attribute().isEmpty()
        : named.get().equals(function);
  }

  private void role(Rule rule, Tree target, Resource resource, String action) {
    Optional<Tree> arn = target.at("RoleArn");
    Place place = target.placeOf(arn.isPresent() ? "RoleArn" : "Arn");
    if (arn.isEmpty()) {
      findings.add(
          Code.TARGET_ROLE_MISSING,
          rule.resource(),
          place,
          "the target " + resource.id() + " of " + rule.id() + " needs a role",
          "Add RoleArn with a role that " + EVENTS + " may assume and that allows " + action + ".");
      return;
    }
    Optional<Resource> role = project.resource(arn.get(), ROLE);
    if (role.isEmpty()) {
      return;
    }
    trust(rule, place, role.get());
    action(rule, place, role.get(), resource, action);
  }

  private void trust(Rule rule, Place place, Resource role) {
    Request assume =
        new Request(
            "sts:AssumeRole",
            Language.any(),
            Optional.of(EVENTS),
            Optional.of(project.identities().arn(rule.resource())));
    List<Statement> trust = project.policies().trust(role);
    if (!project.policies().allow(trust, assume)) {
      findings.add(
          Code.TARGET_ROLE_TRUST,
          rule.resource(),
          place,
          EVENTS + " may not assume " + role.id() + " for " + rule.id() + another(trust, assume),
          "Let " + EVENTS + " assume it in its AssumeRolePolicyDocument.");
    }
  }

  private void action(Rule rule, Place place, Resource role, Resource resource, String action) {
    Optional<List<Statement>> statements = project.policies().ofRole(role);
    Request request = Request.byRole(action, project.identities().arn(resource));
    if (statements.isPresent() && !project.policies().allow(statements.get(), request)) {
      findings.add(
          Code.TARGET_ROLE_ACTION,
          rule.resource(),
          place,
          role.id() + " does not allow " + action + " on " + resource.id(),
          "Allow " + action + " on it in " + role.id() + ".");
    }
  }
}
