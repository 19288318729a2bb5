package dev.onboard.check;

import dev.onboard.check.doc.Place;
import dev.onboard.check.language.Language;
import dev.onboard.check.stack.Request;
import dev.onboard.check.stack.Resource;
import dev.onboard.check.stack.Statement;
import dev.onboard.check.stack.Text;
import dev.onboard.check.workflow.Call;
import dev.onboard.check.workflow.PutEntry;
import dev.onboard.check.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/** Finds what a workflow does and its role does not allow. */
final class WorkflowRoleCheck {
  private static final String[] NAMED = {
    "AWS::Lambda::Function",
    "AWS::Lambda::Alias",
    "AWS::Lambda::Version",
    "AWS::DynamoDB::Table",
    "AWS::S3::Bucket",
    "AWS::SQS::Queue",
    "AWS::SNS::Topic",
    "AWS::StepFunctions::StateMachine",
    "AWS::Events::EventBus"
  };

  private final Project project;
  private final Findings findings;

  WorkflowRoleCheck(Project project, Findings findings) {
    this.project = project;
    this.findings = findings;
  }

  void check() {
    for (Workflow workflow : project.workflows()) {
      Optional<Resource> role =
          workflow
              .resource()
              .properties()
              .at("RoleArn")
              .flatMap(arn -> project.resource(arn, "AWS::IAM::Role"));
      Optional<List<Statement>> statements = role.flatMap(project.policies()::ofRole);
      if (statements.isPresent()) {
        check(workflow, role.orElseThrow(), statements.get());
      }
    }
  }

  private void check(Workflow workflow, Resource role, List<Statement> statements) {
    for (Call call : Call.of(workflow)) {
      if (!call.action().equals("events:PutEvents")) {
        check(workflow, role, statements, call);
      }
    }
    for (PutEntry entry : PutEntry.of(workflow)) {
      if (entry.bus().isPresent()) {
        check(
            workflow,
            role,
            statements,
            new Call(entry.place(), entry.state(), "events:PutEvents", entry.bus().get(), false));
      }
    }
  }

  private void check(Workflow workflow, Resource role, List<Statement> statements, Call call) {
    Optional<Resource> resource = project.identities().resource(call.resource(), NAMED);
    boolean allowed =
        project
            .policies()
            .allow(statements, Request.byRole(call.action(), language(call, resource)));
    if (!allowed) {
      Place place = call.place();
      String on = resource.map(r -> " on " + r.id()).orElse("");
      findings.add(
          Code.WORKFLOW_ROLE_ACTION,
          workflow.resource(),
          place,
          role.id()
              + " does not allow "
              + call.action()
              + on
              + ", which \""
              + call.state()
              + "\" needs",
          "Allow " + call.action() + on + " in " + role.id() + ".");
    }
  }

  private Language language(Call call, Optional<Resource> resource) {
    if (resource.isEmpty()) {
      return Language.any();
    }
    Text.Part arn = new Text.Attribute(resource.get().id(), "Arn");
    return call.within()
        ? project.identities().of(Text.of(arn, new Text.Literal("/"), new Text.Unknown()))
        : project.identities().arn(resource.get());
  }
}
