package dev.onboard.local.cloudformation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.Environment;
import dev.onboard.local.cloudformation.Plan.Step;
import dev.onboard.local.cloudformation.ResourceRecord.Progress;
import dev.onboard.local.cloudformation.provider.Context;
import dev.onboard.local.cloudformation.provider.Physical;
import dev.onboard.local.cloudformation.provider.Properties;
import dev.onboard.local.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;

/**
 * The way forward of a creation or an update.
 *
 * <p>There is one writer to the store, so steps are taken one after the other; what takes its time
 * in a service is only waited for when nothing else can be begun.
 */
final class Forward {
  private static final Duration STABILISES_WITHIN = Duration.ofMinutes(10);

  private final Environment env;
  private final Stacks stacks;
  private final StackRecord stack;
  private final Operation operation;
  private final Plan plan;
  private final BooleanSupplier cancelled;
  private final Set<String> done = new HashSet<>();
  private final List<String> failed = new ArrayList<>();
  private boolean failedToUpdate;

  /** How a round over the steps ended. */
  enum Round {
    DONE,
    FAILED,
    WAITING,
    CANCELLED
  }

  /**
   * Makes ready to go forward.
   *
   * @param cancelled whether the user has thought better of it
   */
  Forward(
      Environment env,
      Stacks stacks,
      StackRecord stack,
      Operation operation,
      Plan plan,
      BooleanSupplier cancelled) {
    this.env = env;
    this.stacks = stacks;
    this.stack = stack;
    this.operation = operation;
    this.plan = plan;
    this.cancelled = cancelled;
  }

  /** Takes every step that can be taken, and looks after those that take their time. */
  Round round() {
    boolean progressed = true;
    while (progressed) {
      progressed = false;
      for (Step step : plan.steps()) {
        if (done.contains(step.id()) || !done.containsAll(step.dependencies())) {
          continue;
        }
        if (cancelled.getAsBoolean()) {
          cancelOthers();
          return Round.CANCELLED;
        }
        ResourceRecord resource = env.store().write(tx -> advance(tx, step));
        if (resource.progress() == Progress.FAILED) {
          failed.add(step.id());
          failedToUpdate = resource.status() == ResourceStatus.UPDATE_FAILED;
          cancelOthers();
          return Round.FAILED;
        } else if (!resource.progress().isSettling()) {
          done.add(step.id());
          progressed = true;
        }
      }
    }
    return done.size() == plan.steps().size() ? Round.DONE : Round.WAITING;
  }

  /** What failed, in AWS's words. */
  String failure() {
    return "The following resource(s) failed to "
        + (failedToUpdate ? "update" : "create")
        + ": "
        + failed
        + ". ";
  }

  private void cancelOthers() {
    env.store()
        .write(tx -> {
          for (ResourceRecord each : stacks.resources(tx, stack.id())) {
            if (each.operation().equals(operation.id()) && each.progress().isSettling()) {
              boolean creating = each.progress() == Progress.CREATING;
              stacks.record(
                  tx,
                  stack,
                  each.with(each.progress().settled())
                      .with(
                          creating ? ResourceStatus.CREATE_FAILED : ResourceStatus.UPDATE_FAILED,
                          creating ? "Resource creation cancelled" : "Resource update cancelled",
                          now()));
            }
          }
          return null;
        });
  }

  private ResourceRecord advance(Tx tx, Step step) {
    ResourceRecord existing = stacks.resource(tx, stack.id(), step.id()).orElse(null);
    if (existing != null && existing.operation().equals(operation.id())) {
      boolean failedBefore =
          existing.status() == ResourceStatus.CREATE_FAILED
              || existing.status() == ResourceStatus.UPDATE_FAILED;
      return existing.progress().isSettling()
          ? settle(tx, step, existing)
          : failedBefore ? existing.with(Progress.FAILED) : existing;
    }
    ObjectNode properties;
    try {
      properties = plan.properties(step, new Existing(stacks, tx, stack.id()));
    } catch (AwsServiceException e) {
      return fail(
          tx,
          begun(step, existing, Json.object(), ResourceStatus.CREATE_IN_PROGRESS, null),
          existing == null ? ResourceStatus.CREATE_FAILED : ResourceStatus.UPDATE_FAILED,
          dev.onboard.local.call.AwsErrors.message(e));
    }
    if (existing == null || !existing.isThere()) {
      return create(tx, step, existing, properties, Progress.CREATING);
    } else if (existing.properties().equals(properties)) {
      ResourceRecord same =
          begun(step, existing, properties, existing.status(), existing.reason())
              .with(existing.physical(), properties)
              .with(Progress.UNCHANGED);
      stacks.save(tx, stack.id(), same);
      return same;
    } else if (step.provider().properties().replaces(existing.properties(), properties)) {
      return replace(tx, step, existing, properties);
    }
    return update(tx, step, existing, properties);
  }

  private ResourceRecord replace(Tx tx, Step step, ResourceRecord existing, ObjectNode properties) {
    String name = step.provider().properties().nameMember();
    if (name != null
        && properties.has(name)
        && properties.get(name).equals(existing.properties().get(name))) {
      return fail(
          tx,
          begun(step, existing, existing.properties(), ResourceStatus.UPDATE_FAILED, null)
              .with(existing.physical(), existing.properties()),
          ResourceStatus.UPDATE_FAILED,
          "CloudFormation cannot update a stack when a custom-named resource requires replacing."
              + " Rename "
              + properties.get(name).asText()
              + " and update the stack again.");
    }
    return create(tx, step, existing, properties, Progress.REPLACING);
  }

  private ResourceRecord create(
      Tx tx,
      Step step,
      @Nullable ResourceRecord existing,
      ObjectNode properties,
      Progress progress) {
    boolean replacing = progress == Progress.REPLACING;
    ResourceStatus running =
        replacing ? ResourceStatus.UPDATE_IN_PROGRESS : ResourceStatus.CREATE_IN_PROGRESS;
    ResourceRecord begun =
        begun(
                step,
                existing,
                properties,
                running,
                replacing
                    ? "Requested update requires the creation of a new physical resource; hence"
                        + " creating one."
                    : null)
            .with(progress);
    stacks.event(tx, stack, begun);
    Physical physical;
    try {
      physical = attempt(() -> step.provider().create(context(step), new Properties(properties)));
    } catch (RuntimeException e) {
      ResourceRecord kept =
          replacing && existing != null
              ? begun.with(existing.physical(), existing.properties())
              : begun;
      return fail(
          tx,
          kept,
          replacing ? ResourceStatus.UPDATE_FAILED : ResourceStatus.CREATE_FAILED,
          Failures.reason(e, step.provider().type()));
    }
    ResourceRecord made =
        begun.with(physical, properties).with(running, "Resource creation Initiated", now());
    stacks.record(tx, stack, made);
    return settle(tx, step, made);
  }

  private ResourceRecord update(Tx tx, Step step, ResourceRecord existing, ObjectNode properties) {
    ResourceRecord begun =
        begun(step, existing, properties, ResourceStatus.UPDATE_IN_PROGRESS, null)
            .with(existing.physical(), properties)
            .with(Progress.UPDATING);
    stacks.event(tx, stack, begun);
    Physical physical;
    try {
      physical =
          attempt(() ->
              step.provider()
                  .update(
                      context(step),
                      existing.physical(),
                      new Properties(existing.properties()),
                      new Properties(properties)));
    } catch (RuntimeException e) {
      return fail(
          tx,
          begun.with(existing.physical(), existing.properties()),
          ResourceStatus.UPDATE_FAILED,
          Failures.reason(e, step.provider().type()));
    }
    ResourceRecord changed = begun.with(physical, properties);
    stacks.save(tx, stack.id(), changed);
    return settle(tx, step, changed);
  }

  /** Looks whether the service has come to its end with a resource. */
  private ResourceRecord settle(Tx tx, Step step, ResourceRecord resource) {
    boolean created = resource.progress() == Progress.CREATING;
    try {
      if (!step.provider().isStable(context(step), resource.physical())) {
        if (now().toEpochMilli() - resource.at() > STABILISES_WITHIN.toMillis()) {
          throw Invalid.request("Resource did not stabilize within " + STABILISES_WITHIN);
        }
        return resource;
      }
    } catch (AwsServiceException e) {
      stacks.record(
          tx,
          stack,
          resource
              .with(resource.progress().settled())
              .with(
                  created ? ResourceStatus.CREATE_FAILED : ResourceStatus.UPDATE_FAILED,
                  Failures.reason(e, step.provider().type()),
                  now()));
      // It is there, so a rollback must know it; this answer alone says that it failed.
      return resource.with(Progress.FAILED);
    }
    ResourceRecord settled =
        resource
            .with(resource.progress().settled())
            .with(
                created ? ResourceStatus.CREATE_COMPLETE : ResourceStatus.UPDATE_COMPLETE,
                null,
                now());
    stacks.record(tx, stack, settled);
    return settled;
  }

  private ResourceRecord fail(
      Tx tx, ResourceRecord resource, ResourceStatus status, String reason) {
    ResourceRecord failure = resource.with(status, reason, now()).with(Progress.FAILED);
    stacks.record(tx, stack, failure);
    return failure;
  }

  private ResourceRecord begun(
      Step step,
      @Nullable ResourceRecord existing,
      ObjectNode properties,
      ResourceStatus status,
      @Nullable String reason) {
    return new ResourceRecord(
        step.id(),
        null,
        step.provider().type(),
        status,
        reason,
        now().toEpochMilli(),
        properties,
        Map.of(),
        step.deletionPolicy(),
        step.replacePolicy(),
        List.copyOf(step.dependencies()),
        operation.id(),
        Progress.CREATING,
        existing == null || !existing.isThere() ? null : existing.alone());
  }

  /** All calls of a step are undone if one fails; the record of the failure is not. */
  private Physical attempt(Supplier<Physical> work) {
    return env.store().write(tx -> work.get());
  }

  private Context context(Step step) {
    return new Context(env, operation.deployer().principal(), stack.name(), step.id());
  }

  private Instant now() {
    return env.clock().now();
  }
}
