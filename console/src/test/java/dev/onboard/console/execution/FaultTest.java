package dev.onboard.console.execution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What of a cause is told to people. */
class FaultTest {

  @Test
  void cause_ofAFunction_isItsSentence_withTheCodeBehind() {
    Fault fault =
        Fault.of(
            "com.example.Broken",
            "{\"errorMessage\": \"It broke.\", \"errorType\": \"com.example.Broken\","
                + " \"stackTrace\": [\"A.a(A.java:1)\", \"B.b(B.java:2)\"]}");
    assertThat(fault)
        .isEqualTo(new Fault("com.example.Broken", "It broke.", "A.a(A.java:1)\nB.b(B.java:2)"));
  }

  @Test
  void brief_isCutBetweenCharacters() {
    assertThat(Fault.of("E", "short").brief().message()).isEqualTo("short");
    String cut = Fault.of("E", "\uD83D\uDE00".repeat(200)).brief().message();
    assertThat(cut).hasSizeLessThan(600).endsWith("\uD83D\uDE00…");
  }

  @Test
  void cause_ofAnyOtherKind_isToldAsItIs() {
    assertThat(Fault.of("E", "plain")).isEqualTo(new Fault("E", "plain", null));
    assertThat(Fault.of("E", "{\"cut\": \"o")).isEqualTo(new Fault("E", "{\"cut\": \"o", null));
    assertThat(Fault.of("E", "{\"a\": 1}")).isEqualTo(new Fault("E", "{\"a\": 1}", null));
    assertThat(Fault.of(null, (String) null))
        .isEqualTo(new Fault("An error without a name", "", null));
  }
}
