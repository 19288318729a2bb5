package dev.onboard.patterns;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers as event-ruler compares them: those alone that a double holds exactly as written. */
final class Numbers {
  private Numbers() {}

  /** The number, null if the text is none. */
  static @Nullable BigDecimal read(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The number if it can be compared. */
  static @Nullable Double comparable(String text) {
    BigDecimal exact = read(text);
    if (exact == null) {
      return null;
    }
    double value = exact.doubleValue();
    return Double.isInfinite(value) || BigDecimal.valueOf(value).compareTo(exact) != 0
        ? null
        : value;
  }
}
