package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.sfn.Limits;
import dev.onboard.local.sfn.asl.DataFlow;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.MapItems;
import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.sfn.asl.Scope;
import dev.onboard.local.sfn.asl.Setting;
import dev.onboard.local.sfn.asl.State;
import dev.onboard.local.sfn.asl.StateError;
import dev.onboard.local.sfn.asl.Tolerance;
import dev.onboard.local.sfn.run.Position.Phase;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The work of a distributed Map state: a map run, whose children are executions of their own. */
final class DistributedMapWork {
  private final Interpreter interpreter;
  private final Frame frame;
  private final Run run;
  private final Engine engine;
  private final Environment env;
  private final Journal journal;
  private final State.MapState map;
  private final State.Distributed distributed;
  private final Principal caller;
  private final MapRunChildren children;
  private final Set<Frame> successors = ConcurrentHashMap.newKeySet();

  DistributedMapWork(Interpreter interpreter, Frame frame, State.MapState map) {
    this.interpreter = interpreter;
    this.frame = frame;
    this.run = frame.run();
    this.engine = run.engine();
    this.env = engine.env();
    this.journal = run.journal();
    this.map = map;
    this.distributed = Objects.requireNonNull(map.distributed());
    this.children = new MapRunChildren(run, map);
    this.caller = new Principal.RoleSession(run.revision().roleArn(), run.execution().name());
  }

  Step perform(Scope scope) {
    Scope within = scope.withData(map.common().data().effectiveInput(scope));
    JsonNode items = distributed.reader() == null ? MapItems.of(map, scope) : Json.array();
    try {
      MapRun mapRun =
          frame.position().phase() == Phase.CHILDREN ? known() : begin(within, items.size());
      return exitOrStop(scope, within, items, mapRun);
    } finally {
      engine.mapRunEnds(this);
      successors.forEach(f -> f.tell(new Signal.Wake()));
    }
  }

  private Step exitOrStop(Scope scope, Scope within, JsonNode items, MapRun mapRun) {
    try {
      return exitOrFail(scope, within, items, mapRun);
    } catch (Journal.Stopped | Frame.Aborted e) {
      if (!engine.isClosed()) {
        children.stop();
        end(mapRun, Execution.Status.ABORTED);
      }
      throw e;
    }
  }

  private Step exitOrFail(Scope scope, Scope within, JsonNode items, MapRun mapRun) {
    try {
      return exit(scope, feed(scope, within, items, mapRun));
    } catch (StateError e) {
      throw failed(mapRun, within, e);
    }
  }

  /** Tells this work something that happened to its children. */
  void tell(Signal signal) {
    frame.tell(signal);
  }

  private MapRun find(long id) {
    return env.store().read(tx -> MapRun.find(tx, id)).orElseThrow();
  }

  /** The map run that was begun before a restart or a redrive. */
  private MapRun known() {
    JsonNode data = frame.position().dataTree();
    take(data.path("mapRun").longValue());
    MapRun mapRun = find(data.path("mapRun").longValue());
    return data.path("redriven").asBoolean() ? redrive(mapRun, (ObjectNode) data) : mapRun;
  }

  private MapRun redrive(MapRun mapRun, ObjectNode data) {
    if (mapRun.redriveCount() >= Limits.MAP_RUN_REDRIVES) {
      throw StateError.runtime(
          "The Map Run has exceeded the limit of " + Limits.MAP_RUN_REDRIVES + " redrives.");
    }
    return env.store()
        .write(tx -> {
          MapRun again = MapRunRedrive.begin(tx, mapRun, env.clock().now());
          journal.note(
              frame,
              () -> {
                frame.last(
                    journal.event("MapRunRedriven", frame.last(), () -> redrivenDetails(again)));
                frame.position(frame.position().in(Phase.CHILDREN, data.without("redriven")));
              });
          journal.write(tx);
          return again;
        });
  }

  private static ObjectNode redrivenDetails(MapRun again) {
    return Json.object().put("mapRunArn", again.arn()).put("redriveCount", again.redriveCount());
  }

  /**
   * Takes a map run over before anything is done to it. Who stopped the execution may redrive it
   * before its map run has come to its end: then that is waited for.
   */
  private void take(long mapRun) {
    DistributedMapWork predecessor = engine.mapRunBegins(mapRun, this);
    while (predecessor != null) {
      predecessor.successors.add(frame);
      if (engine.workOf(mapRun) == predecessor) {
        frame.await(signal -> signal instanceof Signal.Wake ? true : null);
      }
      predecessor = engine.mapRunBegins(mapRun, this);
    }
  }

  private MapRun begin(Scope within, int length) {
    journal.note(
        frame,
        () ->
            frame.last(
                journal.event(
                    "MapStateStarted", frame.last(), () -> Json.object().put("length", length))));
    Tolerance tolerance = Tolerance.of(map, within);
    long concurrency = Math.max(0, setting(map.maxConcurrency(), within));
    JsonNode batchInput =
        distributed.batcher() == null || distributed.batcher().batchInput() == null
            ? null
            : distributed.batcher().batchInput().evaluate(within);
    return env.store()
        .write(tx -> {
          MapRun begun =
              MapRun.begin(
                  tx,
                  arn(),
                  run.execution().id(),
                  env.clock().now(),
                  (int) Math.min(concurrency, Limits.DISTRIBUTED_CONCURRENCY),
                  tolerance.count() == null ? -1 : tolerance.count(),
                  tolerance.percentage() == null ? -1 : tolerance.percentage(),
                  batchInput == null ? null : Json.text(batchInput),
                  distributed.batcher() != null,
                  length);
          // Nobody may know of it who does not see that somebody is at work on it.
          engine.mapRunBegins(begun.id(), this);
          journal.note(frame, () -> begun(begun));
          journal.write(tx);
          return begun;
        });
  }

  private void begun(MapRun mapRun) {
    ObjectNode data = Json.object().put("mapRun", mapRun.id()).put("started", frame.last());
    frame.last(
        journal.event(
            "MapRunStarted", frame.last(), () -> Json.object().put("mapRunArn", mapRun.arn())));
    frame.position(frame.position().in(Phase.CHILDREN, data));
  }

  private static long setting(@Nullable Setting setting, Scope within) {
    return setting == null ? -1 : setting.wholeNumber(within);
  }

  private String arn() {
    String label = distributed.label() == null ? UUID.randomUUID().toString() : distributed.label();
    return env.arn(
        "states", "mapRun:" + run.revision().machineName() + "/" + label + ":" + UUID.randomUUID());
  }

  /** Starts children as long as there are items and room, until the last has ended. */
  private JsonNode feed(Scope scope, Scope within, JsonNode items, MapRun mapRun) {
    try (ItemSource source = source(within, items, mapRun)) {
      var batches =
          new Batches(
              source,
              (index, item) -> MapItems.select(map, scope, index, item),
              settings(within, mapRun));
      children.resume(mapRun);
      batches.skip(mapRun.itemsRead());
      boolean more = !mapRun.allRead();
      int limit = limit(mapRun);
      while (more || !children.haveEnded()) {
        while (children.haveTurn(limit)) {
          children.restartNext();
        }
        while (more && children.running() < limit) {
          Batches.Batch batch = batches.next();
          more = batch != null;
          if (batch != null) {
            children.start(mapRun, batch);
          }
        }
        if (!more && !find(mapRun.id()).allRead()) {
          env.store()
              .write(tx -> {
                MapRun.allRead(tx, mapRun.id());
                return null;
              });
        }
        if (children.running() > 0) {
          limit = awaitChild(mapRun, limit);
        }
      }
    } catch (IOException e) {
      throw StateError.of(ItemSources.FAILED, e.getMessage());
    }
    checkTolerance(find(mapRun.id()));
    return results(within, mapRun);
  }

  private int awaitChild(MapRun mapRun, int limit) {
    Signal news =
        frame.await(signal ->
            signal instanceof Signal.ChildEnded || signal instanceof Signal.Wake ? signal : null);
    if (news instanceof Signal.ChildEnded(Execution child)) {
      children.ended(child);
      if (child.status() != Execution.Status.SUCCEEDED) {
        checkTolerance(find(mapRun.id()));
      }
      return limit;
    }
    return limit(find(mapRun.id()));
  }

  /** Express children run to their end; the others are stopped. */
  private void settle() {
    if (!distributed.express()) {
      children.stop();
    }
    while (children.running() > 0) {
      children.ended(
          frame.await(
              signal -> signal instanceof Signal.ChildEnded(Execution child) ? child : null));
    }
  }

  private static void checkTolerance(MapRun mapRun) {
    if (mapRun.isBeyondTolerance()) {
      throw Tolerance.exceeded();
    }
  }

  private static int limit(MapRun mapRun) {
    return mapRun.maxConcurrency() == 0
        ? Limits.DEFAULT_DISTRIBUTED_CONCURRENCY
        : mapRun.maxConcurrency();
  }

  private ItemSource source(Scope within, JsonNode items, MapRun mapRun) {
    State.Reader reader = distributed.reader();
    if (reader == null) {
      return ItemSources.of(items);
    }
    return new ItemSources(env, caller)
        .open(
            reader,
            reader.arguments().evaluate(within),
            reader.maxItems() == null ? null : reader.maxItems().wholeNumber(within),
            mapRun.source() == null ? null : Json.read(mapRun.source()),
            pin ->
                env.store()
                    .write(tx -> {
                      MapRun.pin(tx, mapRun.id(), Json.text(pin));
                      return null;
                    }));
  }

  private Batches.@Nullable Settings settings(Scope within, MapRun mapRun) {
    State.Batcher batcher = distributed.batcher();
    if (batcher == null) {
      return null;
    }
    long items = setting(batcher.maxItems(), within);
    long bytes = setting(batcher.maxBytes(), within);
    return new Batches.Settings(
        items <= 0 ? Long.MAX_VALUE : items,
        bytes <= 0 ? Limits.PAYLOAD_BYTES : bytes,
        mapRun.batchInput() == null ? null : Json.read(mapRun.batchInput()));
  }

  private JsonNode results(Scope within, MapRun mapRun) {
    State.Writer writer = distributed.writer();
    var files =
        new ResultFiles(
            env,
            caller,
            mapRun,
            writer == null ? State.Transformation.COMPACT : writer.transformation(),
            writer != null && writer.lines());
    if (writer == null || writer.arguments() == null) {
      return Json.read(files.output(Limits.PAYLOAD_BYTES));
    }
    JsonNode arguments = writer.arguments().evaluate(within);
    JsonNode result =
        files.write(arguments.path("Bucket").asText(), arguments.path("Prefix").asText(""));
    env.store()
        .write(tx -> {
          MapRun now = MapRun.find(tx, mapRun.id()).orElseThrow();
          MapRun.written(tx, mapRun.id(), now.executions().begun(), now.items().begun());
          return null;
        });
    return result;
  }

  private StateError failed(MapRun mapRun, Scope within, StateError error) {
    settle();
    if (distributed.writer() != null
        && distributed.writer().arguments() != null
        && !"States.ResultWriterFailed".equals(error.error())) {
      writeWhatThereIs(within, mapRun);
    }
    StateError worded = error.in(map.name(), frame.position().entered());
    end(mapRun, Execution.Status.FAILED);
    journal.note(
        frame,
        () -> {
          frame.last(journal.event("MapRunFailed", frame.last(), () -> Details.error(worded)));
          frame.position(frame.position().failed(worded));
        });
    return worded;
  }

  private void writeWhatThereIs(Scope within, MapRun mapRun) {
    try {
      results(within, mapRun);
    } catch (StateError e) {
      LoggerFactory.getLogger(DistributedMapWork.class)
          .warn("no results of {}: {}", mapRun.arn(), e.cause());
    }
  }

  private void end(MapRun mapRun, Execution.Status status) {
    env.store()
        .write(tx -> {
          MapRun.end(tx, mapRun.id(), status, env.clock().now());
          return null;
        });
  }

  private Step exit(Scope scope, JsonNode result) {
    Payload payload = Payload.of(result);
    DataFlow.Outcome outcome = map.common().data().finish(scope, payload.node());
    long id = frame.position().dataTree().path("mapRun").longValue();
    end(find(id), Execution.Status.SUCCEEDED);
    return new Step.Exit(
        interpreter.payload(outcome.output()),
        outcome.assigned(),
        map.common().next(),
        () -> {
          frame.last(journal.event("MapRunSucceeded", frame.last(), () -> null));
          journal.event("MapStateSucceeded", frame.last(), () -> null);
        });
  }
}
