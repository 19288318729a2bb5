package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One state of a definition. */
public sealed interface State {
  Common common();

  default String name() {
    return common().name();
  }

  /** The type as history events spell it. */
  default String type() {
    return this instanceof MapState ? "Map" : getClass().getSimpleName();
  }

  /** The states that it has within. */
  default List<Flow> flows() {
    return List.of();
  }

  default Recovery recovery() {
    return Recovery.NONE;
  }

  /**
   * What every state has.
   *
   * @param next the state that follows; {@code null} if none does
   */
  record Common(String name, QueryLanguage language, @Nullable String next, DataFlow data) {}

  /**
   * Hands on its input, or a result that stands in the definition.
   *
   * @param result the fixed result, if there is one
   */
  record Pass(Common common, @Nullable JsonNode result) implements State {}

  /**
   * Calls something.
   *
   * @param role the role of Credentials; the state machine's if {@code null}
   */
  record Task(
      Common common,
      Resource resource,
      @Nullable Setting role,
      @Nullable Setting timeout,
      @Nullable Setting heartbeat,
      Recovery recovery)
      implements State {}

  /**
   * Chooses the next state.
   *
   * @param otherwise the state if no rule holds, if there is one
   */
  record Choice(Common common, List<Rule> rules, @Nullable String otherwise) implements State {}

  /**
   * One rule of a choice.
   *
   * @param output the output if the rule has its own
   * @param assign what it assigns if it does
   */
  record Rule(
      Condition condition, String next, @Nullable Expression output, @Nullable Expression assign) {}

  /** Waits. */
  record Wait(Common common, Delay delay) implements State {}

  /**
   * How long a Wait state waits.
   *
   * @param timestamp whether the value is a time, else it is a number of seconds
   */
  record Delay(Setting value, boolean timestamp) {}

  /** Ends well. */
  record Succeed(Common common) implements State {}

  /** Ends with an error. */
  record Fail(Common common, @Nullable Setting error, @Nullable Setting cause) implements State {}

  /** Runs branches side by side. */
  record Parallel(Common common, List<Flow> branches, Recovery recovery) implements State {
    @Override
    public List<Flow> flows() {
      return branches;
    }
  }

  /**
   * Runs a flow for every item.
   *
   * @param items where the items are; the state's input if {@code null}
   * @param distributed what only a distributed map has; an inline one if {@code null}
   */
  record MapState(
      Common common,
      Flow processor,
      @Nullable Setting items,
      @Nullable Expression itemSelector,
      @Nullable Setting maxConcurrency,
      @Nullable Setting toleratedCount,
      @Nullable Setting toleratedPercentage,
      @Nullable Distributed distributed,
      Recovery recovery)
      implements State {
    @Override
    public List<Flow> flows() {
      return List.of(processor);
    }
  }

  /**
   * What a distributed map has beside an inline one.
   *
   * @param express whether the child executions are Express
   * @param label the name of the map run within ARNs; one is made up if {@code null}
   */
  record Distributed(
      boolean express,
      @Nullable String label,
      @Nullable Reader reader,
      @Nullable Batcher batcher,
      @Nullable Writer writer) {}

  /** Where a distributed map reads its items. */
  record Reader(
      boolean listsObjects,
      Expression arguments,
      InputType inputType,
      @Nullable List<String> csvHeaders,
      char csvDelimiter,
      @Nullable Setting maxItems) {}

  /** The formats that items are read in. */
  enum InputType {
    CSV,
    JSON,
    JSONL
  }

  /** How items are put together into the input of one child. */
  record Batcher(
      @Nullable Setting maxItems, @Nullable Setting maxBytes, @Nullable Expression batchInput) {}

  /**
   * Where the results of a distributed map go.
   *
   * @param arguments bucket and prefix; {@code null} if the results are the state's output
   */
  record Writer(@Nullable Expression arguments, Transformation transformation, boolean lines) {}

  /** What of a child's result is written. */
  enum Transformation {
    NONE,
    COMPACT,
    FLATTEN
  }
}
