package dev.onboard.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The colours of both themes, held to WCAG 2.2, 1.4.3 (text, 4.5 to 1) and 1.4.11 (edges, 3 to 1).
 */
class ContrastTest {
  private static final Pattern TOKEN =
      Pattern.compile("--([a-z-]+): light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\);");

  /** What is written on what. */
  private static final Map<String, List<String>> TEXT = text();

  private static Map<String, List<String>> text() {
    var text = new LinkedHashMap<String, List<String>>();
    text.put(
        "ink",
        List.of(
            "paper",
            "sheet",
            "sunken",
            "accent-tint",
            "good-tint",
            "busy-tint",
            "wait-tint",
            "bad-tint"));
    text.put("soft", List.of("paper", "sheet", "sunken", "accent-tint"));
    text.put("accent", List.of("paper", "sheet", "sunken", "accent-tint"));
    text.put("on-accent", List.of("accent"));
    text.put("good", List.of("sheet", "paper", "good-tint"));
    text.put("busy", List.of("sheet", "paper", "busy-tint"));
    text.put("wait", List.of("sheet", "paper", "wait-tint"));
    text.put("bad", List.of("sheet", "paper", "bad-tint"));
    text.put("violet", List.of("sheet", "paper"));
    return text;
  }

  /** What must be seen, such as the edge of a field. */
  private static final Map<String, List<String>> SHAPES =
      Map.of(
          "edge", List.of("paper", "sheet"),
          "accent", List.of("paper", "sheet"),
          "good", List.of("sheet", "sunken"),
          "bad", List.of("sheet", "sunken", "bad-tint"),
          "busy", List.of("sheet", "sunken"),
          "wait", List.of("sheet", "sunken"));

  static Stream<Arguments> pairs() {
    return Stream.concat(
        TEXT.entrySet().stream()
            .flatMap(e -> e.getValue().stream().map(on -> arguments(e.getKey(), on, 4.5))),
        SHAPES.entrySet().stream()
            .flatMap(e -> e.getValue().stream().map(on -> arguments(e.getKey(), on, 3.0))));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("pairs")
  void contrast_inBothThemes_isEnough(String colour, String ground, double least)
      throws IOException {
    Map<String, String[]> tokens = tokens();
    for (int theme = 0; theme < 2; theme++) {
      String front = tokens.get(colour)[theme];
      String back = tokens.get(ground)[theme];
      assertThat(contrast(front, back))
          .as("%s (%s) on %s (%s)", colour, front, ground, back)
          .isGreaterThanOrEqualTo(least);
    }
  }

  private static Map<String, String[]> tokens() throws IOException {
    try (InputStream in = Console.class.getResourceAsStream("static/console.css")) {
      Matcher matcher = TOKEN.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      var tokens = new LinkedHashMap<String, String[]>();
      while (matcher.find()) {
        tokens.put(matcher.group(1), new String[] {matcher.group(2), matcher.group(3)});
      }
      return tokens;
    }
  }

  private static double contrast(String one, String other) {
    double first = luminance(one);
    double second = luminance(other);
    return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
  }

  private static double luminance(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    return 0.2126 * linear(rgb >> 16 & 255)
        + 0.7152 * linear(rgb >> 8 & 255)
        + 0.0722 * linear(rgb & 255);
  }

  private static double linear(int channel) {
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
