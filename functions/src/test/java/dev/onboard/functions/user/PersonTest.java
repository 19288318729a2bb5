package dev.onboard.functions.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PersonTest {

  @Test
  void namesWithLineBreaks_areOnOneLine() {
    Person person =
        new Person(
            "ada@example.com",
            "Ada\r\nLovelace",
            " Ada\u2028",
            "\tLovelace\n",
            "a  l",
            null,
            Map.of());

    assertThat(person)
        .isEqualTo(
            new Person(
                "ada@example.com", "Ada Lovelace", "Ada", "Lovelace", "a l", null, Map.of()));
  }

  @Test
  void blankNames_areNone() {
    Person person = new Person("ada@example.com", " \n ", "", null, "\u00A0", " ", Map.of());

    assertThat(person)
        .isEqualTo(new Person("ada@example.com", null, null, null, null, null, Map.of()));
  }
}
