package dev.onboard.local.dynamodb.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NumProperties {

  @Provide
  Arbitrary<BigDecimal> numbers() {
    Arbitrary<BigInteger> digits =
        Arbitraries.oneOf(
            Arbitraries.bigIntegers()
                .between(
                    BigInteger.TEN.pow(38).negate().add(BigInteger.ONE),
                    BigInteger.TEN.pow(38).subtract(BigInteger.ONE)),
            Arbitraries.bigIntegers().between(BigInteger.valueOf(-120), BigInteger.valueOf(120)));
    return Combinators.combine(digits, Arbitraries.integers().between(-80, 80)).as(BigDecimal::new);
  }

  @Property(tries = 3000)
  void order_ofSortableBytes_isThatOfNumbers(
      @ForAll("numbers") BigDecimal a, @ForAll("numbers") BigDecimal b) {
    String left = Num.normalize(a.toString());
    String right = Num.normalize(b.toString());
    int expected = a.compareTo(b);
    assertThat(Integer.signum(Num.compareBytes(Num.sortable(left), Num.sortable(right))))
        .isEqualTo(expected);
    assertThat(Integer.signum(Num.compare(left, right))).isEqualTo(expected);
    assertThat(left.equals(right)).isEqualTo(expected == 0);
  }

  @Property
  void normalForm_isTheSameNumberAndItsOwnNormalForm(@ForAll("numbers") BigDecimal number) {
    String normal = Num.normalize(number.toEngineeringString());
    assertThat(new BigDecimal(normal)).isEqualByComparingTo(number);
    assertThat(Num.normalize(normal)).isEqualTo(normal);
    assertThat(Num.size(normal)).isBetween(1, 22);
  }

  @Property
  void sums_areExact(@ForAll int a, @ForAll int b) {
    assertThat(Num.add(Integer.toString(a), Integer.toString(b)))
        .isEqualTo(Long.toString((long) a + b));
    assertThat(Num.subtract(Integer.toString(a), Integer.toString(b)))
        .isEqualTo(Long.toString((long) a - b));
  }
}
