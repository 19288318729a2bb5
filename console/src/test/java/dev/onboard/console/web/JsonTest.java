package dev.onboard.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.console.web.Json.Token;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** JSON as pages show it. */
class JsonTest {
  @Test
  void tokens_sayWhatIsWhat() {
    assertThat(Json.tokens(Json.read("{\"a\": [\"x: \\\"1\\\"\", -1.5e3, true, null]}")))
        .filteredOn(t -> !t.kind().isEmpty())
        .containsExactly(
            new Token("key", "\"a\""),
            new Token("text", "\"x: \\\"1\\\"\""),
            new Token("value", "-1500.0"),
            new Token("value", "true"),
            new Token("value", "null"));
  }

  @Test
  void tokens_togetherAreTheText() {
    var json = Json.read("{\"a\": {\"b\": [1, \"<b>\", {\"c\": \"12 true null\"}]}, \"d\": \"\"}");
    assertThat(Json.tokens(json).stream().map(Token::text).collect(Collectors.joining()))
        .isEqualTo(Json.pretty(json));
  }
}
