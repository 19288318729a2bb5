package dev.onboard.local.cloudformation;

import dev.onboard.local.call.Environment;
import dev.onboard.local.cloudformation.provider.Context;
import dev.onboard.local.cloudformation.provider.Properties;
import dev.onboard.local.cloudformation.provider.Provider;
import dev.onboard.local.cloudformation.provider.Providers;
import dev.onboard.local.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;

/** Deletes resources, each before those that it depends on. */
final class Removal {
  private final Environment env;
  private final Stacks stacks;

  Removal(Environment env, Stacks stacks) {
    this.env = env;
    this.stacks = stacks;
  }

  /** What is deleted. */
  enum Of {
    /** Every resource of the stack; the records stay, to be looked at. */
    STACK,
    /** What an update replaced, dropped or took back. */
    LEFTOVERS
  }

  /**
   * Deletes what is there.
   *
   * @param honourPolicies whether resources that are to be retained are
   * @return the logical ids of those that could not be deleted
   */
  List<String> run(StackRecord stack, Operation operation, Of what, boolean honourPolicies) {
    boolean creating = operation.kind() == Operation.Kind.CREATE;
    var failed = new ArrayList<String>();
    List<ResourceRecord> left = new ArrayList<>(doomed(stack, what));
    while (true) {
      Optional<ResourceRecord> next =
          left.stream()
              .filter(r -> !failed.contains(r.logicalId()))
              .filter(r -> isFree(r, left))
              .findFirst();
      if (next.isEmpty()) {
        return failed;
      }
      ResourceRecord resource = next.get();
      boolean retained =
          operation.retain().contains(resource.logicalId())
              || (honourPolicies && isRetained(resource.deletionPolicy(), creating));
      if (env.store().write(tx -> remove(tx, stack, operation, resource, what, retained))) {
        left.remove(resource);
      } else {
        failed.add(resource.logicalId());
        if (what == Of.LEFTOVERS) {
          left.remove(resource);
        }
      }
    }
  }

  private List<ResourceRecord> doomed(StackRecord stack, Of what) {
    return env.store()
        .read(tx ->
            what == Of.LEFTOVERS
                ? stacks.leftovers(tx, stack.id()).reversed()
                : stacks.resources(tx, stack.id()).reversed().stream()
                    .filter(ResourceRecord::isThere)
                    .filter(r -> r.status() != ResourceStatus.DELETE_SKIPPED)
                    .toList());
  }

  /** What failed to be deleted still holds on to what it depends on. */
  private static boolean isFree(ResourceRecord resource, List<ResourceRecord> left) {
    return left.stream()
        .noneMatch(
            other -> other != resource && other.dependencies().contains(resource.logicalId()));
  }

  private static boolean isRetained(DeletionPolicy policy, boolean creating) {
    return policy == DeletionPolicy.RETAIN
        || (policy == DeletionPolicy.RETAIN_EXCEPT_ON_CREATE && !creating);
  }

  private boolean remove(
      Tx tx,
      StackRecord stack,
      Operation operation,
      ResourceRecord resource,
      Of what,
      boolean retained) {
    if (retained) {
      note(tx, stack, resource, what, ResourceStatus.DELETE_SKIPPED, null);
      return true;
    }
    stacks.event(
        tx, stack, resource.with(ResourceStatus.DELETE_IN_PROGRESS, null, env.clock().now()));
    try {
      env.store()
          .write(inner -> {
            delete(stack, operation, resource);
            return null;
          });
    } catch (RuntimeException e) {
      if (!(e instanceof AwsServiceException service && Failures.isNotFound(service))) {
        note(
            tx,
            stack,
            resource,
            what,
            ResourceStatus.DELETE_FAILED,
            Failures.reason(e, resource.type()));
        return false;
      }
    }
    note(tx, stack, resource, what, ResourceStatus.DELETE_COMPLETE, null);
    return true;
  }

  private void delete(StackRecord stack, Operation operation, ResourceRecord resource) {
    Provider provider = Objects.requireNonNull(Providers.of(resource.type()));
    provider.delete(
        new Context(env, operation.deployer().principal(), stack.name(), resource.logicalId()),
        resource.physical(),
        new Properties(resource.properties()));
  }

  private void note(
      Tx tx,
      StackRecord stack,
      ResourceRecord resource,
      Of what,
      ResourceStatus status,
      @Nullable String reason) {
    ResourceRecord noted = resource.with(status, reason, env.clock().now());
    stacks.event(tx, stack, noted);
    if (what == Of.STACK) {
      stacks.save(tx, stack.id(), noted);
    } else {
      stacks.forgetLeftover(tx, stack.id(), resource);
    }
  }
}
