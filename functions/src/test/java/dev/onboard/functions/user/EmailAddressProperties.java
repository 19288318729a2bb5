package dev.onboard.functions.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EmailAddressProperties {

  /** As the HTML standard gives it. */
  private static final Pattern HTML =
      Pattern.compile(
          "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
              + "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*");

  @Property(tries = 3000)
  void syntax_isThatOfTheHtmlStandard(@ForAll("nearlyAddresses") String address) {
    boolean fits =
        HTML.matcher(address).matches() && address.indexOf('@') <= 64 && address.length() <= 254;
    assertThat(EmailAddress.problem(address).isEmpty()).as(address).isEqualTo(fits);
  }

  @Property
  void key_isTheSameHoweverItIsWritten(@ForAll("nearlyAddresses") String address) {
    String key = EmailAddress.key(address);
    assertThat(EmailAddress.key(" " + address.toUpperCase(java.util.Locale.ROOT) + "\t"))
        .isEqualTo(EmailAddress.key(key));
  }

  @Example
  void lengths_areThoseOfRfc5321() {
    String label = "d".repeat(63);
    String domain = String.join(".", label, label, label);
    assertThat(EmailAddress.problem("l".repeat(62) + "@" + domain)).isEmpty();
    assertThat(EmailAddress.problem("l".repeat(63) + "@" + domain))
        .hasValueSatisfying(problem -> assertThat(problem).contains("longer than 254"));
    assertThat(EmailAddress.problem("l".repeat(64) + "@d")).isEmpty();
    assertThat(EmailAddress.problem("l".repeat(65) + "@d")).isPresent();
    assertThat(EmailAddress.problem("l@" + "d".repeat(64))).isPresent();
    assertThat(EmailAddress.problem("")).hasValue("The e-mail address is missing.");
  }

  @Provide
  Arbitrary<String> nearlyAddresses() {
    Arbitrary<String> local =
        Arbitraries.strings().withChars("abzAZ09.!#$%&'*+/=?^_`{|}~-\" ,ü").ofMaxLength(70);
    Arbitrary<String> plain =
        Arbitraries.strings().withChars("ab9.+-").ofMinLength(1).ofMaxLength(8);
    Arbitrary<String> domain =
        Arbitraries.strings()
            .withChars("aZ9-")
            .ofMinLength(0)
            .ofMaxLength(6)
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(labels -> String.join(".", labels));
    return Combinators.combine(
            Arbitraries.oneOf(local, plain),
            Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(9, Arbitraries.just("@")),
                net.jqwik.api.Tuple.of(1, Arbitraries.of("", "@@"))),
            domain)
        .as((l, at, d) -> l + at + d);
  }
}
