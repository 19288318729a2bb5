package dev.onboard.console.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Durations as they are read. */
class SpansTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S,0 ms",
    "PT0.999S,999 ms",
    "PT1S,1.0 s",
    "PT119.9S,119.9 s",
    "PT2M,2 min",
    "PT119M,119 min",
    "PT3H,3.0 h",
    "PT60H,60.0 h"
  })
  void span_isToldInOneUnit(Duration duration, String text) {
    assertThat(Spans.text(duration)).isEqualTo(text);
  }
}
