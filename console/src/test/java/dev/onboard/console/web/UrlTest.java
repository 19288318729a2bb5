package dev.onboard.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Addresses of pages. */
class UrlTest {
  @Test
  void arn_staysReadable() {
    assertThat(Url.path("machines", "arn:aws:states:us-east-1:000000000000:stateMachine:Import"))
        .isEqualTo("/_console/machines/arn:aws:states:us-east-1:000000000000:stateMachine:Import");
  }

  @Test
  void whatMeansSomethingInAddresses_isEncoded() {
    assertThat(Url.path("logs", "/aws/lambda/a b?c#d%e+f"))
        .isEqualTo("/_console/logs/%2Faws%2Flambda%2Fa%20b%3Fc%23d%25e%2Bf");
    assertThat(Url.of("mail").with("to", "a+b@x & y").with("before", "7").toString())
        .isEqualTo("/_console/mail?to=a%2Bb@x%20%26%20y&before=7");
  }

  @Test
  void parameterWithoutValue_isLeftOut() {
    assertThat(Url.of("mail").with("to", null).with("q", "").toString())
        .isEqualTo("/_console/mail");
  }
}
