package dev.onboard.local.sfn.asl;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code {% ... %}} expression; evaluated by many threads at once. */
final class JsonataExpression implements Expression {
  private static final Pattern VARIABLE = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)");
  private static final Pattern WHOLE_STATES = Pattern.compile("\\$states(?!\\s*\\.\\s*\\w)");
  private static final int MAX_MILLIS = 10_000;
  private static final int MAX_DEPTH = 500;

  private final String source;
  private final String location;
  private final Jsonata compiled;
  private final Set<String> variables;
  private final boolean withContext;

  private JsonataExpression(String source, String location, Jsonata compiled) {
    this.source = source;
    this.location = location;
    this.compiled = compiled;
    var names = new LinkedHashSet<String>();
    Matcher matcher = VARIABLE.matcher(source);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    names.remove("states");
    this.variables = names;
    this.withContext = source.contains("context") || WHOLE_STATES.matcher(source).find();
  }

  /**
   * Whether a string of a definition is an expression: it stands between {@code {%} and {@code %}}.
   */
  static boolean is(String text) {
    return text.length() >= 4 && text.startsWith("{%") && text.endsWith("%}");
  }

  /**
   * Compiles an expression.
   *
   * @param text the expression with its marks
   * @param location the field that it stands in, such as {@code Arguments/TableName}
   */
  static JsonataExpression compile(String text, String location) throws InvalidExpression {
    String source = text.substring(2, text.length() - 2).strip();
    try {
      Jsonata compiled = Jsonata.jsonata(source);
      compiled.setOutputConvertNulls(false);
      compiled.setValidateInput(false);
      return new JsonataExpression(source, location, compiled);
    } catch (JException e) {
      throw new InvalidExpression(
          "The JSONata expression '" + source + "' is not valid: " + message(e));
    } catch (RuntimeException e) {
      // The parser trips over some malformed texts instead of reporting them.
      throw new InvalidExpression("The JSONata expression '" + source + "' is not valid");
    }
  }

  @Override
  public JsonNode evaluate(Scope scope) {
    Object value;
    try {
      value = compiled.evaluate(null, frame(scope));
    } catch (JException e) {
      throw StateError.query(
          location, subject() + " threw an error during evaluation. " + message(e));
    } catch (RuntimeException | StackOverflowError e) {
      throw StateError.query(
          location,
          subject()
              + " threw an error during evaluation. "
              + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
    }
    if (value == null) {
      throw StateError.query(location, subject() + " returned nothing (undefined).");
    }
    JsonNode tree = JsonataValues.tree(value);
    if (tree == null) {
      throw StateError.query(location, subject() + " returned an unsupported result type.");
    }
    return tree;
  }

  private Jsonata.Frame frame(Scope scope) {
    Jsonata.Frame frame = compiled.createFrame();
    frame.setRuntimeBounds(MAX_MILLIS, MAX_DEPTH);
    Instant now = scope.now();
    JsonataFunctions.bind(frame, now);
    frame.bind("states", (Object) scope.states(withContext));
    for (String name : variables) {
      Object value = scope.variables().converted(name);
      if (value != null) {
        frame.bind(name, value);
      }
    }
    return frame;
  }

  /** The error of a value that is not of the type that the field takes. */
  StateError unexpectedType(String expected, JsonNode value) {
    return StateError.query(
        location,
        subject()
            + " returned an unexpected result type. Expected '"
            + expected
            + "', but was '"
            + value.getNodeType().name().toLowerCase(Locale.ROOT)
            + "' for value: "
            + Json.text(value));
  }

  String location() {
    return location;
  }

  private String subject() {
    return "The JSONata expression '" + source + "' specified for the field '" + location + "'";
  }

  private static String message(JException e) {
    return e.getError() == null ? e.getMessage() : e.getError() + ": " + e.getMessage();
  }

  @Override
  public Set<String> variables() {
    return variables;
  }
}
