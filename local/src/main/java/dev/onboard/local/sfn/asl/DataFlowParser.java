package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onboard.local.sfn.asl.DefinitionParser.Shape;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads how a state takes data in and puts it out. */
final class DataFlowParser {
  private static final PathExpression WHOLE = whole();

  private final Fields fields;
  private final Shape shape;

  DataFlowParser(Fields fields, Shape shape) {
    this.fields = fields;
    this.shape = shape;
  }

  private static PathExpression whole() {
    try {
      return PathExpression.compile("$");
    } catch (InvalidExpression e) {
      throw new IllegalStateException(e);
    }
  }

  DataFlow dataFlow() {
    return fields.isJsonata() ? jsonata() : paths();
  }

  private DataFlow jsonata() {
    boolean works = shape == Shape.WORK;
    boolean out = shape != Shape.FAILING;
    Expression arguments =
        works && !"Pass".equals(fields.text("Type")) ? fields.template("Arguments") : null;
    Expression output = out ? fields.template("Output") : null;
    return new DataFlow.Jsonata(arguments, output, assign());
  }

  private DataFlow paths() {
    if (shape == Shape.FAILING) {
      return new DataFlow.Paths(WHOLE, null, null, ReferencePath.WHOLE, WHOLE, null);
    }
    boolean works = shape == Shape.WORK || shape == Shape.MAP;
    boolean pass = "Pass".equals(fields.text("Type"));
    return new DataFlow.Paths(
        nullablePath("InputPath"),
        shape == Shape.WORK ? fields.template("Parameters") : null,
        works && !pass ? fields.template("ResultSelector") : null,
        works ? resultPath(fields) : ReferencePath.WHOLE,
        nullablePath("OutputPath"),
        assign());
  }

  private @Nullable Expression assign() {
    if (shape == Shape.TERMINAL || shape == Shape.FAILING) {
      return null;
    }
    return assign(fields);
  }

  /** The Assign of a state, a rule or a catcher. */
  static @Nullable Expression assign(Fields fields) {
    JsonNode node = fields.get("Assign");
    if (node == null) {
      return null;
    }
    if (!node.isObject()) {
      fields.report("Expected value of type Object", "Assign");
      return null;
    }
    for (var entry : node.properties()) {
      String name = entry.getKey().replaceFirst("\\.\\$$", "");
      if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_]{0,79}") || name.equals("states")) {
        fields.report("The variable name '" + name + "' is not valid", "Assign");
      }
    }
    return fields.template("Assign");
  }

  private @Nullable Expression nullablePath(String name) {
    JsonNode value = fields.node().get(name);
    if (value == null) {
      return WHOLE;
    }
    if (value.isNull()) {
      fields.get(name);
      return null;
    }
    Expression path = fields.path(name);
    return path == null ? WHOLE : path;
  }

  /** The ResultPath of a state or a catcher; {@code null} if the result is to be dropped. */
  static @Nullable ReferencePath resultPath(Fields fields) {
    JsonNode value = fields.node().get("ResultPath");
    if (value == null) {
      return ReferencePath.WHOLE;
    }
    if (value.isNull()) {
      fields.get("ResultPath");
      return null;
    }
    String source = fields.text("ResultPath");
    try {
      return source == null ? ReferencePath.WHOLE : ReferencePath.compile(source);
    } catch (InvalidExpression e) {
      fields.report(Objects.requireNonNull(e.getMessage()), "ResultPath");
      return ReferencePath.WHOLE;
    }
  }
}
