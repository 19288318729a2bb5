package dev.onboard.local.sesv2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

class HandlebarsPropertiesTest {
  @Property(tries = 200)
  void textWithoutTags_isUnchanged(@ForAll String text) {
    if (!text.contains("{{")) {
      assertThat(Handlebars.parse(text).render(JsonNodeFactory.instance.objectNode()))
          .isEqualTo(text);
    }
  }

  @Property(tries = 200)
  void value_appearsUnchanged(
      @ForAll @AlphaChars @StringLength(min = 1, max = 20) String name, @ForAll String value) {
    var data = JsonNodeFactory.instance.objectNode().put(name, value);
    assertThat(Handlebars.parse("<{{" + name + "}}>").render(data)).isEqualTo("<" + value + ">");
  }
}
