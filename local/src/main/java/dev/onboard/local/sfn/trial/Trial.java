package dev.onboard.local.sfn.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.sfn.Limits;
import dev.onboard.local.sfn.asl.DataFlow;
import dev.onboard.local.sfn.asl.Json;
import dev.onboard.local.sfn.asl.MapItems;
import dev.onboard.local.sfn.asl.Payload;
import dev.onboard.local.sfn.asl.PlainStates;
import dev.onboard.local.sfn.asl.QueryLanguage;
import dev.onboard.local.sfn.asl.Recovery;
import dev.onboard.local.sfn.asl.Scope;
import dev.onboard.local.sfn.asl.State;
import dev.onboard.local.sfn.asl.StateError;
import dev.onboard.local.sfn.asl.Tolerance;
import dev.onboard.local.sfn.asl.Variables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.InspectionData;
import software.amazon.awssdk.services.sfn.model.TestExecutionStatus;

/** One state at work on one input. */
public final class Trial {
  /** How long a trial may take ("Testing a state", Step Functions Developer Guide). */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final LocalClock clock;
  private final State state;
  private final Scope scope;
  private final Variables variables;
  private final Circumstances circumstances;
  private final TaskCall call;
  private final Inspection inspection;

  /**
   * What the trial assumes to have happened before.
   *
   * @param mock what the state is given instead of what it would call
   * @param retries how often the retrier that takes an error has retried before
   * @param failedItems how many items of a map have failed
   * @param readItems what the ItemReader of a map has read
   */
  public record Circumstances(
      @Nullable Mock mock, int retries, int failedItems, @Nullable ArrayNode readItems) {}

  /**
   * What became of the state.
   *
   * @param output the JSON that it puts out; {@code null} if it failed or is to be tried again
   * @param error what it failed with, be it caught or not
   * @param next the state that follows; {@code null} if none does
   */
  public record Outcome(
      TestExecutionStatus status,
      @Nullable String output,
      @Nullable StateError error,
      @Nullable String next,
      InspectionData inspection) {}

  private record Exit(DataFlow.Outcome outcome, @Nullable String next) {}

  /**
   * Prepares a trial.
   *
   * @param context the context object
   * @param variables those that the state sees; what it assigns is added to them
   * @param call how a task that is not mocked is called
   */
  public Trial(
      LocalClock clock,
      State state,
      Payload input,
      JsonNode context,
      Variables variables,
      Circumstances circumstances,
      TaskCall call) {
    this.clock = clock;
    this.state = state;
    this.variables = variables;
    this.circumstances = circumstances;
    this.call = call;
    this.inspection =
        new Inspection(
            input,
            circumstances.mock() instanceof Mock.Result(Payload result)
                ? List.of(input, result)
                : List.of(input));
    this.scope =
        Scope.of(input.node(), () -> context, variables, clock::now).observedBy(inspection);
  }

  /** Lets the state work. */
  public Outcome run() {
    try {
      Exit exit = work();
      if (Payload.of(exit.outcome().output()).exceeds(Limits.PAYLOAD_BYTES)) {
        throw StateError.resultTooLarge(state.name());
      }
      return left(TestExecutionStatus.SUCCEEDED, exit, null);
    } catch (StateError e) {
      return recovered(e);
    }
  }

  private Outcome left(TestExecutionStatus status, Exit exit, @Nullable StateError error) {
    ObjectNode assigned = exit.outcome().assigned();
    if (assigned != null) {
      variables.assign(assigned);
    }
    return outcome(status, inspection.text(exit.outcome().output()), error, exit.next());
  }

  private Outcome outcome(
      TestExecutionStatus status,
      @Nullable String output,
      @Nullable StateError error,
      @Nullable String next) {
    if (!variables.isEmpty()) {
      inspection.variables(variables.text());
    }
    return new Outcome(status, output, error, next, inspection.data());
  }

  private Exit work() {
    return switch (state) {
      case State.Pass pass -> exit(PlainStates.pass(pass, scope));
      case State.Succeed succeed -> exit(succeed.common().data().pass(scope));
      case State.Fail fail -> {
        if (fail.common().language() == QueryLanguage.JSON_PATH) {
          inspection.see(Scope.Stage.AFTER_INPUT_PATH, scope.input());
        }
        throw PlainStates.failure(fail, scope);
      }
      case State.Choice choice -> {
        PlainStates.Choice chosen = PlainStates.choose(choice, scope);
        yield new Exit(chosen.outcome(), chosen.next());
      }
      case State.Wait waiting -> {
        await(PlainStates.due(waiting, scope, clock.now()));
        yield exit(waiting.common().data().pass(scope));
      }
      case State.Task task -> task(task);
      case State.Parallel parallel -> {
        // Nobody is shown the input of its branches.
        parallel.common().data().arguments(scope.observedBy((_, _) -> {}));
        yield finished(mocked());
      }
      case State.MapState map -> map(map);
    };
  }

  private Exit exit(DataFlow.Outcome outcome) {
    return new Exit(outcome, state.common().next());
  }

  private Exit finished(JsonNode result) {
    return exit(state.common().data().finish(scope, result));
  }

  private JsonNode mocked() {
    return Objects.requireNonNull(circumstances.mock()).answer();
  }

  private void await(Instant due) {
    Duration wait = Duration.between(clock.now(), due);
    if (!wait.isPositive()) {
      return;
    }
    boolean tooLong = wait.compareTo(LONGEST) > 0;
    try {
      clock.sleep(tooLong ? LONGEST : wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a state was tried", e);
    }
    if (tooLong) {
      throw StateError.of(StateError.TIMEOUT, null);
    }
  }

  private Exit task(State.Task task) {
    JsonNode arguments = task.common().data().arguments(scope);
    JsonNode result =
        circumstances.mock() != null ? mocked() : call.call(task, arguments, scope, LONGEST);
    inspection.result(result);
    return finished(result);
  }

  private Exit map(State.MapState map) {
    ArrayNode items = items(map);
    if (items != null && map.itemSelector() != null) {
      ArrayNode selected = Json.array();
      for (int i = 0; i < items.size(); i++) {
        selected.add(MapItems.select(map, scope, i, items.get(i)));
      }
      inspection.see(Scope.Stage.AFTER_ITEM_SELECTOR, selected);
    }
    Scope within = scope.withData(map.common().data().effectiveInput(scope));
    long concurrency = map.maxConcurrency() == null ? 0 : map.maxConcurrency().wholeNumber(within);
    Tolerance tolerance = Tolerance.of(map, within);
    inspection.map((int) Math.min(concurrency, Integer.MAX_VALUE), tolerance);
    if (circumstances.failedItems() > 0
        && tolerance.isExceededBy(circumstances.failedItems(), iterations(items))) {
      throw Tolerance.exceeded();
    }
    return finished(mocked());
  }

  /** The items of a map; {@code null} if it would read them and nothing says what it has read. */
  private @Nullable ArrayNode items(State.MapState map) {
    return map.distributed() != null && map.distributed().reader() != null
        ? circumstances.readItems()
        : MapItems.of(map, scope);
  }

  private int iterations(@Nullable ArrayNode items) {
    return items != null
        ? items.size()
        : circumstances.mock() instanceof Mock.Result(Payload results)
            ? results.node().size()
            : circumstances.failedItems();
  }

  private Outcome recovered(StateError error) {
    List<Recovery.Retrier> retriers = state.recovery().retriers();
    for (int i = 0; i < retriers.size(); i++) {
      Recovery.Retrier retrier = retriers.get(i);
      if (retrier.matches(error)) {
        inspection.retrier(i);
        if (circumstances.retries() < retrier.maxAttempts()) {
          // The longest delay where the definition asks for one at random.
          inspection.backoff((int) retrier.delay(circumstances.retries(), () -> 1.0).toSeconds());
          return outcome(TestExecutionStatus.RETRIABLE, null, error, null);
        }
        break;
      }
    }
    List<Recovery.Catcher> catchers = state.recovery().catchers();
    for (int i = 0; i < catchers.size(); i++) {
      if (catchers.get(i).matches(error)) {
        inspection.catcher(i);
        return caught(catchers.get(i), error);
      }
    }
    return outcome(TestExecutionStatus.FAILED, null, error, null);
  }

  private Outcome caught(Recovery.Catcher catcher, StateError error) {
    try {
      return left(
          TestExecutionStatus.CAUGHT_ERROR,
          new Exit(catcher.handle(scope, error), catcher.next()),
          error);
    } catch (StateError e) {
      return outcome(TestExecutionStatus.FAILED, null, e, null);
    }
  }
}
