package dev.onboard.local.sfn.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.sfn.Limits;
import dev.onboard.local.sfn.asl.DataFlow;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.MapItems;
import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.sfn.asl.Scope;
import dev.onboard.local.sfn.asl.State;
import dev.onboard.local.sfn.asl.StateError;
import dev.onboard.local.sfn.run.Position.Phase;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The work of an inline Map state. */
final class InlineMapWork {
  private final Interpreter interpreter;
  private final Frame frame;
  private final Run run;
  private final Journal journal;
  private final State.MapState map;

  InlineMapWork(Interpreter interpreter, Frame frame, State.MapState map) {
    this.interpreter = interpreter;
    this.frame = frame;
    this.run = frame.run();
    this.journal = run.journal();
    this.map = map;
  }

  Step perform(Scope scope) {
    boolean resumed = frame.position().phase() == Phase.CHILDREN;
    ArrayNode items;
    int limit;
    if (resumed) {
      JsonNode data = frame.position().dataTree();
      items = (ArrayNode) data.path("items");
      limit = data.path("limit").intValue();
    } else {
      items = MapItems.of(map, scope);
      limit = limit(scope);
      begin(items, limit);
    }
    long started = resumed ? frame.position().dataTree().path("started").longValue() : frame.last();
    var branches =
        new Branches(
            frame,
            items.size(),
            limit,
            started,
            (index, known, previous) -> begin(scope, items.get(index), index, known, previous));
    List<Payload> outputs;
    try {
      outputs = branches.run(resumed ? run.rowsOf(frame) : List.of());
    } catch (Branches.Failed e) {
      fail(branches, e);
      throw e.error();
    }
    return exit(scope, branches, outputs);
  }

  private void begin(ArrayNode items, int limit) {
    journal.note(
        frame,
        () -> {
          frame.last(
              journal.event(
                  "MapStateStarted",
                  frame.last(),
                  () -> Json.object().put("length", items.size())));
          if (journal.isKept()) {
            ObjectNode data = Json.object().put("started", frame.last()).put("limit", limit);
            data.set("items", items);
            frame.position(frame.position().in(Phase.CHILDREN, data));
          }
        });
  }

  /** Begins an iteration within a note. */
  private Frame begin(
      Scope scope, JsonNode item, int index, @Nullable FrameRow known, long previous) {
    Frame iteration;
    if (known != null) {
      iteration = new Frame(run, frame, map.processor(), known);
      iteration.completion(known.position().dataTree().path("completion").longValue());
    } else {
      JsonNode selected = selected(scope, item, index);
      long started =
          journal.event(
              "MapIterationStarted", previous, () -> Details.iteration(map.name(), index));
      iteration = Frame.begin(run, frame, index, map.processor(), Payload.of(selected), started);
    }
    iteration.item(new Frame.MapItem(index, item));
    return iteration;
  }

  private JsonNode selected(Scope scope, JsonNode item, int index) {
    return MapItems.select(map, scope, index, item);
  }

  private int limit(Scope scope) {
    if (map.maxConcurrency() == null) {
      return Limits.INLINE_CONCURRENCY;
    }
    Scope within = scope.withData(map.common().data().effectiveInput(scope));
    long chosen = map.maxConcurrency().wholeNumber(within);
    return chosen == 0
        ? Limits.INLINE_CONCURRENCY
        : (int) Math.min(chosen, Limits.INLINE_CONCURRENCY);
  }

  private void fail(Branches branches, Branches.Failed e) {
    Frame failed = e.branch();
    StateError error = e.error();
    journal.note(
        frame,
        () -> {
          journal.event(
              "MapIterationFailed",
              failed.last(),
              () -> Details.iteration(map.name(), failed.branch()));
          for (Frame stopped : branches.stopped(failed)) {
            journal.event(
                "MapIterationAborted",
                stopped.last(),
                () -> Details.iteration(map.name(), stopped.branch()));
          }
          frame.last(failed.last());
          frame.position(frame.position().failed(error));
        });
  }

  private Step exit(Scope scope, Branches branches, List<Payload> outputs) {
    Payload result =
        Payload.ofText(
            outputs.stream().map(Payload::text).collect(Collectors.joining(",", "[", "]")));
    DataFlow.Outcome outcome = map.common().data().finish(scope, result.node());
    Payload output =
        outcome.output() == result.node() ? result : interpreter.payload(outcome.output());
    long last = branches.lastCompletion();
    return new Step.Exit(
        output,
        outcome.assigned(),
        map.common().next(),
        () -> {
          journal.event("MapStateSucceeded", last, () -> null);
          frame.last(last);
        });
  }
}
