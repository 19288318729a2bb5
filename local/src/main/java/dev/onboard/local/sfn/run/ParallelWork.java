package dev.onboard.local.sfn.run;

import dev.onboard.local.sfn.asl.DataFlow;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.sfn.asl.Scope;
import dev.onboard.local.sfn.asl.State;
import dev.onboard.local.sfn.run.Position.Phase;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The work of a Parallel state. */
final class ParallelWork {
  private final Interpreter interpreter;
  private final Frame frame;
  private final Run run;
  private final Journal journal;
  private final State.Parallel parallel;

  ParallelWork(Interpreter interpreter, Frame frame, State.Parallel parallel) {
    this.interpreter = interpreter;
    this.frame = frame;
    this.run = frame.run();
    this.journal = run.journal();
    this.parallel = parallel;
  }

  Step perform(Scope scope) {
    Payload input = interpreter.payload(parallel.common().data().arguments(scope));
    boolean resumed = frame.position().phase() == Phase.CHILDREN;
    if (!resumed) {
      journal.note(
          frame,
          () -> {
            frame.last(journal.event("ParallelStateStarted", frame.last(), () -> null));
            frame.position(
                frame.position().in(Phase.CHILDREN, Json.object().put("started", frame.last())));
          });
    }
    int count = parallel.branches().size();
    long started = frame.position().dataTree().path("started").longValue();
    // Every branch's first event follows the start of the state, whichever ends first.
    var branches =
        new Branches(
            frame,
            count,
            count,
            started,
            (index, known, previous) -> begin(index, known, input, started));
    List<Payload> outputs;
    try {
      outputs = branches.run(resumed ? run.rowsOf(frame) : List.of());
    } catch (Branches.Failed e) {
      journal.note(
          frame,
          () -> {
            frame.last(e.branch().last());
            frame.position(frame.position().failed(e.error()));
          });
      throw e.error();
    }
    return exit(scope, branches, outputs);
  }

  private Frame begin(int index, @Nullable FrameRow known, Payload input, long started) {
    return known == null
        ? Frame.begin(run, frame, index, parallel.branches().get(index), input, started)
        : new Frame(run, frame, parallel.branches().get(index), known);
  }

  private Step exit(Scope scope, Branches branches, List<Payload> outputs) {
    Payload result =
        Payload.ofText(
            outputs.stream().map(Payload::text).collect(Collectors.joining(",", "[", "]")));
    DataFlow.Outcome outcome = parallel.common().data().finish(scope, result.node());
    Payload output =
        outcome.output() == result.node() ? result : interpreter.payload(outcome.output());
    long last = branches.lastCompletion();
    return new Step.Exit(
        output,
        outcome.assigned(),
        parallel.common().next(),
        () -> {
          journal.event("ParallelStateSucceeded", last, () -> null);
          frame.last(last);
        });
  }
}
