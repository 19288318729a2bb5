package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an expression of a state sees. */
public final class Scope {
  private final JsonNode input;
  private final JsonNode data;
  private final Supplier<JsonNode> context;
  private final Variables variables;
  private final Supplier<Instant> now;
  private final @Nullable JsonNode result;
  private final @Nullable JsonNode errorOutput;
  private final Map<String, Object> converted;
  private final Observer observer;

  /** A step that a state's data takes on its way, named as the fields of TestState's answer. */
  public enum Stage {
    AFTER_INPUT_PATH,
    AFTER_PARAMETERS,
    AFTER_ARGUMENTS,
    AFTER_ITEMS_PATH,
    AFTER_ITEM_SELECTOR,
    AFTER_RESULT_SELECTOR,
    AFTER_RESULT_PATH
  }

  /** Is shown the data after each step. */
  @FunctionalInterface
  public interface Observer {
    void see(Stage stage, JsonNode data);
  }

  private Scope(
      JsonNode input,
      JsonNode data,
      Supplier<JsonNode> context,
      Variables variables,
      Supplier<Instant> now,
      @Nullable JsonNode result,
      @Nullable JsonNode errorOutput,
      Map<String, Object> converted,
      Observer observer) {
    this.input = input;
    this.data = data;
    this.context = context;
    this.variables = variables;
    this.now = now;
    this.result = result;
    this.errorOutput = errorOutput;
    this.converted = converted;
    this.observer = observer;
  }

  /**
   * The scope of a state that was entered.
   *
   * @param context gives the context object as it is at the time
   * @param now gives the time
   */
  public static Scope of(
      JsonNode input, Supplier<JsonNode> context, Variables variables, Supplier<Instant> now) {
    return new Scope(
        input, input, context, variables, now, null, null, new LinkedHashMap<>(), (_, _) -> {});
  }

  /** This scope where {@code $} of a JSONPath means something else. */
  public Scope withData(JsonNode other) {
    return new Scope(
        input, other, context, variables, now, result, errorOutput, converted, observer);
  }

  /** This scope with the result of the state's work. */
  public Scope withResult(JsonNode value) {
    var conversions = new LinkedHashMap<>(converted);
    conversions.remove("result");
    return new Scope(input, value, context, variables, now, value, null, conversions, observer);
  }

  /** This scope with the error that a Catch took. */
  public Scope withError(JsonNode output) {
    var conversions = new LinkedHashMap<>(converted);
    conversions.remove("errorOutput");
    return new Scope(input, output, context, variables, now, null, output, conversions, observer);
  }

  /** This scope with another context object. */
  public Scope withContext(Supplier<JsonNode> other) {
    return new Scope(input, data, other, variables, now, result, errorOutput, converted, observer);
  }

  /** This scope with somebody who is shown what becomes of the data. */
  public Scope observedBy(Observer other) {
    return new Scope(input, data, context, variables, now, result, errorOutput, converted, other);
  }

  /** Shows the data after a step, and hands it on. */
  JsonNode see(Stage stage, JsonNode value) {
    observer.see(stage, value);
    return value;
  }

  public JsonNode input() {
    return input;
  }

  /** What {@code $} of a JSONPath means. */
  public JsonNode data() {
    return data;
  }

  public JsonNode context() {
    return context.get();
  }

  public Variables variables() {
    return variables;
  }

  Instant now() {
    return now.get();
  }

  /**
   * JSONata's {@code $states}.
   *
   * @param withContext whether the context object is looked at
   */
  Map<String, Object> states(boolean withContext) {
    var states = new LinkedHashMap<String, Object>();
    states.put("input", converted.computeIfAbsent("input", k -> JsonataValues.from(input)));
    if (withContext) {
      states.put("context", JsonataValues.from(context.get()));
    }
    if (result != null) {
      JsonNode value = result;
      states.put("result", converted.computeIfAbsent("result", k -> JsonataValues.from(value)));
    }
    if (errorOutput != null) {
      JsonNode value = errorOutput;
      states.put(
          "errorOutput", converted.computeIfAbsent("errorOutput", k -> JsonataValues.from(value)));
    }
    return states;
  }
}
