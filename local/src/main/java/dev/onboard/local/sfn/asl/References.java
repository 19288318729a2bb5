package dev.onboard.local.sfn.asl;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables that a state refers to. */
final class References {
  private final Set<String> names = new LinkedHashSet<>();

  private References() {}

  static Set<String> of(State state) {
    var references = new References();
    references.names.addAll(state.common().data().variables());
    switch (state) {
      case State.Task task -> references.add(task.role(), task.timeout(), task.heartbeat());
      case State.Wait waiting -> references.add(waiting.delay().value());
      case State.Fail fail -> references.add(fail.error(), fail.cause());
      case State.Choice choice -> references.rules(choice);
      case State.MapState map -> references.map(map);
      case State.Pass _, State.Succeed _, State.Parallel _ -> {}
    }
    for (Recovery.Catcher catcher : state.recovery().catchers()) {
      references.add(catcher.output(), catcher.assign());
    }
    references.names.remove("states");
    return references.names;
  }

  private void rules(State.Choice choice) {
    for (State.Rule rule : choice.rules()) {
      names.addAll(rule.condition().variables());
      add(rule.output(), rule.assign());
    }
  }

  private void map(State.MapState map) {
    add(map.items(), map.maxConcurrency(), map.toleratedCount(), map.toleratedPercentage());
    add(map.itemSelector());
    State.Distributed distributed = map.distributed();
    if (distributed != null) {
      if (distributed.reader() != null) {
        add(distributed.reader().arguments());
        add(distributed.reader().maxItems());
      }
      if (distributed.batcher() != null) {
        add(distributed.batcher().maxItems(), distributed.batcher().maxBytes());
        add(distributed.batcher().batchInput());
      }
      if (distributed.writer() != null) {
        add(distributed.writer().arguments());
      }
    }
  }

  private void add(@Nullable Setting... settings) {
    for (Setting setting : settings) {
      if (setting != null) {
        names.addAll(setting.value().variables());
      }
    }
  }

  private void add(@Nullable Expression... expressions) {
    for (Expression expression : expressions) {
      if (expression != null) {
        names.addAll(expression.variables());
      }
    }
  }
}
