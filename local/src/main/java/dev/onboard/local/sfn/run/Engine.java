package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.Environment;
import dev.onboard.local.clock.Mailbox;
import dev.onboard.local.sfn.Limits;
import dev.onboard.local.sfn.asl.Definition;
import dev.onboard.local.sfn.asl.DefinitionParser;
import dev.onboard.local.sfn.asl.Flow;
import dev.onboard.local.sfn.asl.InvalidDefinition;
import dev.onboard.local.sfn.asl.StateError;
import dev.onboard.local.sfn.task.Connectors;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs executions: starts them, takes them up again after a restart, stops them, tells their end.
 */
public final class Engine {
  private static final int DEFINITIONS = 500;

  private final Environment env;
  private final Connectors connectors;
  private final StatusEvents statusEvents;
  private final Activities activities;
  private final ExecutionMetrics metrics;
  private final Redriving redriving;
  private final Map<String, Run> running = new ConcurrentHashMap<>();
  private final Map<Long, Definition> definitions = new ConcurrentHashMap<>();
  private final Map<String, List<Consumer<Execution>>> listeners = new ConcurrentHashMap<>();
  private final Map<Long, DistributedMapWork> mapRuns = new ConcurrentHashMap<>();
  private volatile boolean closed;

  public Engine(Environment env) {
    this.env = env;
    this.connectors = new Connectors(env);
    this.statusEvents = new StatusEvents(env);
    this.activities = new Activities(env, this::reported);
    this.metrics = new ExecutionMetrics(env);
    this.redriving = new Redriving(env, statusEvents, metrics);
  }

  public Environment env() {
    return env;
  }

  public Connectors connectors() {
    return connectors;
  }

  public Activities activities() {
    return activities;
  }

  boolean isClosed() {
    return closed;
  }

  /** The definition of a revision, compiled. */
  public Definition definition(Revision revision) {
    Definition known = definitions.get(revision.id());
    if (known == null) {
      try {
        known = DefinitionParser.parse(revision.definition(), revision.express(), r -> null);
      } catch (InvalidDefinition e) {
        throw new IllegalStateException("the definition of " + revision.machineArn(), e);
      }
      if (definitions.size() >= DEFINITIONS) {
        definitions.clear();
      }
      definitions.put(revision.id(), known);
    }
    return known;
  }

  /**
   * Starts an execution that is kept in the store; it runs once the write is durable.
   *
   * @param execution one that has no number yet
   */
  public Execution start(Execution execution, Revision revision) {
    return env.store()
        .write(tx -> {
          Execution added = execution.add(tx);
          metrics.count(tx, added);
          if (!added.express()) {
            begin(tx, added, revision);
          }
          env.store().afterCommit(() -> begin(added, revision));
          return added;
        });
  }

  /** Adds a child of a map run; the map run runs it. */
  Execution addChild(Tx tx, Execution child, Revision revision) {
    Execution added = child.add(tx);
    if (!added.express()) {
      begin(tx, added, revision);
    }
    return added;
  }

  private void begin(Tx tx, Execution execution, Revision revision) {
    started(execution, revision).save(tx, execution.id());
    statusEvents.publish(execution);
  }

  private static Event started(Execution execution, Revision revision) {
    return new Event(
        1, 0, execution.started(), "ExecutionStarted", startDetails(execution, revision));
  }

  private static ObjectNode startDetails(Execution execution, Revision revision) {
    var details = Details.input(execution.input()).put("roleArn", revision.roleArn());
    if (execution.aliasArn() != null) {
      details.put("stateMachineAliasArn", execution.aliasArn());
    }
    if (execution.versionArn() != null) {
      details.put("stateMachineVersionArn", execution.versionArn());
    }
    return details;
  }

  /**
   * Runs an execution that is kept nowhere and waits for its end; what starts a synchronous Express
   * execution waits for it, so nobody is left to ask after a restart.
   */
  public Execution runNow(Execution execution, Revision revision) {
    var over = new Mailbox<Execution>(env.clock());
    Runnable forget = onEnd(execution.arn(), over::put);
    try {
      env.store()
          .write(tx -> {
            metrics.count(tx, execution);
            return null;
          });
      begin(execution, revision);
      return over.take();
    } finally {
      forget.run();
    }
  }

  private void begin(Execution execution, Revision revision) {
    Definition definition = definition(revision);
    Event first = started(execution, revision);
    run(execution, revision, definition.flow(), List.of(), first, deadline(execution, definition));
  }

  /** Begins to run a child of a map run. */
  void beginChild(Execution child, Revision revision, Flow flow) {
    run(child, revision, flow, List.of(), started(child, revision), deadline(child));
  }

  /**
   * Begins to run an execution of a flow, for the first time or once more: that of its state
   * machine, or of a map's processor.
   *
   * @param latest the last event that it has
   */
  private void run(
      Execution execution,
      Revision revision,
      Flow flow,
      List<FrameRow> rows,
      Event latest,
      @Nullable Instant deadline) {
    ExecutionLog log = ExecutionLog.open(env, execution, revision.logging());
    if (log != null && log.wants(latest.type())) {
      log.add(latest);
    }
    var run = new Run(this, execution, revision, flow, rows, latest.id(), log);
    run.bill().transition();
    run(run, deadline);
  }

  private void run(Run run, @Nullable Instant deadline) {
    if (!closed) {
      running.put(run.execution().arn(), run);
      run.start(deadline);
    }
  }

  private static @Nullable Instant deadline(Execution execution, Definition definition) {
    Long seconds = definition.timeoutSeconds();
    return deadline(execution, seconds == null ? null : begun(execution).plusSeconds(seconds));
  }

  private static @Nullable Instant deadline(Execution child) {
    return deadline(child, (Instant) null);
  }

  private static @Nullable Instant deadline(Execution execution, @Nullable Instant own) {
    if (!execution.express()) {
      return own;
    }
    Instant most = execution.started().plus(Limits.EXPRESS_DURATION);
    return own == null || own.isAfter(most) ? most : own;
  }

  /** When its time began to count: a redrive gives it the whole of it again. */
  private static Instant begun(Execution execution) {
    Instant redriven = execution.redrives().latest();
    return redriven == null ? execution.started() : redriven;
  }

  /** Runs an execution again from where it came to no good. */
  public Execution redrive(Tx tx, Execution over, Revision revision) {
    Definition definition = definition(revision);
    Redriving.Redriven again = redriving.again(tx, over, definition.flow());
    Instant deadline = deadline(again.execution(), definition);
    env.store().afterCommit(() -> run(again, revision, definition.flow(), deadline));
    return again.execution();
  }

  /** The same for a child of a map run. */
  Execution redriveChild(Tx tx, Execution over, Revision revision, Flow flow) {
    Redriving.Redriven again = redriving.again(tx, over, flow);
    env.store().afterCommit(() -> run(again, revision, flow, deadline(again.execution())));
    return again.execution();
  }

  private void run(
      Redriving.Redriven again, Revision revision, Flow flow, @Nullable Instant deadline) {
    run(again.execution(), revision, flow, again.rows(), again.event(), deadline);
  }

  /** Takes up what ran when the runtime was stopped; children of map runs are their parent's. */
  public void resume() {
    metrics.resume();
    var remains = new Remains(env);
    remains.abandonOrphans();
    for (Execution execution : remains.running()) {
      Revision revision =
          env.store().read(tx -> Revision.find(tx, execution.revision())).orElseThrow();
      Definition definition = definition(revision);
      resume(execution, revision, definition.flow(), deadline(execution, definition));
    }
    remains.forgetBranches();
  }

  private void resume(
      Execution execution, Revision revision, Flow flow, @Nullable Instant deadline) {
    if (execution.express()) {
      run(execution, revision, flow, List.of(), started(execution, revision), deadline);
      return;
    }
    ExecutionLog log = ExecutionLog.open(env, execution, revision.logging());
    List<FrameRow> rows = env.store().read(tx -> FrameRow.all(tx, execution.id()));
    long latest = env.store().read(tx -> History.length(tx, execution.id()));
    run(new Run(this, execution, revision, flow, rows, latest, log), deadline);
  }

  /** Takes up a child of a map run. */
  void resumeChild(Execution child, Revision revision, Flow flow) {
    resume(child, revision, flow, deadline(child));
  }

  /** Notes the end of an execution in the store: status, last events, what goes with it. */
  void save(Execution over, Journal journal) {
    env.store()
        .write(tx -> {
          metrics.count(tx, over);
          if (over.id() == 0) {
            return null;
          }
          journal.write(tx);
          over.saveEnd(tx);
          if (over.express() && over.mapRun() == null) {
            // Nobody can ask for it; it was kept only to be run again after a crash.
            tx.update("DELETE FROM sfn_execution WHERE id = ?", over.id());
          }
          if (!over.express()) {
            if (!over.hasFailed()) {
              tx.update("DELETE FROM sfn_frame WHERE execution = ?", over.id());
            }
            tx.update("DELETE FROM sfn_token WHERE execution = ?", over.id());
            statusEvents.publish(over);
          }
          if (over.mapRun() != null) {
            MapRun.childEnded(tx, over);
          }
          tx.update(
              "DELETE FROM sfn_machine WHERE arn = ? AND status = 'DELETING' AND NOT EXISTS"
                  + " (SELECT 1 FROM sfn_execution e WHERE e.machine = sfn_machine.arn AND"
                  + " e.status = 'RUNNING')",
              over.machineArn());
          return null;
        });
  }

  /** Tells whoever waits for it. */
  void ended(Execution over, Run run) {
    // It may have been redriven meanwhile.
    running.remove(over.arn(), run);
    if (over.hasFailed() && !over.express()) {
      // After a restart an execution may end before its maps are taken up again.
      new Remains(env).abandonUntaken(over, mapRuns::containsKey);
    }
    List<Consumer<Execution>> waiting = listeners.remove(over.arn());
    if (waiting != null) {
      waiting.forEach(w -> w.accept(over));
    }
    if (over.mapRun() != null) {
      DistributedMapWork parent = mapRuns.get(over.mapRun());
      if (parent != null) {
        parent.tell(new Signal.ChildEnded(over));
      }
    }
  }

  /**
   * Asks to be told of an execution's end.
   *
   * @return takes the question back
   */
  Runnable onEnd(String arn, Consumer<Execution> listener) {
    listeners.computeIfAbsent(arn, k -> new CopyOnWriteArrayList<>()).add(listener);
    return () ->
        listeners.computeIfPresent(
            arn,
            (k, all) -> {
              all.remove(listener);
              return all.isEmpty() ? null : all;
            });
  }

  /** Stops an execution; one that has ended stays as it is. */
  public void stop(String arn, @Nullable String error, @Nullable String cause) {
    env.store().afterCommit(() -> stopNow(arn, error, cause));
  }

  private void stopNow(String arn, @Nullable String error, @Nullable String cause) {
    Run run = running.get(arn);
    if (run != null) {
      run.end(Execution.Status.ABORTED, null, StateError.of(error, cause), 0);
    }
  }

  /** Tells a branch that its task's token was reported on. */
  public void reported(long execution, int frame) {
    for (Run run : running.values()) {
      if (run.execution().id() == execution) {
        Frame branch = run.branch(frame);
        if (branch != null) {
          branch.tell(new Signal.Reported());
        }
      }
    }
  }

  /** Whether a text has the form of a task token. */
  public static boolean isTaskToken(String text) {
    return TaskTokens.isToken(text);
  }

  /** Makes a map run a work's own; gives the other work if there is one that is still at it. */
  @Nullable DistributedMapWork mapRunBegins(long id, DistributedMapWork work) {
    return mapRuns.putIfAbsent(id, work);
  }

  void mapRunEnds(DistributedMapWork work) {
    mapRuns.values().remove(work);
  }

  /** The work of a map run that has not come to its end, if there is one. */
  @Nullable DistributedMapWork workOf(long mapRun) {
    return mapRuns.get(mapRun);
  }

  /** Whether an execution runs here; one whose end is just being noted still does. */
  boolean isRunning(Execution execution) {
    return running.containsKey(execution.arn());
  }

  /** Tells a map run that its settings were changed. */
  public void mapRunChanged(long id) {
    DistributedMapWork work = mapRuns.get(id);
    if (work != null) {
      work.tell(new Signal.Wake());
    }
  }

  /** Lets everything unwind; the store keeps it for the next start. */
  public void close() {
    closed = true;
    activities.close();
    running.values().forEach(Run::halt);
    running.clear();
  }
}
