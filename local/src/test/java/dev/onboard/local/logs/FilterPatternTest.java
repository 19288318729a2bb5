package dev.onboard.local.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "ERROR ~ [ERROR 400] BAD REQUEST ~ true",
        "ERROR ~ error ~ false",
        "ERROR BAD ~ [ERROR 400] BAD REQUEST ~ true",
        "ERROR GOOD ~ [ERROR 400] BAD REQUEST ~ false",
        "\"BAD REQUEST\" ~ [ERROR 400] BAD REQUEST ~ true",
        "\"REQUEST BAD\" ~ [ERROR 400] BAD REQUEST ~ false",
        "\"say \\\"hi\\\"\" ~ they say \"hi\" ~ true",
        "ERROR -400 ~ [ERROR 400] BAD REQUEST ~ false",
        "ERROR -\"401 X\" ~ [ERROR 400] BAD REQUEST ~ true",
        "?WARN ?ERROR ~ [ERROR 400] ~ true",
        "?WARN ?ERROR ~ INFO ~ false",
        "?WARN INFO ~ INFO only ~ true",
        "%4[0-9]{2}% ~ [ERROR 404] ~ true",
        "%5[0-9]{2}% ~ [ERROR 404] ~ false",
        "{ $.level = \"ERROR\" } ~ {\"level\":\"ERROR\"} ~ true",
        "{ $.level = ERROR } ~ {\"level\":\"ERROR\"} ~ true",
        "{ $.level != \"ERROR\" } ~ {\"level\":\"INFO\"} ~ true",
        "{ $.level != \"ERROR\" } ~ {} ~ false",
        "{ $.level = \"ERR*\" } ~ {\"level\":\"ERROR\"} ~ true",
        "{ $.level = \"*\" } ~ {\"level\":\"any\"} ~ true",
        "{ $.n > 5 } ~ {\"n\":6.5} ~ true",
        "{ $.n >= 5 && $.n < 6 } ~ {\"n\":5} ~ true",
        "{ $.n = 1e3 } ~ {\"n\":1000} ~ true",
        "{ $.n > 5 } ~ {\"n\":\"6\"} ~ false",
        "{ $.a.b = 1 || $.c = 2 } ~ {\"a\":{\"b\":0},\"c\":2} ~ true",
        "{ ($.a = 1 || $.b = 1) && $.c = 1 } ~ {\"a\":1,\"c\":2} ~ false",
        "{ $.a = 1 || $.b = 1 && $.c = 1 } ~ {\"a\":1,\"c\":2} ~ true",
        "{ $.list[1] = \"b\" } ~ {\"list\":[\"a\",\"b\"]} ~ true",
        "{ $.list[*].n = 2 } ~ {\"list\":[{\"n\":1},{\"n\":2}]} ~ true",
        "{ $['a b'] = 1 } ~ {\"a b\":1} ~ true",
        "{ $.detail-type = \"X\" } ~ {\"detail-type\":\"X\"} ~ true",
        "{ $.x IS NULL } ~ {\"x\":null} ~ true",
        "{ $.x IS TRUE } ~ {\"x\":true} ~ true",
        "{ $.x IS FALSE } ~ {\"x\":true} ~ false",
        "{ $.x NOT EXISTS } ~ {\"y\":1} ~ true",
        "{ $.x NOT EXISTS } ~ {\"x\":1} ~ false",
        "{ $.code = %4[0-9]{2}% } ~ {\"code\":404} ~ true",
        "{ $.level = \"ERROR\" } ~ not json ~ false"
      })
  void pattern_matchesAsAwsDocuments(String pattern, String message, boolean expected) {
    assertThat(FilterPattern.parse(pattern).matches(message)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ $.a = }",
        "{ $.a = 1",
        "{ a = 1 }",
        "{ $.a ~ 1 }",
        "{ $.a = 1 && }",
        "\"open",
        "(x)",
        "%(%"
      })
  void badPattern_isRefused(String pattern) {
    assertThatThrownBy(() -> FilterPattern.parse(pattern))
        .hasMessageStartingWith("Invalid filter pattern: ");
  }
}
