package dev.onboard.local.cloudformation;

import dev.onboard.local.call.Environment;
import dev.onboard.local.cloudformation.ResourceRecord.Progress;
import dev.onboard.local.cloudformation.provider.Context;
import dev.onboard.local.cloudformation.provider.Physical;
import dev.onboard.local.cloudformation.provider.Properties;
import dev.onboard.local.cloudformation.provider.Provider;
import dev.onboard.local.cloudformation.provider.Providers;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;

/** Takes an update back: every resource that it touched becomes what it was before. */
final class Undo {
  private final Environment env;
  private final Stacks stacks;

  Undo(Environment env, Stacks stacks) {
    this.env = env;
    this.stacks = stacks;
  }

  /** Restores what was changed; answers the resources that could not be. */
  List<String> run(StackRecord stack, Operation operation) {
    var failed = new ArrayList<String>();
    List<ResourceRecord> touched =
        env.store()
            .read(tx ->
                stacks.resources(tx, stack.id()).stream()
                    .filter(r -> r.operation().equals(operation.id()))
                    .filter(r -> r.before() != null && r.progress() != Progress.RESTORED)
                    .toList());
    for (ResourceRecord resource : touched) {
      if (!env.store().write(tx -> restore(tx, stack, operation, resource))) {
        failed.add(resource.logicalId());
      }
    }
    return failed;
  }

  /** Sets aside, to be deleted, what the update had made anew. */
  void leaveCreated(Tx tx, StackRecord stack, Operation operation) {
    for (ResourceRecord resource : stacks.resources(tx, stack.id())) {
      if (resource.operation().equals(operation.id())
          && resource.before() == null
          && resource.progress() != Progress.RESTORED) {
        if (resource.isThere()) {
          DeletionPolicy policy =
              resource.deletionPolicy() == DeletionPolicy.RETAIN
                  ? DeletionPolicy.RETAIN
                  : DeletionPolicy.DELETE;
          stacks.leave(tx, stack.id(), resource.leftWith(policy));
        }
        stacks.forget(tx, stack.id(), resource.logicalId());
      }
    }
  }

  private boolean restore(Tx tx, StackRecord stack, Operation operation, ResourceRecord resource) {
    ResourceRecord before = Objects.requireNonNull(resource.before());
    if (resource.progress() == Progress.UNCHANGED) {
      stacks.save(tx, stack.id(), before.restoredBy(operation.id()));
      return true;
    }
    stacks.event(tx, stack, resource.with(ResourceStatus.UPDATE_IN_PROGRESS, null, now()));
    Physical physical = before.physical();
    boolean skipped = operation.skip().contains(resource.logicalId());
    if (resource.progress() == Progress.UPDATED && !skipped) {
      try {
        physical = env.store().write(inner -> updateBack(stack, operation, resource, before));
      } catch (RuntimeException e) {
        stacks.record(
            tx,
            stack,
            resource.with(
                ResourceStatus.UPDATE_FAILED, Failures.reason(e, resource.type()), now()));
        return false;
      }
    } else if (resource.progress() == Progress.REPLACED) {
      stacks.leave(tx, stack.id(), resource.leftWith(DeletionPolicy.DELETE));
    }
    stacks.record(
        tx,
        stack,
        before
            .with(physical, before.properties())
            .with(ResourceStatus.UPDATE_COMPLETE, null, now())
            .restoredBy(operation.id()));
    return true;
  }

  private Physical updateBack(
      StackRecord stack, Operation operation, ResourceRecord resource, ResourceRecord before) {
    Provider provider = Objects.requireNonNull(Providers.of(resource.type()));
    return provider.update(
        new Context(env, operation.deployer().principal(), stack.name(), resource.logicalId()),
        resource.physical(),
        new Properties(resource.properties()),
        new Properties(before.properties()));
  }

  private Instant now() {
    return env.clock().now();
  }
}
