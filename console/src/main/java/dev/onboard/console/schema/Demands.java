package dev.onboard.console.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a schema demands of a value beside its type, in words. */
public final class Demands {
  /** The keywords that bound from below, each with the one that may exclude the bound itself. */
  static final Map<String, String> LOWER =
      Map.of("minimum", "exclusiveMinimum", "minLength", "", "minItems", "", "minProperties", "");

  /** The keywords that bound from above. */
  static final Map<String, String> UPPER =
      Map.of("maximum", "exclusiveMaximum", "maxLength", "", "maxItems", "", "maxProperties", "");

  private Demands() {}

  /** Everything that a shape demands: its enumeration, its limits, and whether it is closed. */
  public static List<String> of(Shape shape) {
    var words = new ArrayList<String>();
    if (!shape.values().isEmpty()) {
      words.add(oneOf(shape.values()));
    }
    for (String keyword : shape.limits().keySet()) {
      if (!keyword.startsWith("exclusive")) {
        words.add(words(keyword, shape));
      }
    }
    if (shape.extra() instanceof Shape.Closed) {
      words.add("no other fields");
    }
    return words;
  }

  /** One of the limits of a shape. */
  static String words(String keyword, Shape shape) {
    JsonNode limit = shape.limits().get(keyword);
    String value = limit == null ? "" : limit.asText();
    return switch (keyword) {
      case "minimum" ->
          (isExclusive(shape, "exclusiveMinimum") ? "more than " : "at least ") + value;
      case "maximum" ->
          (isExclusive(shape, "exclusiveMaximum") ? "less than " : "at most ") + value;
      case "minLength" -> "at least " + counted(value, "character");
      case "maxLength" -> "at most " + counted(value, "character");
      case "minItems" -> "at least " + counted(value, "item");
      case "maxItems" -> "at most " + counted(value, "item");
      case "minProperties" -> "at least " + counted(value, "field");
      case "maxProperties" -> "at most " + counted(value, "field");
      case "multipleOf" -> "a multiple of " + value;
      case "uniqueItems" -> "no item twice";
      case "pattern" -> "matching " + value;
      default -> keyword + " " + value;
    };
  }

  static String oneOf(List<JsonNode> values) {
    List<String> texts = values.stream().map(JsonNode::toString).toList();
    return texts.size() == 1 ? "always " + texts.getFirst() : "one of " + String.join(", ", texts);
  }

  private static String counted(String number, String what) {
    return number + " " + what + (number.equals("1") ? "" : "s");
  }

  private static boolean isExclusive(Shape shape, String keyword) {
    return shape.limits().containsKey(keyword);
  }

  /**
   * Whether every value that meets a limit of one shape meets that of another.
   *
   * @param reader who demands
   * @param writer whose values they are
   */
  static boolean isMet(String keyword, Shape reader, Shape writer) {
    JsonNode mine = reader.limits().get(keyword);
    JsonNode theirs = writer.limits().get(keyword);
    if (mine == null) {
      return true;
    } else if (theirs == null) {
      return false;
    } else if (LOWER.containsKey(keyword)) {
      return isWithin(1, LOWER.get(keyword), reader, mine, writer, theirs);
    } else if (UPPER.containsKey(keyword)) {
      return isWithin(-1, UPPER.get(keyword), reader, mine, writer, theirs);
    } else if (keyword.equals("multipleOf")) {
      BigDecimal step = mine.decimalValue();
      return step.signum() != 0 && theirs.decimalValue().remainder(step).signum() == 0;
    }
    return mine.equals(theirs);
  }

  private static boolean isWithin(
      int sign,
      @Nullable String excluding,
      Shape reader,
      JsonNode mine,
      Shape writer,
      JsonNode theirs) {
    int order = mine.decimalValue().compareTo(theirs.decimalValue()) * sign;
    boolean excludes = excluding != null && isExclusive(reader, excluding);
    return order < 0 || order == 0 && (!excludes || isExclusive(writer, String.valueOf(excluding)));
  }
}
