package dev.onboard.console.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is shown of two texts. */
class TextDiffTest {

  @Test
  void lines_areNumberedOnTheirSide() {
    assertThat(told("a\nb\nc", "a\nx\nc\nd")).isEqualTo(" 1 1 a\n-2 . b\n+. 2 x\n 3 3 c\n+. 4 d");
  }

  @Test
  void linesFarFromAChange_areLeftOut() {
    String numbers = numbers(1, 30);
    String told = told(numbers, numbers.replace("\n15\n", "\nfifteen\n"));
    assertThat(told)
        .startsWith(" . . 10 lines are the same\n 11 11 11\n")
        .contains("-15 . 15\n+. 15 fifteen\n")
        .endsWith(" 19 19 19\n . . 11 lines are the same");
  }

  @Test
  void sameTexts_areEmpty() {
    assertThat(TextDiff.of("a", "a").isEmpty()).isTrue();
    assertThat(TextDiff.of("a", "b").isEmpty()).isFalse();
  }

  private static String told(String older, String newer) {
    return TextDiff.of(older, newer).lines().stream()
        .map(l ->
            (l.kind() == TextDiff.Kind.SKIPPED ? " " : l.kind().sign())
                + (l.older() == null ? "." : l.older())
                + " "
                + (l.newer() == null ? "." : l.newer())
                + " "
                + l.text())
        .collect(Collectors.joining("\n"));
  }

  private static String numbers(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining("\n"));
  }
}
