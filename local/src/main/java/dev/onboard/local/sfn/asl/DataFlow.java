package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onboard.local.sfn.asl.Scope.Stage;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a state takes data in, puts data out and assigns variables, in its query language. */
public sealed interface DataFlow {

  /** What the state works on: its arguments, or its input if it has none. */
  JsonNode arguments(Scope scope);

  /** What paths of the state's own fields look at. */
  JsonNode effectiveInput(Scope scope);

  /** What leaves the state after work with a result. */
  Outcome finish(Scope scope, JsonNode result);

  /** What leaves a state that does no work, such as a choice. */
  Outcome pass(Scope scope);

  Set<String> variables();

  /**
   * What leaves a state.
   *
   * @param assigned the variables with their new values, if any are assigned
   */
  record Outcome(JsonNode output, @Nullable ObjectNode assigned) {}

  /**
   * InputPath, Parameters, ResultSelector, ResultPath and OutputPath.
   *
   * @param inputPath {@code null} if the definition says null: nothing is taken in
   * @param resultPath {@code null} if the definition says null: the result is dropped
   * @param outputPath {@code null} if the definition says null: nothing is put out
   */
  record Paths(
      @Nullable Expression inputPath,
      @Nullable Expression parameters,
      @Nullable Expression resultSelector,
      @Nullable ReferencePath resultPath,
      @Nullable Expression outputPath,
      @Nullable Expression assign)
      implements DataFlow {

    @Override
    public JsonNode effectiveInput(Scope scope) {
      return scope.see(
          Stage.AFTER_INPUT_PATH, inputPath == null ? Json.object() : inputPath.evaluate(scope));
    }

    @Override
    public JsonNode arguments(Scope scope) {
      JsonNode effective = effectiveInput(scope);
      return scope.see(
          Stage.AFTER_PARAMETERS,
          parameters == null ? effective : parameters.evaluate(scope.withData(effective)));
    }

    @Override
    public Outcome finish(Scope scope, JsonNode result) {
      JsonNode selected =
          scope.see(
              Stage.AFTER_RESULT_SELECTOR,
              resultSelector == null ? result : resultSelector.evaluate(scope.withData(result)));
      JsonNode combined =
          scope.see(
              Stage.AFTER_RESULT_PATH,
              resultPath == null ? scope.input() : resultPath.put(scope.input(), selected));
      return new Outcome(output(scope, combined), assigned(assign, scope.withData(selected)));
    }

    @Override
    public Outcome pass(Scope scope) {
      JsonNode effective = effectiveInput(scope);
      return new Outcome(output(scope, effective), assigned(assign, scope.withData(effective)));
    }

    private JsonNode output(Scope scope, JsonNode combined) {
      return outputPath == null ? Json.object() : outputPath.evaluate(scope.withData(combined));
    }

    @Override
    public Set<String> variables() {
      return union(inputPath, parameters, resultSelector, outputPath, assign);
    }
  }

  /** Arguments and Output in JSONata. */
  record Jsonata(
      @Nullable Expression arguments, @Nullable Expression output, @Nullable Expression assign)
      implements DataFlow {

    @Override
    public JsonNode effectiveInput(Scope scope) {
      return scope.input();
    }

    @Override
    public JsonNode arguments(Scope scope) {
      return scope.see(
          Stage.AFTER_ARGUMENTS, arguments == null ? scope.input() : arguments.evaluate(scope));
    }

    @Override
    public Outcome finish(Scope scope, JsonNode result) {
      return out(scope.withResult(result), result);
    }

    @Override
    public Outcome pass(Scope scope) {
      return out(scope, scope.input());
    }

    private Outcome out(Scope scope, JsonNode otherwise) {
      return new Outcome(
          output == null ? otherwise : output.evaluate(scope), DataFlow.assigned(assign, scope));
    }

    @Override
    public Set<String> variables() {
      return union(arguments, output, assign);
    }
  }

  /** The values of an Assign. */
  static @Nullable ObjectNode assigned(@Nullable Expression assign, Scope scope) {
    return assign == null ? null : (ObjectNode) assign.evaluate(scope);
  }

  private static Set<String> union(@Nullable Expression... parts) {
    var names = new LinkedHashSet<String>();
    for (Expression part : parts) {
      if (part != null) {
        names.addAll(Objects.requireNonNull(part).variables());
      }
    }
    return names;
  }
}
