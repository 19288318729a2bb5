package dev.onboard.local.dynamodb.value;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Numbers of up to 38 digits, kept as text in one normal form: plain decimals without leading or
 * trailing zeros, so that equal numbers are equal texts.
 */
public final class Num {
  private static final int PLAIN_LONG = 18;
  private static final byte NEGATIVE = 1;
  private static final byte ZERO = 2;
  private static final byte POSITIVE = 3;

  private Num() {}

  /** The normal form of a number as a request has it. */
  public static String normalize(String text) {
    if (isNormalInteger(text)) {
      return text;
    }
    if (text.isEmpty()) {
      throw DynamoErrors.validation("The parameter cannot be converted to a numeric value");
    }
    return normalize(parse(text));
  }

  private static BigDecimal parse(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw DynamoErrors.validation(
          "The parameter cannot be converted to a numeric value: " + text);
    }
  }

  private static String normalize(BigDecimal number) {
    if (number.signum() == 0) {
      return "0";
    }
    // Far out of range, stripping zeros or writing it out would be costly: look first.
    long exponent = exponent(number);
    if (exponent > Limits.NUMBER_MAX_EXPONENT) {
      throw DynamoErrors.validation(
          "Number overflow. Attempting to store a number with magnitude larger than supported"
              + " range");
    }
    if (exponent < Limits.NUMBER_MIN_EXPONENT) {
      throw DynamoErrors.validation(
          "Number underflow. Attempting to store a number with magnitude smaller than supported"
              + " range");
    }
    BigDecimal stripped = number.stripTrailingZeros();
    if (stripped.precision() > Limits.NUMBER_DIGITS) {
      throw DynamoErrors.validation(
          "Attempting to store more than 38 significant digits in a Number");
    }
    return stripped.toPlainString();
  }

  private static long exponent(BigDecimal number) {
    return (long) number.precision() - number.scale() - 1;
  }

  private static boolean isNormalInteger(String text) {
    int from = text.startsWith("-") ? 1 : 0;
    int digits = text.length() - from;
    if (digits < 1 || digits > PLAIN_LONG) {
      return false;
    }
    if (text.charAt(from) == '0') {
      return text.length() == 1;
    }
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }

  /** Compares two numbers in normal form. */
  public static int compare(String a, String b) {
    if (isNormalInteger(a) && isNormalInteger(b)) {
      return Long.compare(Long.parseLong(a), Long.parseLong(b));
    }
    return new BigDecimal(a).compareTo(new BigDecimal(b));
  }

  /** The sum of two numbers in normal form. */
  public static String add(String a, String b) {
    if (isNormalInteger(a) && isNormalInteger(b)) {
      return normalize(Long.toString(Long.parseLong(a) + Long.parseLong(b)));
    }
    return normalize(new BigDecimal(a).add(new BigDecimal(b)));
  }

  /** The difference of two numbers in normal form. */
  public static String subtract(String a, String b) {
    return normalize(new BigDecimal(a).subtract(new BigDecimal(b)));
  }

  /**
   * Bytes that sort as the numbers do: sign, exponent, then two digits a byte. Those of negative
   * numbers are inverted and ended by a byte larger than any digits, so that the longer of two with
   * the same beginning, which is the smaller number, sorts first.
   */
  static byte[] sortable(String normal) {
    BigDecimal number = new BigDecimal(normal);
    if (number.signum() == 0) {
      return new byte[] {ZERO};
    }
    boolean negative = number.signum() < 0;
    String digits = number.unscaledValue().abs().toString();
    int significant = digits.length();
    while (digits.charAt(significant - 1) == '0') {
      significant--;
    }
    int exponent = (int) exponent(number) - Limits.NUMBER_MIN_EXPONENT;
    int pairs = (significant + 1) / 2;
    byte[] bytes = new byte[2 + pairs + (negative ? 1 : 0)];
    bytes[0] = negative ? NEGATIVE : POSITIVE;
    bytes[1] = (byte) (negative ? 255 - exponent : exponent);
    for (int i = 0; i < pairs; i++) {
      int tens = digits.charAt(2 * i) - '0';
      int ones = 2 * i + 1 < significant ? digits.charAt(2 * i + 1) - '0' : 0;
      int pair = 1 + 10 * tens + ones;
      bytes[2 + i] = (byte) (negative ? 101 - pair : pair);
    }
    if (negative) {
      bytes[bytes.length - 1] = (byte) 255;
    }
    return bytes;
  }

  /** The bytes a number counts in the size of its item. */
  static int size(String normal) {
    if (normal.equals("0")) {
      return 1;
    }
    BigDecimal number = new BigDecimal(normal);
    int digits = number.stripTrailingZeros().precision();
    boolean even = digits % 2 == 0 && exponent(number) % 2 == 0;
    return 1 + (digits + 1) / 2 + (even ? 1 : 0) + (number.signum() < 0 ? 1 : 0);
  }

  /** Compares two byte strings as unsigned bytes. */
  public static int compareBytes(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(a, b);
  }
}
