package dev.onboard.local.cloudformation;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Call;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.cloudformation.Operation.Deployer;
import dev.onboard.local.cloudformation.Operation.Kind;
import dev.onboard.local.cloudformation.Operation.OnFailure;
import dev.onboard.local.cloudformation.Operation.Phase;
import dev.onboard.local.cloudformation.Planner.StackName;
import dev.onboard.local.store.Tx;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackRequest;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackRequest;

/** Lets stacks be created, updated and deleted; what follows is up to {@link Deployments}. */
final class Lifecycle {
  private static final Set<StackStatus> UPDATABLE =
      EnumSet.of(
          StackStatus.CREATE_COMPLETE,
          StackStatus.UPDATE_COMPLETE,
          StackStatus.UPDATE_ROLLBACK_COMPLETE,
          StackStatus.CREATE_FAILED,
          StackStatus.UPDATE_FAILED);

  private final Environment env;
  private final Stacks stacks;
  private final Planner planner;
  private final Exports exports;
  private final Deployments deployments;

  Lifecycle(
      Environment env, Stacks stacks, Planner planner, Exports exports, Deployments deployments) {
    this.env = env;
    this.stacks = stacks;
    this.planner = planner;
    this.exports = exports;
    this.deployments = deployments;
  }

  String create(CreateStackRequest request) {
    Requests.refuse(
        "CreateStack",
        request,
        "NotificationARNs",
        "ResourceTypes",
        "RollbackConfiguration",
        "StackPolicyBody",
        "StackPolicyURL",
        "TimeoutInMinutes");
    String name = Requests.required(request.stackName(), "stackName");
    Requests.checkName(name);
    if (request.disableRollback() != null && request.onFailure() != null) {
      throw Invalid.request("Cannot specify both DisableRollback and OnFailure");
    }
    return env.store().write(tx -> create(tx, name, request));
  }

  private String create(Tx tx, String name, CreateStackRequest request) {
    if (stacks.find(tx, name).isPresent()) {
      throw AwsErrors.error(
          AlreadyExistsException.builder(),
          400,
          "AlreadyExistsException",
          "Stack [" + name + "] already exists");
    }
    String id = Requests.newId(env, "stack", name);
    Target target = created(new StackName(name, id), request);
    checked(name, id, target);
    OnFailure onFailure =
        Boolean.TRUE.equals(request.disableRollback())
            ? OnFailure.DO_NOTHING
            : request.onFailure() == null
                ? OnFailure.ROLLBACK
                : OnFailure.valueOf(request.onFailureAsString());
    StackRecord stack =
        StackRecord.reviewed(id, name, env.clock().now())
            .withChangeSet(null, onFailure == OnFailure.DO_NOTHING)
            .protectedFromDeletion(Boolean.TRUE.equals(request.enableTerminationProtection()));
    begin(
        tx,
        stack,
        Kind.CREATE,
        target,
        onFailure,
        Boolean.TRUE.equals(request.retainExceptOnCreate()),
        request.clientRequestToken());
    return id;
  }

  private Target created(StackName stack, CreateStackRequest request) {
    Principal caller = Call.current().caller();
    String text = planner.template(request.templateBody(), request.templateURL(), null, caller);
    Target target =
        planner.target(
            stack,
            text,
            request.parameters(),
            Map.of(),
            Requests.tags(request.tags()),
            request.capabilitiesAsStrings(),
            request.roleARN(),
            Requests.deployer(env, caller, request.roleARN()));
    Template template = target.read();
    Capabilities.check(template, request.capabilitiesAsStrings(), expands(text, template));
    return target;
  }

  String update(UpdateStackRequest request) {
    Requests.refuse(
        "UpdateStack",
        request,
        "NotificationARNs",
        "ResourceTypes",
        "RollbackConfiguration",
        "StackPolicyBody",
        "StackPolicyURL",
        "StackPolicyDuringUpdateBody",
        "StackPolicyDuringUpdateURL");
    String name = Requests.required(request.stackName(), "stackName");
    return env.store().write(tx -> update(tx, name, request));
  }

  private String update(Tx tx, String name, UpdateStackRequest request) {
    StackRecord stack =
        stacks
            .find(tx, name)
            .filter(StackRecord::isLive)
            .orElseThrow(() -> Invalid.request("Stack [" + name + "] does not exist"));
    refuseUnlessUpdatable(stack);
    Target target = updated(stack, request);
    Plan plan = checked(stack.name(), stack.id(), target);
    List<ResourceRecord> existing = stacks.resources(tx, stack.id());
    refuseOtherTypes(plan, existing);
    if (!Changes.of(plan, existing, stack, target).any()) {
      throw Invalid.request("No updates are to be performed.");
    }
    boolean noRollback = Boolean.TRUE.equals(request.disableRollback());
    begin(
        tx,
        stack.withChangeSet(null, noRollback),
        Kind.UPDATE,
        target,
        noRollback ? OnFailure.DO_NOTHING : OnFailure.ROLLBACK,
        Boolean.TRUE.equals(request.retainExceptOnCreate()),
        request.clientRequestToken());
    return stack.id();
  }

  private Target updated(StackRecord stack, UpdateStackRequest request) {
    Principal caller = Call.current().caller();
    Target current = stack.target();
    String text =
        planner.template(
            request.templateBody(),
            request.templateURL(),
            Boolean.TRUE.equals(request.usePreviousTemplate()) && current != null
                ? current.template()
                : null,
            caller);
    Target target =
        planner.target(
            new StackName(stack.name(), stack.id()),
            text,
            request.parameters(),
            current == null ? Map.of() : current.parameters(),
            request.hasTags() || current == null ? Requests.tags(request.tags()) : current.tags(),
            request.capabilitiesAsStrings(),
            request.roleARN() == null && current != null ? current.roleArn() : request.roleARN(),
            Requests.deployer(env, caller, request.roleARN()));
    Template template = target.read();
    Capabilities.check(template, request.capabilitiesAsStrings(), expands(text, template));
    return target;
  }

  /** Begins an operation: the stack's own event, then the work once this is durable. */
  void begin(
      Tx tx,
      StackRecord stack,
      Kind kind,
      Target target,
      OnFailure onFailure,
      boolean retainExceptOnCreate,
      @Nullable String token) {
    Principal deployer = Requests.deployer(env, Call.current().caller(), target.roleArn());
    var operation =
        new Operation(
            UUID.randomUUID().toString(),
            kind,
            Phase.FORWARD,
            Deployer.of(deployer),
            stack.target(),
            onFailure,
            retainExceptOnCreate,
            List.of(),
            List.of(),
            token,
            null,
            false);
    boolean create = kind == Kind.CREATE;
    StackRecord begun = stack.withTarget(target).with(operation);
    deployments.begin(
        stacks.become(
            tx,
            create ? begun : begun.updatedAt(env.clock().now()),
            create ? StackStatus.CREATE_IN_PROGRESS : StackStatus.UPDATE_IN_PROGRESS,
            "User Initiated"));
  }

  /** Begins a deletion; answers the stack, if there is one. */
  Optional<String> delete(DeleteStackRequest request) {
    Requests.refuse("DeleteStack", request, "DeletionMode");
    String name = Requests.required(request.stackName(), "stackName");
    return env.store()
        .write(tx -> {
          // Deleting what is not there is done already, says AWS.
          Optional<StackRecord> found = stacks.find(tx, name).filter(StackRecord::isLive);
          found.ifPresent(s -> delete(tx, s, request));
          return found.map(StackRecord::id);
        });
  }

  private void delete(Tx tx, StackRecord stack, DeleteStackRequest request) {
    if (stack.protectedFromDeletion()) {
      throw Invalid.request(
          "Stack [" + stack.name() + "] cannot be deleted while TerminationProtection is enabled");
    }
    if (stack.operation() != null && !stack.operation().paused()) {
      if (stack.operation().kind() == Kind.DELETE) {
        return;
      }
      throw Invalid.request(
          "Stack ["
              + stack.id()
              + "] is in "
              + stack.status()
              + " state and can not be deleted: the local runtime deletes a stack once nothing"
              + " is being done to it");
    }
    if (request.hasRetainResources()
        && !request.retainResources().isEmpty()
        && stack.status() != StackStatus.DELETE_FAILED) {
      throw Invalid.request(
          "Invalid operation on stack ["
              + stack.id()
              + "]. Specify which resources to retain only when the stack is in the DELETE_FAILED"
              + " state.");
    }
    try {
      exports.refuseIfAnyUsed(tx, stack.id());
    } catch (AwsServiceException e) {
      // As on AWS the call succeeds, the stack stays as it was and an event says why.
      stacks.become(tx, stack, stack.status(), AwsErrors.message(e));
      return;
    }
    Target target = stack.target();
    String role =
        request.roleARN() != null || target == null ? request.roleARN() : target.roleArn();
    var operation =
        new Operation(
            UUID.randomUUID().toString(),
            Kind.DELETE,
            Phase.DELETE,
            Deployer.of(Requests.deployer(env, Call.current().caller(), role)),
            null,
            OnFailure.DO_NOTHING,
            false,
            request.retainResources(),
            List.of(),
            request.clientRequestToken(),
            null,
            false);
    deployments.begin(
        stacks.become(tx, stack.with(operation), StackStatus.DELETE_IN_PROGRESS, "User Initiated"));
  }

  void cancelUpdate(String name, @Nullable String token) {
    env.store()
        .write(tx -> {
          StackRecord stack = stacks.get(tx, name);
          Operation operation = stack.operation();
          if (stack.status() != StackStatus.UPDATE_IN_PROGRESS || operation == null) {
            throw Invalid.request("CancelUpdateStack cannot be called from current stack status");
          }
          stacks.save(tx, stack.with(operation.failed("User Initiated")));
          deployments.cancel(stack);
          return null;
        });
  }

  void continueRollback(String name, List<String> skip, @Nullable String token) {
    env.store()
        .write(tx -> {
          StackRecord stack = stacks.get(tx, name);
          Operation operation = stack.operation();
          if (stack.status() != StackStatus.UPDATE_ROLLBACK_FAILED || operation == null) {
            throw Invalid.request(
                "Stack:"
                    + stack.id()
                    + " is in "
                    + stack.status()
                    + " state and can not continue rollback.");
          }
          deployments.begin(
              stacks.become(
                  tx,
                  stack.with(operation.continued(skip, token)),
                  StackStatus.UPDATE_ROLLBACK_IN_PROGRESS,
                  "User Initiated"));
          return null;
        });
  }

  void refuseUnlessUpdatable(StackRecord stack) {
    if (!UPDATABLE.contains(stack.status())) {
      throw Invalid.request(
          "Stack:" + stack.id() + " is in " + stack.status() + " state and can not be updated.");
    }
  }

  void refuseOtherTypes(Plan plan, List<ResourceRecord> existing) {
    List<String> changed =
        existing.stream()
            .filter(ResourceRecord::isThere)
            .filter(r -> {
              Plan.Step step = plan.step(r.logicalId());
              return step != null && !step.provider().type().equals(r.type());
            })
            .map(ResourceRecord::logicalId)
            .toList();
    if (!changed.isEmpty()) {
      throw Invalid.request(
          "Update of resource type is not permitted. The new template modifies resource type of"
              + " the following resources: "
              + changed);
    }
  }

  private Plan checked(String name, String id, Target target) {
    Plan plan = planner.plan(new StackName(name, id), target);
    if (!plan.problems().isEmpty()) {
      throw Invalid.request(String.join("\n", plan.problems()));
    }
    return plan;
  }

  private static boolean expands(String text, Template template) {
    return !template.transforms().isEmpty()
        || Json.write(TemplateText.parse(text)).contains("\"Fn::Transform\"");
  }
}
