package dev.onboard.local.cloudformation;

import dev.onboard.local.call.Environment;
import dev.onboard.local.cloudformation.Operation.Kind;
import dev.onboard.local.cloudformation.Operation.OnFailure;
import dev.onboard.local.cloudformation.Operation.Phase;
import dev.onboard.local.cloudformation.Planner.StackName;
import dev.onboard.local.cloudformation.ResourceRecord.Progress;
import dev.onboard.local.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/**
 * Carries operations on stacks from phase to phase, each on a thread of its own.
 *
 * <p>Every step over a resource, the services' part in it included, is one transaction: whatever
 * the moment at which the runtime dies, a step has happened and is recorded, or has not happened.
 * So to resume is to go on with the steps that are not recorded.
 */
final class Deployments {
  private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration AWAITED = Duration.ofSeconds(20);

  private final Environment env;
  private final Stacks stacks;
  private final Planner planner;
  private final Exports exports;
  private final Removal removal;
  private final Undo undo;
  private final Map<String, CountDownLatch> running = new ConcurrentHashMap<>();
  private final Set<String> cancelled = ConcurrentHashMap.newKeySet();

  Deployments(Environment env, Stacks stacks, Planner planner, Exports exports) {
    this.env = env;
    this.stacks = stacks;
    this.planner = planner;
    this.exports = exports;
    this.removal = new Removal(env, stacks);
    this.undo = new Undo(env, stacks);
  }

  /** Lets the operation of a stack run once the current transaction is durable. */
  void begin(StackRecord stack) {
    env.store()
        .afterCommit(() -> {
          running.put(stack.id(), new CountDownLatch(1));
          env.clock().start("stack " + stack.name(), () -> run(stack.id()));
        });
  }

  /**
   * Lets the caller wait until an operation has ended or waits for a service itself.
   *
   * <p>AWS answers at once and takes minutes; its command line looks at the stack right after the
   * answer, then every 30 seconds. What takes a second here is better done before the first look.
   */
  void await(String stackId) {
    CountDownLatch ended = running.get(stackId);
    if (ended == null || env.store().isWriting()) {
      return;
    }
    try {
      env.clock().idle(() -> ended.await(AWAITED.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void release(String stackId) {
    CountDownLatch latch = running.remove(stackId);
    if (latch != null) {
      latch.countDown();
    }
  }

  /** Lets a running update turn back at its next step. */
  void cancel(StackRecord stack) {
    env.store().afterCommit(() -> cancelled.add(stack.id()));
  }

  /** Takes up what was running when the runtime ended. */
  void resume() {
    List<StackRecord> running =
        env.store()
            .read(tx ->
                stacks.all(tx, false).stream()
                    .filter(s -> s.operation() != null && !s.operation().paused())
                    .toList());
    running.forEach(this::begin);
  }

  private void run(String stackId) {
    try {
      while (true) {
        StackRecord stack = env.store().read(tx -> stacks.get(tx, stackId));
        Operation operation = stack.operation();
        if (operation == null || operation.paused()) {
          return;
        }
        switch (operation.phase()) {
          case FORWARD -> forward(stack, operation);
          case ROLLBACK -> rollback(stack, operation);
          case CLEANUP -> cleanup(stack, operation, StackStatus.UPDATE_COMPLETE);
          case ROLLBACK_CLEANUP -> cleanup(stack, operation, StackStatus.UPDATE_ROLLBACK_COMPLETE);
          case DELETE -> delete(stack, operation);
        }
      }
    } catch (RuntimeException e) {
      // The operation stays where it is and is taken up at the next start.
      LOG.error("The operation on {} stopped", stackId, e);
    } finally {
      release(stackId);
    }
  }

  private void forward(StackRecord stack, Operation operation) {
    Plan plan = planner.plan(new StackName(stack.name(), stack.id()), target(stack));
    var forward =
        new Forward(
            env,
            stacks,
            stack,
            operation,
            plan,
            () -> operation.failure() != null || cancelled.remove(stack.id()));
    while (true) {
      Forward.Round round = forward.round();
      switch (round) {
        case DONE -> {
          finish(stack, operation, plan);
          return;
        }
        case FAILED -> {
          env.store().write(tx -> turnBack(tx, stack, operation, forward.failure()));
          return;
        }
        case WAITING -> pause(stack);
        case CANCELLED -> {
          env.store().write(tx -> turnBack(tx, stack, operation, "User Initiated"));
          return;
        }
      }
    }
  }

  private void finish(StackRecord stack, Operation operation, Plan plan) {
    env.store()
        .write(tx -> {
          try {
            env.store().write(inner -> complete(inner, stack, operation, plan));
          } catch (AwsServiceException e) {
            turnBack(tx, stack, operation, dev.onboard.local.call.AwsErrors.message(e));
          }
          return null;
        });
  }

  private StackRecord complete(Tx tx, StackRecord stack, Operation operation, Plan plan) {
    var values = plan.outputs(new Existing(stacks, tx, stack.id()));
    var shared = new LinkedHashMap<String, String>();
    var outputs = new ArrayList<StackRecord.OutputValue>();
    values.forEach((declared, output) -> {
      outputs.add(
          new StackRecord.OutputValue(
              declared.name(), output.value(), declared.description(), output.exportName()));
      if (output.exportName() != null) {
        shared.put(output.exportName(), output.value());
      }
    });
    exports.replace(tx, stack.id(), shared);
    exports.imports(tx, stack.id(), plan.imports());
    StackRecord done = stack.withOutputs(outputs);
    if (operation.kind() == Kind.CREATE) {
      return end(tx, done, StackStatus.CREATE_COMPLETE, null);
    }
    for (ResourceRecord resource : stacks.resources(tx, stack.id())) {
      Plan.Step step = plan.step(resource.logicalId());
      ResourceRecord before = resource.before();
      if (step == null) {
        stacks.leave(tx, stack.id(), resource);
        stacks.forget(tx, stack.id(), resource.logicalId());
      } else if (resource.operation().equals(operation.id())
          && resource.progress() == Progress.REPLACED
          && before != null) {
        stacks.leave(tx, stack.id(), before.leftWith(step.replacePolicy()));
      }
    }
    return stacks.become(
        tx,
        done.with(operation.in(Phase.CLEANUP)),
        StackStatus.UPDATE_COMPLETE_CLEANUP_IN_PROGRESS,
        null);
  }

  /** Decides what comes of a failure on the way forward. */
  private StackRecord turnBack(Tx tx, StackRecord stack, Operation operation, String failure) {
    boolean create = operation.kind() == Kind.CREATE;
    if (operation.onFailure() == OnFailure.DO_NOTHING) {
      return end(
          tx, stack, create ? StackStatus.CREATE_FAILED : StackStatus.UPDATE_FAILED, failure);
    }
    if (create && operation.onFailure() == OnFailure.DELETE) {
      return stacks.become(
          tx,
          stack.with(operation.in(Phase.DELETE).failed(failure)),
          StackStatus.DELETE_IN_PROGRESS,
          failure + "Delete requested by user.");
    }
    return stacks.become(
        tx,
        stack.with(operation.in(Phase.ROLLBACK).failed(failure)),
        create ? StackStatus.ROLLBACK_IN_PROGRESS : StackStatus.UPDATE_ROLLBACK_IN_PROGRESS,
        create ? failure + "Rollback requested by user." : failure);
  }

  private void rollback(StackRecord stack, Operation operation) {
    if (operation.kind() == Kind.CREATE) {
      List<String> failed =
          removal.run(stack, operation, Removal.Of.STACK, !operation.retainExceptOnCreate());
      env.store()
          .write(tx ->
              failed.isEmpty()
                  ? end(tx, stack, StackStatus.ROLLBACK_COMPLETE, null)
                  : end(
                      tx,
                      stack,
                      StackStatus.ROLLBACK_FAILED,
                      "The following resource(s) failed to delete: " + failed + ". "));
      return;
    }
    List<String> failed = undo.run(stack, operation);
    env.store()
        .write(tx -> {
          if (!failed.isEmpty()) {
            return stacks.become(
                tx,
                stack.with(operation.pausing()),
                StackStatus.UPDATE_ROLLBACK_FAILED,
                "The following resource(s) failed to update: " + failed + ". ");
          }
          undo.leaveCreated(tx, stack, operation);
          return stacks.become(
              tx,
              stack.withTarget(operation.previous()).with(operation.in(Phase.ROLLBACK_CLEANUP)),
              StackStatus.UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS,
              null);
        });
  }

  /** What cannot be cleaned up stays behind; the stack is done with it all the same, as on AWS. */
  private void cleanup(StackRecord stack, Operation operation, StackStatus end) {
    removal.run(stack, operation, Removal.Of.LEFTOVERS, true);
    env.store().write(tx -> end(tx, stack, end, null));
  }

  private void delete(StackRecord stack, Operation operation) {
    List<String> failed = removal.run(stack, operation, Removal.Of.STACK, true);
    env.store()
        .write(tx -> {
          if (!failed.isEmpty()) {
            return end(
                tx,
                stack,
                StackStatus.DELETE_FAILED,
                "The following resource(s) failed to delete: " + failed + ". ");
          }
          exports.replace(tx, stack.id(), Map.of());
          exports.imports(tx, stack.id(), List.of());
          tx.update("DELETE FROM cfn_change_set WHERE stack = ?", stack.id());
          return end(tx, stack.deletedAt(env.clock().now()), StackStatus.DELETE_COMPLETE, null);
        });
  }

  /** The end of an operation; its event still carries the operation's token. */
  private StackRecord end(Tx tx, StackRecord stack, StackStatus status, @Nullable String reason) {
    stacks.event(tx, stack, status, reason);
    StackRecord ended = stacks.current(tx, stack).with(status, reason).with((Operation) null);
    stacks.save(tx, ended);
    return ended;
  }

  private void pause(StackRecord stack) {
    release(stack.id());
    try {
      env.clock().sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Target target(StackRecord stack) {
    if (stack.target() == null) {
      throw new IllegalStateException(stack.id() + " has no target");
    }
    return stack.target();
  }
}
