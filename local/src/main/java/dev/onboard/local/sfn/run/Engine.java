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
          env.store().afterCommit(() -> run(added, revision, List.of(), 1));
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
    var event =
        new Event(1, 0, execution.started(), "ExecutionStarted", started(execution, revision));
    tx.update(
        "INSERT INTO sfn_event VALUES (?, ?, ?, ?, ?, ?)",
        execution.id(),
        event.id(),
        event.previous(),
        event.at(),
        event.type(),
        event.detailsText());
    statusEvents.publish(execution);
  }

  static ObjectNode started(Execution execution, Revision revision) {
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
      run(execution, revision, List.of(), 1);
      return over.take();
    } finally {
      forget.run();
    }
  }

  private void run(Execution execution, Revision revision, List<FrameRow> rows, long latestEvent) {
    Definition definition = definition(revision);
    Instant deadline = deadline(execution, definition.timeoutSeconds());
    run(execution, revision, definition.flow(), rows, latestEvent, deadline);
  }

  /** Runs an execution of a flow: that of its state machine, or of a map's processor. */
  void run(
      Execution execution,
      Revision revision,
      Flow flow,
      List<FrameRow> rows,
      long latestEvent,
      @Nullable Instant deadline) {
    if (closed) {
      return;
    }
    ExecutionLog log = ExecutionLog.open(env, execution, revision.logging());
    var run = new Run(this, execution, revision, flow, rows, latestEvent, log);
    if (log != null && rows.isEmpty()) {
      log.add(
          new Event(1, 0, execution.started(), "ExecutionStarted", started(execution, revision)));
    }
    running.put(execution.arn(), run);
    run.start(deadline);
  }

  static @Nullable Instant deadline(Execution execution, @Nullable Long seconds) {
    Instant own = seconds == null ? null : execution.started().plusSeconds(seconds);
    if (!execution.express()) {
      return own;
    }
    Instant most = execution.started().plus(Limits.EXPRESS_DURATION);
    return own == null || own.isAfter(most) ? most : own;
  }

  /** Takes up what ran when the runtime was stopped; children of map runs are their parent's. */
  public void resume() {
    metrics.resume();
    abandonOrphans();
    List<Execution> open =
        env.store()
            .read(tx ->
                tx.list(
                    "SELECT "
                        + Execution.COLUMNS
                        + " FROM sfn_execution WHERE status = 'RUNNING' AND map_run IS NULL"
                        + " ORDER BY id",
                    Execution::of));
    for (Execution execution : open) {
      Revision revision =
          env.store().read(tx -> Revision.find(tx, execution.revision())).orElseThrow();
      run(execution, revision, rows(execution), latestEvent(execution));
    }
  }

  /** Ends the children of map runs whose own execution has ended. */
  private void abandonOrphans() {
    String ofEnded =
        " map_run IN (SELECT m.id FROM sfn_map_run m JOIN sfn_execution p ON p.id = m.execution"
            + " WHERE p.status <> 'RUNNING')";
    env.store()
        .write(tx -> {
          List<Execution> orphans =
              tx.list(
                  "SELECT "
                      + Execution.COLUMNS
                      + " FROM sfn_execution WHERE status = 'RUNNING' AND"
                      + ofEnded,
                  Execution::of);
          for (Execution orphan : orphans) {
            Execution over =
                orphan.ended(Execution.Status.ABORTED, null, null, null, env.clock().now());
            over.saveEnd(tx);
            tx.update("DELETE FROM sfn_frame WHERE execution = ?", over.id());
            MapRun.childEnded(tx, over);
          }
          tx.update(
              "UPDATE sfn_map_run SET status = 'ABORTED', stopped = ? WHERE status = 'RUNNING'"
                  + " AND execution IN (SELECT id FROM sfn_execution WHERE status <>"
                  + " 'RUNNING')",
              env.clock().now());
          return null;
        });
  }

  /** Takes up a child of a map run. */
  void resumeChild(Execution child, Revision revision, Flow flow) {
    run(child, revision, flow, rows(child), latestEvent(child), deadline(child, null));
  }

  private List<FrameRow> rows(Execution execution) {
    return execution.express()
        ? List.of()
        : env.store().read(tx -> FrameRow.all(tx, execution.id()));
  }

  private long latestEvent(Execution execution) {
    return execution.express()
        ? 1
        : env.store()
            .read(tx ->
                tx.number("SELECT max(id) FROM sfn_event WHERE execution = ?", execution.id()));
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
            tx.update("DELETE FROM sfn_frame WHERE execution = ?", over.id());
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
  void ended(Execution over) {
    running.remove(over.arn());
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
      run.end(Execution.Status.ABORTED, null, StateError.of(error, cause), run.journal().latest());
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

  void mapRunBegins(long id, DistributedMapWork work) {
    mapRuns.put(id, work);
  }

  void mapRunEnds(long id) {
    mapRuns.remove(id);
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
