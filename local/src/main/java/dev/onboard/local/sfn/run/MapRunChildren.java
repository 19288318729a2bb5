package dev.onboard.local.sfn.run;

import dev.onboard.local.call.Environment;
import dev.onboard.local.sfn.asl.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The children of a map run: those that run, and those that wait to be redriven. */
final class MapRunChildren {
  private final Run run;
  private final Engine engine;
  private final Environment env;
  private final State.MapState map;
  private final Map<String, Execution> running = new LinkedHashMap<>();
  private final Deque<Long> pending = new ArrayDeque<>();

  MapRunChildren(Run run, State.MapState map) {
    this.run = run;
    this.engine = run.engine();
    this.env = engine.env();
    this.map = map;
  }

  int running() {
    return running.size();
  }

  /** Whether there is room for one that waits. */
  boolean haveTurn(int limit) {
    return !pending.isEmpty() && running.size() < limit;
  }

  boolean haveEnded() {
    return pending.isEmpty() && running.isEmpty();
  }

  /** Takes up those that the store has. */
  void resume(MapRun mapRun) {
    pending.addAll(env.store().read(tx -> MapRunRedrive.pending(tx, mapRun.id())));
    List<Execution> open =
        env.store()
            .read(tx ->
                tx.list(
                    "SELECT "
                        + Execution.COLUMNS
                        + " FROM sfn_execution WHERE status = 'RUNNING' AND map_run = ?"
                        + " ORDER BY id",
                    Execution::of,
                    mapRun.id()));
    for (Execution child : open) {
      if (engine.isRunning(child)) {
        running.put(child.arn(), child);
      } else if (isOpen(child)) {
        running.put(child.arn(), child);
        engine.resumeChild(child, run.revision(), map.processor());
      }
    }
  }

  /** It may have come to its end since it was found; that stands in the store before it is told. */
  private boolean isOpen(Execution child) {
    return env.store()
        .read(tx -> Execution.find(tx, child.id()))
        .filter(e -> !e.isOver())
        .isPresent();
  }

  void start(MapRun mapRun, Batches.Batch batch) {
    Execution child = child(mapRun, batch);
    Execution added =
        env.store()
            .write(tx -> {
              MapRun.childStarted(tx, mapRun.id(), batch.items());
              return engine.addChild(tx, child, run.revision());
            });
    run.bill().transition();
    running.put(added.arn(), added);
    engine.beginChild(added, run.revision(), map.processor());
  }

  private Execution child(MapRun mapRun, Batches.Batch batch) {
    boolean express = Objects.requireNonNull(map.distributed()).express();
    String name = UUID.randomUUID().toString();
    String owner = mapRun.arn().substring(mapRun.arn().indexOf(":mapRun:") + 8);
    String machine = owner.substring(0, owner.lastIndexOf(':'));
    String arn =
        express
            ? env.arn("states", "express:" + machine + ":" + name + ":" + UUID.randomUUID())
            : env.arn("states", "execution:" + machine + ":" + name);
    return new Execution(
        0,
        arn,
        name,
        env.arn("states", "stateMachine:" + machine),
        run.revision().id(),
        express,
        Execution.Status.RUNNING,
        batch.input(),
        null,
        null,
        null,
        env.clock().now(),
        null,
        null,
        null,
        mapRun.id(),
        batch.items(),
        null,
        Execution.Redrives.NONE);
  }

  /** Runs the next one again that had come to no good: a Standard execution from there on. */
  void restartNext() {
    long id = pending.remove();
    Execution again =
        env.store()
            .write(tx -> {
              Execution child = Execution.find(tx, id).orElseThrow();
              MapRunRedrive.childRestarted(tx, child);
              if (!child.express()) {
                return engine.redriveChild(tx, child, run.revision(), map.processor());
              }
              Execution anew = child.begunAnew(env.clock().now());
              anew.saveRedrive(tx);
              env.store()
                  .afterCommit(() -> engine.beginChild(anew, run.revision(), map.processor()));
              return anew;
            });
    running.put(again.arn(), again);
  }

  /** Hears of an end; that of an attempt before a redrive may come late. */
  void ended(Execution child) {
    Execution known = running.get(child.arn());
    if (known != null && known.redrives().count() == child.redrives().count()) {
      running.remove(child.arn());
    }
  }

  /** Stops those that run and waits until they have. */
  void stop() {
    List.copyOf(running.keySet()).forEach(arn -> engine.stop(arn, null, null));
    running.clear();
  }
}
