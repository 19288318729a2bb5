package dev.onboard.local.sfn.asl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringTokenizer;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The intrinsic functions of the States Language, by the name in a definition. */
enum IntrinsicFunction {
  FORMAT("States.Format", 1, 11, null),
  STRING_TO_JSON("States.StringToJson", 1, 1, a -> stringToJson(text(a, 0))),
  JSON_TO_STRING("States.JsonToString", 1, 1, a -> Json.NODES.textNode(Json.text(a.get(0)))),
  ARRAY("States.Array", 0, 100, a -> Json.array().addAll(a)),
  ARRAY_PARTITION("States.ArrayPartition", 2, 2, IntrinsicFunction::partition),
  ARRAY_CONTAINS("States.ArrayContains", 2, 2, IntrinsicFunction::contains),
  ARRAY_RANGE("States.ArrayRange", 3, 3, IntrinsicFunction::range),
  ARRAY_GET_ITEM("States.ArrayGetItem", 2, 2, IntrinsicFunction::getItem),
  ARRAY_LENGTH("States.ArrayLength", 1, 1, a -> Json.NODES.numberNode(array(a, 0).size())),
  ARRAY_UNIQUE("States.ArrayUnique", 1, 1, IntrinsicFunction::unique),
  BASE64_ENCODE("States.Base64Encode", 1, 1, a -> textNode(encode(text(a, 0)))),
  BASE64_DECODE("States.Base64Decode", 1, 1, a -> textNode(decode(text(a, 0)))),
  HASH("States.Hash", 2, 2, IntrinsicFunction::hash),
  JSON_MERGE("States.JsonMerge", 3, 3, IntrinsicFunction::merge),
  MATH_RANDOM("States.MathRandom", 2, 3, IntrinsicFunction::random),
  MATH_ADD("States.MathAdd", 2, 2, a -> Json.NODES.numberNode(whole(a, 0) + whole(a, 1))),
  STRING_SPLIT("States.StringSplit", 2, 2, IntrinsicFunction::split),
  UUID_("States.UUID", 0, 0, a -> textNode(UUID.randomUUID().toString()));

  private static final Map<String, IntrinsicFunction> BY_NAME =
      Stream.of(values()).collect(Collectors.toMap(f -> f.title, f -> f));
  private static final int MAX_ITEMS = 1_000;
  private static final int MAX_TEXT = 10_000;

  private final String title;
  private final int least;
  private final int most;
  private final @Nullable Function<List<JsonNode>, JsonNode> body;

  IntrinsicFunction(
      String title, int least, int most, @Nullable Function<List<JsonNode>, JsonNode> body) {
    this.title = title;
    this.least = least;
    this.most = most;
    this.body = body;
  }

  static @Nullable IntrinsicFunction named(String name) {
    return BY_NAME.get(name);
  }

  boolean takes(int arguments) {
    return arguments >= least && arguments <= most;
  }

  /**
   * Computes the value.
   *
   * @param escaped whether the first argument is a literal in which backslashes escape
   */
  JsonNode apply(List<JsonNode> arguments, boolean escaped) {
    try {
      return body == null ? format(arguments, escaped) : body.apply(arguments);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw StateError.inState(
          "States.IntrinsicFailure",
          "The function '" + title + "' had the following error: " + e.getMessage());
    }
  }

  private static JsonNode format(List<JsonNode> arguments, boolean escaped) {
    String template = text(arguments, 0);
    var formatted = new StringBuilder();
    int used = 0;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c == '\\' && escaped && i + 1 < template.length()) {
        formatted.append(template.charAt(++i));
      } else if (c == '{' && template.startsWith("{}", i)) {
        require(++used < arguments.size(), "there are more occurrences of {} than arguments");
        formatted.append(display(arguments.get(used)));
        i++;
      } else {
        formatted.append(c);
      }
    }
    require(used == arguments.size() - 1, "there are fewer occurrences of {} than arguments");
    return textNode(formatted.toString());
  }

  /** A value as Java would print it, which is what Step Functions puts into a format. */
  private static String display(JsonNode value) {
    if (value.isTextual()) {
      return value.textValue();
    } else if (value.isObject()) {
      return value.properties().stream()
          .map(e -> e.getKey() + "=" + display(e.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    } else if (value.isArray()) {
      return value
          .valueStream()
          .map(IntrinsicFunction::display)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return value.asText();
  }

  private static JsonNode stringToJson(String text) {
    if (text.isBlank()) {
      return Json.NODES.nullNode();
    }
    try {
      return Json.parse(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  private static JsonNode partition(List<JsonNode> a) {
    ArrayNode from = array(a, 0);
    long size = whole(a, 1);
    require(size > 0, "the chunk size must be greater than 0");
    ArrayNode chunks = Json.array();
    for (int i = 0; i < from.size(); i++) {
      if (i % size == 0) {
        chunks.addArray();
      }
      ((ArrayNode) chunks.get(chunks.size() - 1)).add(from.get(i));
    }
    require(chunks.size() <= MAX_ITEMS, "the result must not have more than 1000 items");
    return chunks;
  }

  private static JsonNode contains(List<JsonNode> a) {
    JsonNode wanted = a.get(1);
    return Json.NODES.booleanNode(array(a, 0).valueStream().anyMatch(wanted::equals));
  }

  private static JsonNode range(List<JsonNode> a) {
    long step = whole(a, 2);
    require(step != 0, "the step must not be 0");
    ArrayNode numbers = Json.array();
    for (long n = whole(a, 0); step > 0 ? n <= whole(a, 1) : n >= whole(a, 1); n += step) {
      require(numbers.size() < MAX_ITEMS, "the result must not have more than 1000 items");
      numbers.add(n == (int) n ? Json.NODES.numberNode((int) n) : Json.NODES.numberNode(n));
    }
    return numbers;
  }

  private static JsonNode getItem(List<JsonNode> a) {
    ArrayNode from = array(a, 0);
    long index = whole(a, 1);
    require(index >= 0 && index < from.size(), "the index " + index + " is out of bounds");
    return from.get((int) index);
  }

  private static JsonNode unique(List<JsonNode> a) {
    return Json.array().addAll(new ArrayList<>(new LinkedHashSet<>(list(array(a, 0)))));
  }

  private static List<JsonNode> list(ArrayNode array) {
    return array.valueStream().toList();
  }

  private static String encode(String text) {
    require(text.length() <= MAX_TEXT, "the string must not be longer than 10000 characters");
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String text) {
    require(text.length() <= MAX_TEXT, "the string must not be longer than 10000 characters");
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }

  private static JsonNode hash(List<JsonNode> a) {
    String data = a.get(0).isTextual() ? a.get(0).textValue() : Json.text(a.get(0));
    require(data.length() <= MAX_TEXT, "the data must not be longer than 10000 characters");
    return textNode(Hashes.hex(data, text(a, 1)));
  }

  private static JsonNode merge(List<JsonNode> a) {
    require(a.get(0).isObject() && a.get(1).isObject(), "the first two arguments must be objects");
    require(
        a.get(2).isBoolean() && !a.get(2).booleanValue(),
        "only shallow merging is supported: the last argument must be false");
    ObjectNode merged = Json.object();
    merged.setAll((ObjectNode) a.get(0));
    merged.setAll((ObjectNode) a.get(1));
    return merged;
  }

  private static JsonNode random(List<JsonNode> a) {
    long from = whole(a, 0);
    long to = whole(a, 1);
    require(from < to, "the start must be less than the end");
    Random random = a.size() == 3 ? new Random(whole(a, 2)) : new Random();
    return Json.NODES.numberNode(random.nextLong(from, to));
  }

  /** Splits like a tokenizer: every character of the separator separates, and nothing is empty. */
  private static JsonNode split(List<JsonNode> a) {
    ArrayNode parts = Json.array();
    var tokens = new StringTokenizer(text(a, 0), text(a, 1));
    while (tokens.hasMoreTokens()) {
      parts.add(tokens.nextToken());
    }
    return parts;
  }

  private static ArrayNode array(List<JsonNode> a, int index) {
    require(a.get(index).isArray(), "argument " + (index + 1) + " must be an array");
    return (ArrayNode) a.get(index);
  }

  private static String text(List<JsonNode> a, int index) {
    require(a.get(index).isTextual(), "argument " + (index + 1) + " must be a string");
    return a.get(index).textValue();
  }

  private static long whole(List<JsonNode> a, int index) {
    require(a.get(index).isNumber(), "argument " + (index + 1) + " must be a number");
    JsonNode number = a.get(index);
    return number.isIntegralNumber() ? number.longValue() : Math.round(number.doubleValue());
  }

  private static JsonNode textNode(String text) {
    return Json.NODES.textNode(text);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
