package dev.onboard.local.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

class FilterPatternPropertiesTest {
  @Property(tries = 300)
  void anyText_isAPatternOrRefused(@ForAll String text) {
    try {
      FilterPattern.parse(text).matches(text);
    } catch (AwsServiceException refused) {
      assertThat(refused.statusCode()).isEqualTo(400);
    }
  }

  @Property(tries = 200)
  void quotedPhrase_isFoundInAnyTextAroundIt(
      @ForAll String before,
      @ForAll @AlphaChars @StringLength(min = 1, max = 10) String phrase,
      @ForAll String after) {
    assertThat(FilterPattern.parse('"' + phrase + '"').matches(before + phrase + after)).isTrue();
    assertThat(FilterPattern.parse("-" + phrase).matches(before + phrase + after)).isFalse();
  }

  @Property(tries = 200)
  void jsonText_equalsItself(@ForAll String value) {
    if (value.contains("*")) {
      return;
    }
    String quoted = '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    String message = JsonNodeFactory.instance.objectNode().put("a", value).toString();
    assertThat(FilterPattern.parse("{ $.a = " + quoted + " }").matches(message)).isTrue();
  }
}
