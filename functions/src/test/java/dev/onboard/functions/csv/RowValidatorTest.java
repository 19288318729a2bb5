package dev.onboard.functions.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.functions.csv.Verdict.Accepted;
import dev.onboard.functions.csv.Verdict.Rejected;
import dev.onboard.functions.user.Person;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowValidatorTest {

  @Test
  void knownColumns_becomeFieldsAndOthersAttributes() {
    Row row =
        new Row(
            7,
            "",
            List.of("email", "name", "firstName", "locale", "Team", "Note"),
            List.of(" Ada@Example.COM\u00A0", " Ada \n Lovelace ", "", "en-GB", " A ", " "));
    assertThat(RowValidator.validate(row))
        .isEqualTo(
            new Accepted(
                7,
                new Person(
                    "ada@example.com",
                    "Ada Lovelace",
                    null,
                    null,
                    null,
                    "en-GB",
                    Map.of("Team", "A"))));
  }

  @Test
  void problemOfTheWholeFile_rejects() {
    assertThat(RowValidator.validate(new Row(3, "It repeats.", List.of("email"), List.of("a@b.c"))))
        .isEqualTo(new Rejected(3, "It repeats."));
  }

  @Test
  void missingOrWrongAddress_rejectsWithWhatIsWrong() {
    assertThat(RowValidator.validate(new Row(3, "", List.of("email"), List.of(" "))))
        .isEqualTo(new Rejected(3, "The e-mail address is missing."));
    assertThat(RowValidator.validate(new Row(3, "", List.of("email"), List.of("a b@c"))))
        .isEqualTo(new Rejected(3, "\"a b@c\" is not an e-mail address."));
  }

  @Test
  void longName_rejects() {
    assertThat(
            RowValidator.validate(
                new Row(3, "", List.of("email", "name"), List.of("a@b.c", "x".repeat(257)))))
        .isEqualTo(new Rejected(3, "The name is longer than 256 characters."));
  }
}
