package dev.onboard.local.sfn.run;

import dev.onboard.local.clock.Timer;
import dev.onboard.local.sfn.Limits;
import dev.onboard.local.sfn.asl.Flow;
import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.sfn.asl.StateError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An execution while it runs. */
final class Run {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  private final Engine engine;
  private final Revision revision;
  private final Flow flow;
  private final Journal journal;
  private final Bill bill;
  private final List<FrameRow> rows;
  private final @Nullable ExecutionLog log;
  private final Set<Frame> live = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean ending = new AtomicBoolean();
  private volatile Execution execution;
  private volatile boolean stopped;
  private volatile @Nullable Timer timeout;

  /**
   * Prepares a run.
   *
   * @param rows where its branches stood before a restart; none if it begins
   * @param latestEvent the last event that it has
   */
  Run(
      Engine engine,
      Execution execution,
      Revision revision,
      Flow flow,
      List<FrameRow> rows,
      long latestEvent,
      @Nullable ExecutionLog log) {
    this.engine = engine;
    this.execution = execution;
    this.revision = revision;
    this.flow = flow;
    this.rows = rows;
    this.log = log;
    this.bill = new Bill(engine.env().meter(), revision.machineName(), execution.express());
    int frames = rows.stream().mapToInt(FrameRow::id).max().orElse(0);
    this.journal =
        new Journal(
            execution.id(),
            !execution.express(),
            engine.env().clock()::now,
            log,
            latestEvent + 1,
            frames + 1);
    rows.forEach(journal::known);
  }

  Engine engine() {
    return engine;
  }

  Execution execution() {
    return execution;
  }

  Revision revision() {
    return revision;
  }

  Journal journal() {
    return journal;
  }

  Bill bill() {
    return bill;
  }

  boolean isStopped() {
    return stopped;
  }

  /** The branches that a branch had started before a restart. */
  List<FrameRow> rowsOf(Frame parent) {
    return rows.stream().filter(r -> r.parent() == parent.id()).toList();
  }

  /** Begins to work, or goes on. */
  void start(@Nullable Instant deadline) {
    if (deadline != null) {
      timeout = engine.env().clock().at(deadline, this::timeOut);
    }
    engine.env().clock().start(execution.name(), this::drive);
  }

  private void drive() {
    Frame root =
        rows.stream()
            .filter(r -> r.parent() == 0)
            .findFirst()
            .map(r -> new Frame(this, null, flow, r))
            .orElseGet(() -> Frame.begin(this, null, 0, flow, execution.input(), 0));
    live(root);
    guarded(
        root,
        () -> {
          StateError error = new Interpreter(root).runToEnd();
          if (error == null) {
            end(Execution.Status.SUCCEEDED, root.input(), null, root.last());
          } else {
            end(Execution.Status.FAILED, null, error, root.last());
          }
        });
    dead(root);
  }

  /** Runs a part of a branch's work; whatever it throws is dealt with. */
  void guarded(Frame branch, Runnable work) {
    try {
      work.run();
    } catch (Journal.Stopped | Frame.Aborted e) {
      LOG.trace("branch {} of {} has unwound", branch.id(), execution.arn());
    } catch (Journal.HistoryFull e) {
      end(
          Execution.Status.FAILED,
          null,
          StateError.of(
              StateError.RUNTIME,
              "The execution reached the maximum number of history events ("
                  + Limits.HISTORY_EVENTS
                  + ")."),
          branch.last());
    } catch (RuntimeException | Error e) {
      broken(e);
    }
  }

  /**
   * A bug of this runtime, or a store that fails: the execution is left as the store has it, to be
   * taken up again after a restart, rather than failed with what is not its fault.
   */
  private void broken(Throwable e) {
    if (!engine.isClosed()) {
      LOG.error("{} cannot go on until the runtime is started again", execution.arn(), e);
    }
    halt();
  }

  void live(Frame branch) {
    live.add(branch);
  }

  void dead(Frame branch) {
    live.remove(branch);
  }

  /** The branch of that number, if it runs. */
  @Nullable Frame branch(int id) {
    return live.stream().filter(f -> f.id() == id).findFirst().orElse(null);
  }

  /** Writes what was noted, if the execution is kept. */
  void flush() {
    if (journal.isKept() && !journal.isEmpty()) {
      engine
          .env()
          .store()
          .write(tx -> {
            journal.write(tx);
            return null;
          });
    }
    if (log != null) {
      log.send();
    }
  }

  private void timeOut() {
    end(Execution.Status.TIMED_OUT, null, StateError.of(null, null), 0);
  }

  /** Ends the execution; the first end counts. */
  void end(
      Execution.Status status, @Nullable Payload output, @Nullable StateError error, long last) {
    if (engine.isClosed() || !ending.compareAndSet(false, true)) {
      return;
    }
    journal.close();
    Execution over =
        execution.ended(
            status,
            output == null ? null : output.text(),
            error == null ? null : error.error(),
            error == null ? null : error.cause(),
            engine.env().clock().now());
    journal.lastEvent(
        switch (status) {
          case SUCCEEDED -> "ExecutionSucceeded";
          case FAILED -> "ExecutionFailed";
          case TIMED_OUT -> "ExecutionTimedOut";
          case ABORTED -> "ExecutionAborted";
          case RUNNING, PENDING_REDRIVE ->
              throw new IllegalArgumentException("an end must not be " + status);
        },
        last,
        switch (status) {
          case SUCCEEDED -> Details.output(Objects.requireNonNull(output));
          // The event alone names the error.
          case TIMED_OUT -> Details.error(StateError.TIMEOUT, null);
          default -> Details.error(over.error(), over.cause());
        });
    engine.save(over, journal);
    execution = over;
    bill.ended(Duration.between(over.started(), engine.env().clock().now()));
    halt();
    if (log != null) {
      log.send();
    }
    engine.ended(over, this);
  }

  /** Lets all branches unwind, without a trace in the store. */
  void halt() {
    stopped = true;
    journal.close();
    Timer timer = timeout;
    if (timer != null) {
      timer.cancel();
    }
    live.forEach(f -> f.tell(new Signal.Wake()));
  }
}
