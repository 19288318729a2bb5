package dev.onboard.console.cost;

import java.math.BigDecimal;
import java.util.Locale;

/** Dollars and quantities as people read them. */
public final class Money {
  private static final double SHOWN_IN_CENTS = 1;
  private static final double LEAST = 0.0000005;
  private static final int MILLION = 1_000_000;
  private static final int THOUSAND = 1_000;
  private static final int MONTH = 730;

  private Money() {}

  /** A sum: in cents, or as far as it takes to see something of a small one. */
  public static String dollars(double dollars) {
    if (dollars >= SHOWN_IN_CENTS) {
      return String.format(Locale.ROOT, "$%,.2f", dollars);
    } else if (dollars > 0 && dollars < LEAST) {
      return "<$0.000001";
    }
    return String.format(Locale.ROOT, "$%.6f", dollars);
  }

  /** A price with what it is for: {@code $1.00/M}, {@code $0.10/1,000}, {@code $0.50/GB}. */
  public static String price(Price price) {
    var plain = BigDecimal.valueOf(price.dollars());
    String dollars = "$" + plain.setScale(Math.max(2, plain.scale())).toPlainString();
    return dollars
        + switch (price.per()) {
          case MILLION -> "/M";
          case THOUSAND -> "/1,000";
          case MONTH -> "/month";
          default -> price.unit().isEmpty() ? "" : "/" + price.unit();
        };
  }

  /** How much there is of something: whole numbers, or what can be seen of a small one. */
  public static String quantity(double quantity) {
    if (quantity == Math.rint(quantity) || quantity >= THOUSAND) {
      return String.format(Locale.ROOT, "%,.0f", quantity);
    }
    return String.format(Locale.ROOT, quantity < 1 ? "%.6f" : "%,.1f", quantity);
  }
}
