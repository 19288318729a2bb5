package dev.onboard.console.cost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Sums as people read them. */
class MoneyTest {
  @Test
  void dollars_areShownAsFarAsSomethingIsSeen() {
    assertThat(Money.dollars(1234.567)).isEqualTo("$1,234.57");
    assertThat(Money.dollars(0.0123456)).isEqualTo("$0.012346");
    assertThat(Money.dollars(0.0000001)).isEqualTo("<$0.000001");
    assertThat(Money.dollars(0)).isEqualTo("$0.000000");
  }

  @Test
  void price_saysWhatItIsFor() {
    assertThat(price("custom-events", "64 KB", 1, 1_000_000)).isEqualTo("$1.00/M");
    assertThat(price("mails", "", 0.1, 1000)).isEqualTo("$0.10/1,000");
    assertThat(price("logged-bytes", "GB", 0.5, 1)).isEqualTo("$0.50/GB");
    assertThat(price("duration", "GB-s", 0.0000133334, 1)).isEqualTo("$0.0000133334/GB-s");
    assertThat(price("metric-hours", "hours", 0.3, 730)).isEqualTo("$0.30/month");
  }

  @Test
  void quantity_isWhole_orAsFarAsSomethingIsSeen() {
    assertThat(Money.quantity(12_345)).isEqualTo("12,345");
    assertThat(Money.quantity(12_345.6)).isEqualTo("12,346");
    assertThat(Money.quantity(73.5)).isEqualTo("73.5");
    assertThat(Money.quantity(0.000026)).isEqualTo("0.000026");
  }

  private static String price(String usage, String unit, double dollars, int per) {
    return Money.price(new Price("any", usage, usage, unit, dollars, per));
  }
}
