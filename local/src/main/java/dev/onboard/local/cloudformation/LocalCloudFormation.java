package dev.onboard.local.cloudformation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.Call;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Resumable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CancelUpdateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.CancelUpdateStackResponse;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ContinueUpdateRollbackRequest;
import software.amazon.awssdk.services.cloudformation.model.ContinueUpdateRollbackResponse;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateStackResponse;
import software.amazon.awssdk.services.cloudformation.model.DeleteChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DeleteChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackRequest;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackResourceRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackResourceResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackResourcesRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecuteChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.ExecuteChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateRequest;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateResponse;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateSummaryRequest;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateSummaryResponse;
import software.amazon.awssdk.services.cloudformation.model.ListChangeSetsRequest;
import software.amazon.awssdk.services.cloudformation.model.ListChangeSetsResponse;
import software.amazon.awssdk.services.cloudformation.model.ListExportsRequest;
import software.amazon.awssdk.services.cloudformation.model.ListExportsResponse;
import software.amazon.awssdk.services.cloudformation.model.ListImportsRequest;
import software.amazon.awssdk.services.cloudformation.model.ListImportsResponse;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.ListStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.TemplateStage;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackResponse;
import software.amazon.awssdk.services.cloudformation.model.UpdateTerminationProtectionRequest;
import software.amazon.awssdk.services.cloudformation.model.UpdateTerminationProtectionResponse;
import software.amazon.awssdk.services.cloudformation.model.ValidateTemplateRequest;
import software.amazon.awssdk.services.cloudformation.model.ValidateTemplateResponse;

/**
 * CloudFormation.
 *
 * <p>Templates are checked wholly before anything of them is created: what a template, a property
 * or a request has and this runtime has not is refused by its name.
 */
public final class LocalCloudFormation implements CloudFormationClient, Resumable {
  private final Environment env;
  private final Stacks stacks;
  private final Exports exports;
  private final Planner planner;
  private final Deployments deployments;
  private final Lifecycle lifecycle;
  private final ChangeSets changeSets;
  private final Views views;

  public LocalCloudFormation(Environment env) {
    this.env = env;
    this.stacks = new Stacks(env);
    this.exports = new Exports(env.store());
    this.planner = new Planner(env, exports);
    this.deployments = new Deployments(env, stacks, planner, exports);
    this.lifecycle = new Lifecycle(env, stacks, planner, exports, deployments);
    this.changeSets = new ChangeSets(env, stacks, planner, lifecycle);
    this.views = new Views(env, stacks);
  }

  @Override
  public String serviceName() {
    return "cloudformation";
  }

  @Override
  public void close() {}

  @Override
  public void resume() {
    deployments.resume();
  }

  @Override
  public CreateChangeSetResponse createChangeSet(CreateChangeSetRequest request) {
    ChangeSetRecord created = changeSets.create(request);
    return CreateChangeSetResponse.builder().id(created.id()).stackId(created.stackId()).build();
  }

  @Override
  public DescribeChangeSetResponse describeChangeSet(DescribeChangeSetRequest request) {
    Requests.refuse("DescribeChangeSet", request, "IncludePropertyValues");
    DescribeChangeSetResponse whole =
        changeSets.get(request.changeSetName(), request.stackName()).shown();
    Pages.Page<Change> page = Pages.of(whole.changes(), request.nextToken());
    return whole.toBuilder().changes(page.items()).nextToken(page.nextToken()).build();
  }

  @Override
  public ExecuteChangeSetResponse executeChangeSet(ExecuteChangeSetRequest request) {
    deployments.await(changeSets.execute(request));
    return ExecuteChangeSetResponse.builder().build();
  }

  @Override
  public DeleteChangeSetResponse deleteChangeSet(DeleteChangeSetRequest request) {
    changeSets.delete(
        Requests.required(request.changeSetName(), "changeSetName"), request.stackName());
    return DeleteChangeSetResponse.builder().build();
  }

  @Override
  public ListChangeSetsResponse listChangeSets(ListChangeSetsRequest request) {
    var page =
        Pages.of(
            changeSets.list(Requests.required(request.stackName(), "stackName")),
            request.nextToken());
    return ListChangeSetsResponse.builder()
        .summaries(page.items().stream().map(ChangeSetRecord::summary).toList())
        .nextToken(page.nextToken())
        .build();
  }

  @Override
  public CreateStackResponse createStack(CreateStackRequest request) {
    String id = lifecycle.create(request);
    deployments.await(id);
    return CreateStackResponse.builder().stackId(id).build();
  }

  @Override
  public UpdateStackResponse updateStack(UpdateStackRequest request) {
    String id = lifecycle.update(request);
    deployments.await(id);
    return UpdateStackResponse.builder().stackId(id).build();
  }

  @Override
  public DeleteStackResponse deleteStack(DeleteStackRequest request) {
    lifecycle.delete(request).ifPresent(deployments::await);
    return DeleteStackResponse.builder().build();
  }

  @Override
  public CancelUpdateStackResponse cancelUpdateStack(CancelUpdateStackRequest request) {
    lifecycle.cancelUpdate(
        Requests.required(request.stackName(), "stackName"), request.clientRequestToken());
    return CancelUpdateStackResponse.builder().build();
  }

  @Override
  public ContinueUpdateRollbackResponse continueUpdateRollback(
      ContinueUpdateRollbackRequest request) {
    Requests.refuse("ContinueUpdateRollback", request, "RoleARN");
    lifecycle.continueRollback(
        Requests.required(request.stackName(), "stackName"),
        request.resourcesToSkip(),
        request.clientRequestToken());
    return ContinueUpdateRollbackResponse.builder().build();
  }

  @Override
  public UpdateTerminationProtectionResponse updateTerminationProtection(
      UpdateTerminationProtectionRequest request) {
    return env.store()
        .write(tx -> {
          StackRecord stack = stacks.get(tx, Requests.required(request.stackName(), "stackName"));
          stacks.save(
              tx,
              stack.protectedFromDeletion(
                  Boolean.TRUE.equals(request.enableTerminationProtection())));
          return UpdateTerminationProtectionResponse.builder().stackId(stack.id()).build();
        });
  }

  @Override
  public DescribeStacksResponse describeStacks(DescribeStacksRequest request) {
    return views.describe(request);
  }

  @Override
  public ListStacksResponse listStacks(ListStacksRequest request) {
    return views.list(request);
  }

  @Override
  public DescribeStackEventsResponse describeStackEvents(DescribeStackEventsRequest request) {
    return views.events(request);
  }

  @Override
  public DescribeStackResourcesResponse describeStackResources(
      DescribeStackResourcesRequest request) {
    return views.resources(request);
  }

  @Override
  public DescribeStackResourceResponse describeStackResource(DescribeStackResourceRequest request) {
    return views.resource(request);
  }

  @Override
  public ListStackResourcesResponse listStackResources(ListStackResourcesRequest request) {
    return views.listResources(request);
  }

  @Override
  public ListExportsResponse listExports(ListExportsRequest request) {
    var page = Pages.of(env.store().read(exports::all), request.nextToken());
    return ListExportsResponse.builder().exports(page.items()).nextToken(page.nextToken()).build();
  }

  @Override
  public ListImportsResponse listImports(ListImportsRequest request) {
    String name = Requests.required(request.exportName(), "exportName");
    List<String> importers =
        env.store()
            .read(tx -> {
              if (!exports.exists(tx, name)) {
                throw Invalid.request("Export '" + name + "' does not exist.");
              }
              return exports.importers(tx, name);
            });
    if (importers.isEmpty()) {
      throw Invalid.request("Export '" + name + "' is not imported by any stack.");
    }
    var page = Pages.of(importers, request.nextToken());
    return ListImportsResponse.builder().imports(page.items()).nextToken(page.nextToken()).build();
  }

  @Override
  public GetTemplateResponse getTemplate(GetTemplateRequest request) {
    Target target;
    if (request.changeSetName() != null) {
      target = changeSets.get(request.changeSetName(), request.stackName()).target();
    } else {
      String name = Requests.required(request.stackName(), "stackName");
      target = env.store().read(tx -> stacks.get(tx, name)).target();
    }
    if (target == null) {
      throw Invalid.request("Template is not available");
    }
    return GetTemplateResponse.builder()
        .templateBody(
            request.templateStage() == TemplateStage.PROCESSED
                ? target.processed()
                : target.template())
        .stagesAvailable(TemplateStage.ORIGINAL, TemplateStage.PROCESSED)
        .build();
  }

  @Override
  public GetTemplateSummaryResponse getTemplateSummary(GetTemplateSummaryRequest request) {
    Requests.refuse("GetTemplateSummary", request, "TemplateSummaryConfig");
    String text;
    if (request.stackName() != null) {
      Target target = env.store().read(tx -> stacks.get(tx, request.stackName())).target();
      if (target == null) {
        throw Invalid.request("Template is not available");
      }
      text = target.template();
    } else {
      text = given(request.templateBody(), request.templateURL());
    }
    return Summaries.summary(TemplateText.parse(text));
  }

  @Override
  public ValidateTemplateResponse validateTemplate(ValidateTemplateRequest request) {
    ObjectNode source = TemplateText.parse(given(request.templateBody(), request.templateURL()));
    return Summaries.validation(source);
  }

  private String given(@Nullable String body, @Nullable String url) {
    return planner.template(body, url, null, Call.current().caller());
  }
}
