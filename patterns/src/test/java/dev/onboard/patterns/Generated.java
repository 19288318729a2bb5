package dev.onboard.patterns;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Patterns and events over few names and few values, so that they often match or almost do.
 *
 * <p>What event-ruler answers wrongly is left out: wildcards beside conditions that ignore case in
 * one pattern, and blocks of addresses of which the digits are also those of a number.
 */
final class Generated {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NAMES = List.of("a", "b", "c", "a.b");
  private static final List<String> STRINGS =
      List.of(
          "",
          "x",
          "xy",
          "X",
          "Xy",
          "x*y",
          " x",
          "1",
          "10.0.0.1",
          "10.0.0.01",
          "::1",
          "ß",
          "é",
          "É",
          "\\",
          "😀",
          "??",
          "16.0.0.0",
          "xxyxy",
          "null");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "1.0",
          "10e-1",
          "-1",
          "2",
          "2.5",
          "-0",
          "1e400",
          "123456789012345678901",
          "0.1",
          "16909060");

  private final Random random;
  private final boolean faulty;
  private final boolean folding;
  private int ors;

  Generated(long seed, boolean faulty) {
    this.random = new Random(seed);
    this.faulty = faulty;
    this.folding = random.nextBoolean();
  }

  String pattern() {
    return fields(3, true);
  }

  String event() {
    return object(3);
  }

  private String object(int depth) {
    return Stream.generate(() -> quoted(any(NAMES)) + ": " + value(depth))
        .limit(random.nextInt(4))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 4)) {
      case 0, 1 -> quoted(any(STRINGS));
      case 2 -> any(NUMBERS);
      case 3 -> any(List.of("true", "false", "null"));
      case 4, 5 -> object(depth - 1);
      default -> list(() -> value(depth - 1), random.nextInt(4));
    };
  }

  private String fields(int depth, boolean or) {
    var entries = new ArrayList<String>();
    int n = 1 + random.nextInt(3);
    for (int i = 0; i < n; i++) {
      if (or && ors < 2 && random.nextInt(3) == 0) {
        ors++;
        entries.add("\"$or\": " + list(() -> fields(depth - 1, depth > 1), 2 + random.nextInt(2)));
      } else if (depth > 0 && random.nextInt(3) == 0) {
        entries.add(quoted(any(NAMES)) + ": " + fields(depth - 1, or));
      } else {
        entries.add(quoted(any(NAMES)) + ": " + list(this::condition, 1 + random.nextInt(2)));
      }
    }
    if (faulty && random.nextInt(8) == 0) {
      entries.add(
          any(
              List.of(
                  "\"a\": 1",
                  "\"b\": []",
                  "\"c\": {}",
                  "\"$or\": [{\"a\": [1]}]",
                  "\"prefix\": [1]",
                  "\"a\": [[1]]")));
    }
    return "{" + String.join(", ", entries) + "}";
  }

  private String condition() {
    if (faulty && random.nextInt(8) == 0) {
      return any(
          List.of(
              "{}",
              "{\"prefix\": 1}",
              "{\"prefix\": \"x\", \"suffix\": \"y\"}",
              "{\"near\": 1}",
              "{\"numeric\": []}",
              "{\"numeric\": [\">\", 2, \"<\", 1]}",
              "{\"wildcard\": \"a**\"}",
              "{\"wildcard\": \"\\\\x\"}",
              "{\"exists\": 1}",
              "{\"cidr\": \"10.0.0.0/32\"}",
              "{\"cidr\": \"x/1\"}",
              "{\"anything-but\": [1, \"x\"]}",
              "{\"anything-but\": []}",
              "{\"anything-but\": {\"prefix\": \"\"}}",
              "{\"anything-but\": null}",
              "{\"numeric\": [\"=\", 1, 2]}",
              "{\"numeric\": [\"=\", 1e400]}",
              "{\"prefix\": {\"suffix\": \"x\"}}",
              "{\"numeric\": [\">\", 1, \"=\", 2]}",
              "{\"anything-but\": {\"near\": \"x\"}}",
              "{\"anything-but\": 123456789012345678901}",
              "{\"equals-ignore-case\": 1}",
              "{\"exactly\": 2}",
              "{\"cidr\": \"::/128\"}"));
    }
    String text = quoted(any(STRINGS));
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> text;
      case 3, 4 -> any(NUMBERS);
      case 5 -> any(List.of("true", "false", "null"));
      case 6 -> affix("prefix", text);
      case 7 -> affix("suffix", text);
      case 8, 9 ->
          folding
              ? "{\"equals-ignore-case\": " + text + "}"
              : "{\"wildcard\": " + quoted(glob()) + "}";
      case 10 -> "{\"exists\": " + random.nextBoolean() + "}";
      case 11 -> "{\"exists\": false}";
      case 12 -> numeric();
      case 13 ->
          "{\"cidr\": "
              + quoted(any(List.of("10.0.0.0/8", "10.0.0.1/31", "::/64", "10.0.0.0/30")))
              + "}";
      case 14 -> "{\"exactly\": " + text + "}";
      default -> anythingBut();
    };
  }

  private String affix(String name, String text) {
    return "{\""
        + name
        + "\": "
        + (!folding || random.nextBoolean() ? text : "{\"equals-ignore-case\": " + text + "}")
        + "}";
  }

  private String numeric() {
    return "{\"numeric\": "
        + any(
            List.of(
                "[\"=\", 1]",
                "[\"=\", 1.0]",
                "[\">\", 0]",
                "[\">=\", 1]",
                "[\"<\", 1]",
                "[\"<=\", 2.5]",
                "[\">\", -1, \"<\", 1]",
                "[\">=\", 0, \"<=\", 2]"))
        + "}";
  }

  private String anythingBut() {
    Supplier<String> some = () -> quoted(any(STRINGS.subList(1, STRINGS.size())));
    String texts = random.nextBoolean() ? some.get() : list(some, 1 + random.nextInt(2));
    return "{\"anything-but\": "
        + switch (random.nextInt(5)) {
          case 0 -> texts;
          case 1 -> random.nextBoolean() ? "1" : "[1, 2.5]";
          case 2 ->
              folding
                  ? "{\"equals-ignore-case\": " + texts + "}"
                  : "{\"wildcard\": " + quoted(glob()) + "}";
          case 3 -> "{\"prefix\": " + texts + "}";
          default -> "{\"suffix\": " + texts + "}";
        }
        + "}";
  }

  private String glob() {
    return any(
        List.of(
            "*", "x*", "*x", "*y*", "x*y", "x\\*y", "*xy*", "x*x*", "é*", "*\\\\", "10.*", "*y"));
  }

  private static String list(Supplier<String> elements, int n) {
    return Stream.generate(elements).limit(n).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
