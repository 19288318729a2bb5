package dev.onboard.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class IdsTest {
  @Property(tries = 200)
  void versionId_holdsItsNumber(@ForAll @LongRange(min = 1) long number) {
    assertThat(Ids.version(number)).hasSize(32).matches("[A-Za-z0-9._]+");
    assertThat(Ids.number(Ids.version(number))).hasValue(number);
  }

  @Property(tries = 50)
  void otherText_isNone(@ForAll String text) {
    assertThat(Ids.number(text)).isEmpty();
  }
}
