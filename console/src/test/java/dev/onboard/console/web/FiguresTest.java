package dev.onboard.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as people read them, whatever language the machine speaks. */
class FiguresTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S,0 ms",
    "PT0.999S,999 ms",
    "PT1S,1.0 s",
    "PT9.94S,9.9 s",
    "PT42.7S,42 s",
    "PT2M,2 min",
    "PT5M3S,5 min 3 s",
    "PT3H,3 h",
    "PT60H,2 d 12 h",
    "PT-0.005S,-5 ms",
    "PT-90S,-1 min 30 s"
  })
  void span_hasTwoUnitsAtMost(Duration span, String text) {
    assertThat(Figures.span(span)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0 bytes", "1,1 byte", "999,999 bytes", "1400,1.4 kB", "34000000,34 MB"})
  void size_isInTheUnitThatFits(long bytes, String text) {
    assertThat(Figures.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0 rows", "1,1 row", "1234567,'1,234,567 rows'"})
  void count_hasCommasAndItsWord(long number, String text) {
    assertThat(Figures.count(number, "row", "rows")).isEqualTo(text);
  }
}
