package dev.onboard.local.cloudformation;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Call;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.cloudformation.Operation.Kind;
import dev.onboard.local.cloudformation.Operation.OnFailure;
import dev.onboard.local.cloudformation.Planner.StackName;
import dev.onboard.local.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecuteChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;
import software.amazon.awssdk.services.cloudformation.model.InvalidChangeSetStatusException;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** Change sets: what an update or a creation would do, to be looked at and then done. */
final class ChangeSets {
  static final String NO_CHANGES =
      "The submitted information didn't contain changes. Submit different information to create a"
          + " change set.";

  private final Environment env;
  private final Stacks stacks;
  private final Planner planner;
  private final Lifecycle lifecycle;

  ChangeSets(Environment env, Stacks stacks, Planner planner, Lifecycle lifecycle) {
    this.env = env;
    this.stacks = stacks;
    this.planner = planner;
    this.lifecycle = lifecycle;
  }

  ChangeSetRecord create(CreateChangeSetRequest request) {
    Requests.refuse(
        "CreateChangeSet",
        request,
        "NotificationARNs",
        "ResourceTypes",
        "ResourcesToImport",
        "ImportExistingResources",
        "RollbackConfiguration",
        "DeploymentMode");
    Requests.checkChangeSetName(request.changeSetName());
    String name = Requests.required(request.stackName(), "stackName");
    boolean creates =
        switch (request.changeSetType() == null ? ChangeSetType.UPDATE : request.changeSetType()) {
          case CREATE -> true;
          case UPDATE -> false;
          default ->
              throw Invalid.unsupported(
                  "CreateChangeSet", "ChangeSetType " + request.changeSetTypeAsString());
        };
    return env.store()
        .write(tx -> {
          StackRecord stack = creates ? reviewed(tx, name, request) : updated(tx, name);
          refuseRepeated(tx, stack, request);
          return create(tx, stack, creates, request);
        });
  }

  private StackRecord reviewed(Tx tx, String name, CreateChangeSetRequest request) {
    Optional<StackRecord> existing = stacks.find(tx, name);
    if (existing.isPresent()) {
      if (existing.get().status() != StackStatus.REVIEW_IN_PROGRESS) {
        throw Invalid.request(
            "Stack "
                + name
                + " already exists and cannot be created again with the changeSet ["
                + request.changeSetName()
                + "].");
      }
      return existing.get();
    }
    Requests.checkName(name);
    return StackRecord.reviewed(Requests.newId(env, "stack", name), name, env.clock().now());
  }

  private StackRecord updated(Tx tx, String name) {
    StackRecord stack =
        stacks
            .find(tx, name)
            .filter(StackRecord::isLive)
            .orElseThrow(() -> Invalid.request("Stack [" + name + "] does not exist"));
    lifecycle.refuseUnlessUpdatable(stack);
    return stack;
  }

  /**
   * Refuses a name that is taken. An executed change set makes room: the AWS CLI names its own by
   * the second, and here two deployments may well fall into one.
   */
  private void refuseRepeated(Tx tx, StackRecord stack, CreateChangeSetRequest request) {
    Optional<ChangeSetRecord> there = find(tx, stack.id(), request.changeSetName());
    if (there.isPresent() && there.get().isExecuted()) {
      tx.update("DELETE FROM cfn_change_set WHERE id = ?", there.get().id());
    } else if (there.isPresent()) {
      throw AwsErrors.error(
          AlreadyExistsException.builder(),
          400,
          "AlreadyExistsException",
          "ChangeSet "
              + request.changeSetName()
              + " cannot be created due to a mismatch with"
              + " existing attribute Template");
    }
  }

  private ChangeSetRecord create(
      Tx tx, StackRecord stack, boolean creates, CreateChangeSetRequest request) {
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
    String id = Requests.newId(env, "changeSet", request.changeSetName());
    // What AWS checks at once is answered at once; what its transforms and handlers find fails the
    // change set.
    TemplateText.parse(text);
    var answer =
        DescribeChangeSetResponse.builder()
            .changeSetId(id)
            .changeSetName(request.changeSetName())
            .stackId(stack.id())
            .stackName(stack.name())
            .description(request.description())
            .creationTime(env.clock().now())
            .notificationARNs(List.of())
            .rollbackConfiguration(c -> {})
            .capabilities(request.capabilities())
            .tags(request.tags())
            .includeNestedStacks(false)
            .onStackFailure(request.onStackFailure());
    Prepared prepared = prepare(tx, stack, creates, request, text, caller);
    Target target = prepared.target();
    if (target != null) {
      answer.parameters(StackRecord.parameters(target));
    }
    if (prepared.failure() == null) {
      answer
          .status(ChangeSetStatus.CREATE_COMPLETE)
          .executionStatus(ExecutionStatus.AVAILABLE)
          .changes(prepared.found().resources());
    } else {
      answer
          .status(ChangeSetStatus.FAILED)
          .executionStatus(ExecutionStatus.UNAVAILABLE)
          .statusReason(prepared.failure());
    }
    if (creates && stacks.find(tx, stack.id()).isEmpty()) {
      stacks.become(
          tx, stack.withChangeSet(id, false), StackStatus.REVIEW_IN_PROGRESS, "User Initiated");
    }
    var record =
        new ChangeSetRecord(
            id,
            request.changeSetName(),
            stack.id(),
            creates,
            dev.onboard.local.wire.SdkJson.write(answer.build()),
            prepared.failure() == null ? target : null,
            request.onStackFailureAsString());
    save(tx, record);
    return record;
  }

  /** What came of looking at a template: what would change, or why it cannot be. */
  private record Prepared(@Nullable Target target, Changes.Found found, @Nullable String failure) {
    private static final Changes.Found NOTHING = new Changes.Found(List.of(), false);

    static Prepared failed(@Nullable Target target, String failure) {
      return new Prepared(target, NOTHING, failure);
    }
  }

  private Prepared prepare(
      Tx tx,
      StackRecord stack,
      boolean creates,
      CreateChangeSetRequest request,
      String text,
      Principal caller) {
    Target current = stack.target();
    Target target;
    try {
      target =
          planner.target(
              new StackName(stack.name(), stack.id()),
              text,
              request.parameters(),
              current == null ? Map.of() : current.parameters(),
              request.hasTags() || current == null ? Requests.tags(request.tags()) : current.tags(),
              request.capabilitiesAsStrings(),
              request.roleARN() == null && current != null ? current.roleArn() : request.roleARN(),
              Requests.deployer(env, caller, request.roleARN()));
    } catch (AwsServiceException e) {
      String message = AwsErrors.message(e);
      if (message.startsWith("Transform ")) {
        return Prepared.failed(null, message);
      }
      throw e;
    }
    Capabilities.check(target.read(), request.capabilitiesAsStrings(), false);
    Plan plan;
    try {
      plan = planner.plan(new StackName(stack.name(), stack.id()), target);
    } catch (AwsServiceException e) {
      String message = AwsErrors.message(e);
      if (message.startsWith("No export named ")) {
        return Prepared.failed(target, message);
      }
      throw e;
    }
    if (!plan.problems().isEmpty()) {
      return Prepared.failed(target, String.join("\n", plan.problems()));
    }
    List<ResourceRecord> existing = stacks.resources(tx, stack.id());
    lifecycle.refuseOtherTypes(plan, existing);
    Changes.Found found = Changes.of(plan, existing, stack, target);
    return creates || found.any()
        ? new Prepared(target, found, null)
        : Prepared.failed(target, NO_CHANGES);
  }

  /** Begins what a change set says; answers the stack. */
  String execute(ExecuteChangeSetRequest request) {
    return env.store()
        .write(tx -> {
          ChangeSetRecord changeSet = get(tx, request.changeSetName(), request.stackName());
          if (!changeSet.isExecutable() || changeSet.target() == null) {
            throw AwsErrors.error(
                InvalidChangeSetStatusException.builder(),
                400,
                "InvalidChangeSetStatus",
                "ChangeSet ["
                    + changeSet.id()
                    + "] cannot be executed in its current status of ["
                    + changeSet.shown().status()
                    + "]");
          }
          StackRecord stack = stacks.get(tx, changeSet.stackId());
          tx.update(
              "DELETE FROM cfn_change_set WHERE stack = ? AND id <> ?", stack.id(), changeSet.id());
          save(tx, changeSet.executed());
          lifecycle.begin(
              tx,
              stack.withChangeSet(changeSet.id(), Boolean.TRUE.equals(request.disableRollback())),
              changeSet.creates() ? Kind.CREATE : Kind.UPDATE,
              changeSet.target(),
              onFailure(changeSet, request),
              Boolean.TRUE.equals(request.retainExceptOnCreate()),
              request.clientRequestToken());
          return stack.id();
        });
  }

  private static OnFailure onFailure(ChangeSetRecord changeSet, ExecuteChangeSetRequest request) {
    if (Boolean.TRUE.equals(request.disableRollback())) {
      return OnFailure.DO_NOTHING;
    }
    return changeSet.onFailure() == null
        ? OnFailure.ROLLBACK
        : OnFailure.valueOf(changeSet.onFailure());
  }

  ChangeSetRecord get(String nameOrId, @Nullable String stack) {
    return env.store().read(tx -> get(tx, nameOrId, stack));
  }

  List<ChangeSetRecord> list(String stack) {
    return env.store()
        .read(tx -> {
          StackRecord found = stacks.get(tx, stack);
          return tx.list(
              "SELECT record FROM cfn_change_set WHERE stack = ? ORDER BY seq",
              r -> Json.read(ChangeSetRecord.class, r.string(1)),
              found.id());
        });
  }

  void delete(String nameOrId, @Nullable String stack) {
    env.store()
        .write(tx -> {
          StackRecord owner = stack == null ? null : stacks.find(tx, stack).orElse(null);
          Optional<ChangeSetRecord> found =
              nameOrId.startsWith("arn:")
                  ? byId(tx, nameOrId)
                  : owner == null ? Optional.empty() : find(tx, owner.id(), nameOrId);
          found.ifPresent(c -> tx.update("DELETE FROM cfn_change_set WHERE id = ?", c.id()));
          return null;
        });
  }

  private ChangeSetRecord get(Tx tx, @Nullable String nameOrId, @Nullable String stack) {
    String wanted = Requests.required(nameOrId, "changeSetName");
    Optional<ChangeSetRecord> found;
    if (wanted.startsWith("arn:")) {
      found = byId(tx, wanted);
    } else {
      if (stack == null) {
        throw Invalid.request(
            "StackName must be specified if ChangeSetName is not specified as an ARN.");
      }
      StackRecord owner =
          stacks
              .find(tx, stack)
              .orElseThrow(() -> Invalid.request("Stack [" + stack + "] does not exist"));
      found = find(tx, owner.id(), wanted);
    }
    return found.orElseThrow(() ->
        AwsErrors.error(
            ChangeSetNotFoundException.builder(),
            404,
            "ChangeSetNotFound",
            "ChangeSet [" + wanted + "] does not exist"));
  }

  private static Optional<ChangeSetRecord> byId(Tx tx, String id) {
    return tx.first(
        "SELECT record FROM cfn_change_set WHERE id = ?",
        r -> Json.read(ChangeSetRecord.class, r.string(1)),
        id);
  }

  private static Optional<ChangeSetRecord> find(Tx tx, String stackId, String name) {
    return tx.first(
        "SELECT record FROM cfn_change_set WHERE stack = ? AND name = ?",
        r -> Json.read(ChangeSetRecord.class, r.string(1)),
        stackId,
        name);
  }

  private static void save(Tx tx, ChangeSetRecord changeSet) {
    tx.update(
        "INSERT INTO cfn_change_set(id, stack, name, record) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT(id) DO UPDATE SET record = excluded.record",
        changeSet.id(),
        changeSet.stackId(),
        changeSet.name(),
        Json.write(changeSet));
  }
}
