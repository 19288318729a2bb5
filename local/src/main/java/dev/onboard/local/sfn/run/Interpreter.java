package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.sfn.Limits;
import dev.onboard.local.sfn.asl.DataFlow;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.sfn.asl.PlainStates;
import dev.onboard.local.sfn.asl.Recovery;
import dev.onboard.local.sfn.asl.Scope;
import dev.onboard.local.sfn.asl.State;
import dev.onboard.local.sfn.asl.StateError;
import dev.onboard.local.sfn.run.Position.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Runs one branch, state by state. */
final class Interpreter {
  private final Frame frame;
  private final Run run;
  private final Journal journal;

  Interpreter(Frame frame) {
    this.frame = frame;
    this.run = frame.run();
    this.journal = run.journal();
  }

  /**
   * Runs the branch to its end.
   *
   * @return the error that it ends with; {@code null} if it ends well, with its output as the
   *     branch's input
   */
  @Nullable StateError runToEnd() {
    while (!frame.isDone()) {
      frame.check();
      State state = frame.flow().state(frame.position().state());
      if (frame.position().phase() == Phase.READY) {
        enter(state);
      }
      Step step = attempt(state);
      switch (step) {
        case Step.Again _ -> {}
        case Step.Fail(StateError error) -> {
          return error;
        }
        case Step.Exit exit -> leave(state, exit);
      }
      if (journal.isFull()) {
        run.flush();
      }
    }
    return null;
  }

  private void enter(State state) {
    Instant now = run.engine().env().clock().now();
    frame.forgetRetries();
    run.bill().transition();
    journal.note(
        frame,
        () -> {
          long before = frame.last();
          long id =
              journal.event(
                  state.type() + "StateEntered",
                  before,
                  () -> Details.entered(state.name(), frame.input()));
          frame.last(id);
          frame.position(new Position(state.name(), Phase.ENTERED, id, before, now, null));
        });
  }

  private Step attempt(State state) {
    try {
      Step step = perform(state);
      if (step instanceof Step.Exit exit && exit.output().exceeds(Limits.PAYLOAD_BYTES)) {
        throw StateError.resultTooLarge(state.name());
      }
      return step;
    } catch (StateError e) {
      return recover(state, e.in(state.name(), frame.position().entered()));
    }
  }

  private Step perform(State state) {
    if (frame.position().phase() == Phase.RETRYING) {
      frame.awaitTime(Instant.parse(frame.position().dataTree().path("due").asText()));
      journal.note(frame, () -> frame.position(frame.position().in(Phase.ENTERED, null)));
    } else if (frame.position().phase() == Phase.FAILED) {
      JsonNode data = frame.position().dataTree();
      throw StateError.of(data.path("error").textValue(), data.path("cause").textValue());
    }
    Scope scope = scope(state);
    return switch (state) {
      case State.Pass pass -> exit(pass, PlainStates.pass(pass, scope), null);
      case State.Succeed succeed -> exit(state, succeed.common().data().pass(scope), null);
      case State.Fail fail -> new Step.Fail(PlainStates.failure(fail, scope));
      case State.Choice choice -> choose(choice, scope);
      case State.Wait waiting -> waitFor(waiting, scope);
      case State.Task task -> new TaskWork(this, frame, task).perform(scope);
      case State.Parallel parallel -> new ParallelWork(this, frame, parallel).perform(scope);
      case State.MapState map when map.distributed() == null ->
          new InlineMapWork(this, frame, map).perform(scope);
      case State.MapState map -> new DistributedMapWork(this, frame, map).perform(scope);
    };
  }

  /** What the state's expressions see. */
  Scope scope(State state) {
    return Scope.of(
        frame.input().node(),
        () -> Context.of(frame, state),
        frame.variables(),
        run.engine().env().clock()::now);
  }

  private Step choose(State.Choice choice, Scope scope) {
    PlainStates.Choice chosen = PlainStates.choose(choice, scope);
    DataFlow.Outcome outcome = chosen.outcome();
    return new Step.Exit(payload(outcome.output()), outcome.assigned(), chosen.next(), null);
  }

  private Step waitFor(State.Wait waiting, Scope scope) {
    DataFlow data = waiting.common().data();
    if (frame.position().phase() != Phase.WAITING) {
      Instant now = run.engine().env().clock().now();
      Instant due = PlainStates.due(waiting, scope, now);
      if (due.isAfter(now)) {
        journal.note(
            frame,
            () ->
                frame.position(
                    frame.position().in(Phase.WAITING, Json.object().put("due", due.toString()))));
        run.flush();
      }
    }
    if (frame.position().phase() == Phase.WAITING) {
      frame.awaitTime(Instant.parse(frame.position().dataTree().path("due").asText()));
    }
    return exit(waiting, data.pass(scope), null);
  }

  /** Leaves the state for the one that follows in the definition. */
  Step exit(State state, DataFlow.Outcome outcome, @Nullable Runnable epilogue) {
    return new Step.Exit(
        payload(outcome.output()), outcome.assigned(), state.common().next(), epilogue);
  }

  /** The payload of an output; the input's own if nothing was changed. */
  Payload payload(JsonNode output) {
    return output == frame.input().node() ? frame.input() : Payload.of(output);
  }

  private void leave(State state, Step.Exit exit) {
    journal.note(
        frame,
        () -> {
          if (exit.epilogue() != null) {
            exit.epilogue().run();
          }
          frame.last(
              journal.event(
                  state.type() + "StateExited",
                  frame.last(),
                  () -> Details.exited(state.name(), exit.output(), exit.assigned())));
          journal.removeBelow(frame);
          frame.assign(exit.assigned());
          frame.input(exit.output());
          frame.taskToken(null);
          if (exit.next() == null) {
            frame.position(frame.position().in(Phase.DONE, null));
            endIteration();
          } else {
            frame.position(Position.start(exit.next()));
          }
        });
  }

  /** Notes the good end of an iteration, within a note. */
  private void endIteration() {
    Frame.MapItem item = frame.item();
    Frame parent = frame.parent();
    if (item != null && parent != null) {
      long id =
          journal.event(
              "MapIterationSucceeded",
              frame.last(),
              () -> Details.iteration(parent.position().state(), item.index()));
      frame.completion(id);
      frame.position(frame.position().in(Phase.DONE, Json.object().put("completion", id)));
    }
  }

  private Step recover(State state, StateError error) {
    if (StateError.QUERY_EVALUATION.equals(error.error())) {
      evaluationFailed(state, error);
    }
    List<Recovery.Retrier> retriers = state.recovery().retriers();
    for (int i = 0; i < retriers.size(); i++) {
      if (retriers.get(i).matches(error)) {
        if (frame.retriesOf(i) < retriers.get(i).maxAttempts()) {
          retry(i, retriers.get(i));
          return new Step.Again();
        }
        break;
      }
    }
    for (Recovery.Catcher catcher : state.recovery().catchers()) {
      if (catcher.matches(error)) {
        return caught(state, catcher, error);
      }
    }
    failState(state, error);
    return new Step.Fail(error);
  }

  private Step caught(State state, Recovery.Catcher catcher, StateError error) {
    failState(state, error);
    try {
      DataFlow.Outcome outcome = catcher.handle(scope(state), error);
      return new Step.Exit(payload(outcome.output()), outcome.assigned(), catcher.next(), null);
    } catch (StateError e) {
      return new Step.Fail(e.in(state.name(), frame.position().entered()));
    }
  }

  /**
   * A map or parallel state notes that it has failed; a runtime error ends the execution at once.
   */
  private void failState(State state, StateError error) {
    if (!(state instanceof State.MapState || state instanceof State.Parallel)) {
      return;
    }
    journal.note(
        frame,
        () -> {
          if (!StateError.RUNTIME.equals(error.error())) {
            frame.last(journal.event(state.type() + "StateFailed", frame.last(), () -> null));
          }
          if (frame.position().phase() == Phase.CHILDREN) {
            frame.position(frame.position().failed(error));
          }
        });
  }

  private void evaluationFailed(State state, StateError error) {
    Position position = frame.position();
    boolean first = frame.last() == position.entered() && !(state instanceof State.Wait);
    journal.note(
        frame,
        () ->
            frame.last(
                journal.event(
                    "EvaluationFailed",
                    first ? position.beforeEntry() : frame.last(),
                    () -> {
                      ObjectNode details = Details.error(error).put("state", state.name());
                      return error.location() == null
                          ? details
                          : details.put("location", error.location());
                    })));
  }

  private void retry(int index, Recovery.Retrier retrier) {
    Duration delay = retrier.delay(frame.retriesOf(index), ThreadLocalRandom.current()::nextDouble);
    Instant due = run.engine().env().clock().now().plus(delay);
    frame.countRetry(index);
    run.bill().transition();
    journal.note(
        frame,
        () -> {
          journal.removeBelow(frame);
          frame.position(
              frame.position().in(Phase.RETRYING, Json.object().put("due", due.toString())));
        });
    run.flush();
  }
}
