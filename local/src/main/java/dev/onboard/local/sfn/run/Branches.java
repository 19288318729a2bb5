package dev.onboard.local.sfn.run;

import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.sfn.asl.State;
import dev.onboard.local.sfn.asl.StateError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The branches that a Parallel state or an inline map runs, side by side within a limit. */
final class Branches {
  private final Frame frame;
  private final Run run;
  private final int count;
  private final int limit;
  private final Beginning beginning;
  private final Map<Integer, Frame> begun = new HashMap<>();
  private final Map<Integer, Payload> outputs = new HashMap<>();
  private final List<Frame> alive = new ArrayList<>();
  private int next;
  private long slot;
  private long lastCompletion;

  /** Makes the branches, one by one. */
  @FunctionalInterface
  interface Beginning {
    /**
     * Begins a branch within a note.
     *
     * @param known where it stood before a restart; a new one if {@code null}
     * @param previous the event that its first event follows
     */
    Frame begin(int index, @Nullable FrameRow known, long previous);
  }

  /**
   * Prepares branches.
   *
   * @param started the event of having started the state
   */
  Branches(Frame frame, int count, int limit, long started, Beginning beginning) {
    this.frame = frame;
    this.run = frame.run();
    this.count = count;
    this.limit = limit;
    this.slot = started;
    this.lastCompletion = started;
    this.beginning = beginning;
  }

  /** The event of the end of the branch that ended last. */
  long lastCompletion() {
    return lastCompletion;
  }

  /**
   * Runs all of them.
   *
   * @param known those that a restart has found
   * @return their outputs in order
   * @throws Failed if one has failed; the others have been stopped
   */
  List<Payload> run(List<FrameRow> known) {
    for (FrameRow row : known) {
      Frame branch = beginning.begin(row.branch(), row, row.last());
      begun.put(row.branch(), branch);
      next = Math.max(next, row.branch() + 1);
      if (branch.isDone()) {
        completed(branch);
      } else {
        start(branch);
      }
    }
    try {
      while (outputs.size() < count) {
        while (alive.size() < limit && next < count) {
          beginNext();
        }
        Frame ended = frame.await(s -> s instanceof Signal.BranchEnded(Frame b) ? b : null);
        alive.remove(ended);
        if (ended.failure() != null) {
          stopOthers();
          throw new Failed(ended);
        }
        completed(ended);
        slot = ended.last();
      }
    } catch (Failed e) {
      throw e;
    } catch (RuntimeException e) {
      stopOthers();
      throw e;
    }
    return IntStream.range(0, count).mapToObj(outputs::get).toList();
  }

  private void beginNext() {
    int index = next++;
    run.journal()
        .note(
            frame,
            () -> {
              Frame branch = beginning.begin(index, null, slot);
              begun.put(index, branch);
              run.journal().track(branch);
            });
    start(begun.get(index));
  }

  private void completed(Frame branch) {
    outputs.put(branch.branch(), branch.input());
    begun.put(branch.branch(), branch);
    lastCompletion =
        Math.max(lastCompletion, branch.completion() == 0 ? branch.last() : branch.completion());
  }

  private void start(Frame branch) {
    alive.add(branch);
    run.live(branch);
    run.engine()
        .env()
        .clock()
        .start(
            run.execution().name() + "/" + branch.id(),
            () -> run.guarded(branch, () -> drive(branch)));
  }

  private void drive(Frame branch) {
    try {
      StateError error = new Interpreter(branch).runToEnd();
      if (error != null) {
        branch.failure(error);
      }
    } catch (Frame.Aborted e) {
      noteAbortion(branch);
    } finally {
      run.dead(branch);
      frame.tell(new Signal.BranchEnded(branch));
    }
  }

  /** A state that has events of its own tells that it was stopped. */
  private void noteAbortion(Frame branch) {
    State state = branch.flow().state(branch.position().state());
    boolean tells =
        state instanceof State.Task
            || state instanceof State.Wait
            || state instanceof State.Parallel
            || state instanceof State.MapState;
    if (tells && branch.position().phase() != Position.Phase.READY && !run.isStopped()) {
      run.journal()
          .note(
              branch,
              () ->
                  branch.last(
                      run.journal()
                          .event(state.type() + "StateAborted", branch.last(), () -> null)));
    }
  }

  private void stopOthers() {
    alive.forEach(Frame::abort);
    while (!alive.isEmpty() && !run.isStopped()) {
      Frame ended = awaitEndOfAny();
      alive.remove(ended);
    }
  }

  /** Waits even if this branch is itself to stop: its own branches must have unwound first. */
  private Frame awaitEndOfAny() {
    while (true) {
      if (frame.next() instanceof Signal.BranchEnded(Frame branch)) {
        return branch;
      }
      if (run.isStopped()) {
        return alive.getFirst();
      }
    }
  }

  /** The iterations that were stopped, in order. */
  List<Frame> stopped(Frame failed) {
    return begun.values().stream()
        .filter(b -> b != failed && !outputs.containsKey(b.branch()))
        .sorted(Comparator.comparingInt(Frame::branch))
        .collect(Collectors.toList());
  }

  /** A branch has failed. */
  static final class Failed extends RuntimeException {
    private final transient Frame branch;

    Failed(Frame branch) {
      super("a branch has failed", null, false, false);
      this.branch = branch;
    }

    Frame branch() {
      return branch;
    }

    StateError error() {
      return Objects.requireNonNull(branch.failure());
    }
  }
}
