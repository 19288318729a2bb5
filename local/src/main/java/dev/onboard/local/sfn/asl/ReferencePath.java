package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The place at which ResultPath puts a result into the state's input. */
public final class ReferencePath {
  private static final Pattern STEP =
      Pattern.compile("\\.([\\p{L}_][\\p{L}\\p{N}_-]*)|\\[['\"](.*?)['\"]\\]|\\[(\\d{1,6})\\]");
  static final ReferencePath WHOLE = new ReferencePath(List.of());

  private final List<Object> steps;

  private ReferencePath(List<Object> steps) {
    this.steps = steps;
  }

  static ReferencePath compile(String source) throws InvalidExpression {
    var found = new ArrayList<Object>();
    Matcher matcher = STEP.matcher(source);
    int at = 1;
    if (!source.startsWith("$")) {
      throw new InvalidExpression("Value is not a Reference Path");
    }
    while (at < source.length()) {
      if (!matcher.region(at, source.length()).lookingAt()) {
        throw new InvalidExpression("Value is not a Reference Path");
      }
      String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
      found.add(name != null ? name : (Object) Integer.valueOf(matcher.group(3)));
      at = matcher.end();
    }
    return new ReferencePath(found);
  }

  /** The input with the result at this place; neither is changed. */
  JsonNode put(JsonNode input, JsonNode result) {
    return put(input, result, 0);
  }

  private JsonNode put(@Nullable JsonNode at, JsonNode result, int depth) {
    if (depth == steps.size()) {
      return result;
    }
    if (steps.get(depth) instanceof Integer index) {
      if (!(at instanceof ArrayNode array) || index >= array.size()) {
        throw failed(at);
      }
      ArrayNode copy = Json.array().addAll(array);
      copy.set(index, put(array.get(index), result, depth + 1));
      return copy;
    }
    if (at != null && !at.isObject()) {
      throw failed(at);
    }
    String name = (String) steps.get(depth);
    ObjectNode copy = Json.object();
    if (at instanceof ObjectNode object) {
      copy.setAll(object);
    }
    copy.set(name, put(copy.get(name), result, depth + 1));
    return copy;
  }

  private static StateError failed(@Nullable JsonNode at) {
    return StateError.inState(
        "States.ResultPathMatchFailure",
        "Unable to apply step \"ResultPath\" to input " + (at == null ? "null" : Json.text(at)));
  }
}
