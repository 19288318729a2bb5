package dev.onboard.console.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a schema, or a part of one, says of a value.
 *
 * @param types the JSON types that a value may have; empty if any
 * @param values the values of its enumeration; empty if it has none
 * @param extra what an object may hold beside its properties
 * @param items what an array holds; null if that is not said
 * @param limits what else is demanded of a value, by keyword: {@code minLength}, {@code pattern}
 * @param combined the keywords with alternatives, such as {@code oneOf}, each with its schemas
 * @param repeats the definition that this is, if it stands within itself and is not told again
 */
public record Shape(
    String title,
    String description,
    Set<String> types,
    List<JsonNode> values,
    Map<String, Shape> properties,
    Set<String> required,
    Extra extra,
    @Nullable Shape items,
    Map<String, JsonNode> limits,
    Map<String, List<Shape>> combined,
    @Nullable String repeats) {

  /** What an object may hold beside the properties that are described. */
  public sealed interface Extra {}

  /** Anything. */
  public record Open() implements Extra {}

  /** Nothing. */
  public record Closed() implements Extra {}

  /** Values of one shape, under any name. */
  public record Each(Shape shape) implements Extra {}

  /** Whether a value of a type is taken; every integer is a number. */
  public boolean takes(String type) {
    return types.isEmpty()
        || types.contains(type)
        || type.equals("integer") && types.contains("number");
  }

  /** Whether values are objects and nothing else, but for null. */
  public boolean isObject() {
    return isOnly("object") || types.isEmpty() && !properties.isEmpty();
  }

  public boolean isArray() {
    return isOnly("array");
  }

  private boolean isOnly(String type) {
    return types.contains(type) && types.stream().allMatch(t -> t.equals(type) || t.equals("null"));
  }

  /** The types in words: {@code string or null}; {@code map of string}; {@code list of integer}. */
  public String typeWords() {
    String words =
        types.isEmpty()
            ? combined.isEmpty() ? properties.isEmpty() ? "anything" : "object" : "see below"
            : String.join(" or ", types);
    if (isArray() && items != null) {
      return words.replace("array", "list of " + items.typeWords());
    } else if (isObject() && properties.isEmpty() && extra instanceof Each each) {
      return words.replace("object", "map of " + each.shape().typeWords());
    }
    return words.replace("array", "list");
  }
}
