package dev.onboard.patterns;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses from one to another, as hexadecimal digits.
 *
 * <p>Event-ruler decides digit by digit and stops when it knows, so a longer text can match by its
 * beginning: an IPv6 address a block of IPv4.
 */
record IpRange(String first, String last) {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String DIGITS = "0123456789ABCDEF";
  private static final Pattern V4 = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*");

  /** The addresses of a block such as {@code 10.0.0.0/8}. */
  static IpRange ofBlock(String block) {
    String[] parts = block.split("/");
    if (parts.length != 2) {
      throw new IllegalArgumentException("A block of addresses is an address, one / and a number.");
    }
    byte[] address = address(parts[0]);
    if (address == null) {
      throw new IllegalArgumentException(parts[0] + " is no IP address.");
    }
    int mask;
    try {
      mask = Integer.parseInt(parts[1]);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(parts[1] + " is no number of bits.", e);
    }
    if (mask < 0 || mask >= address.length * 8) {
      throw new IllegalArgumentException(
          "The number of bits must be from 0 to " + (address.length * 8 - 1) + ".");
    }
    byte[] first = address.clone();
    byte[] last = address.clone();
    for (int bit = mask; bit < address.length * 8; bit++) {
      first[bit / 8] &= (byte) ~(0x80 >> bit % 8);
      last[bit / 8] |= (byte) (0x80 >> bit % 8);
    }
    return new IpRange(HEX.formatHex(first), HEX.formatHex(last));
  }

  /** The digits of an address, null if the text is none. */
  static @Nullable String digits(String text) {
    byte[] address = address(text);
    return address == null ? null : HEX.formatHex(address);
  }

  private static byte @Nullable [] address(String text) {
    if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text).getAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  boolean takes(String digits) {
    int fork = 0;
    while (fork < first.length() && first.charAt(fork) == last.charAt(fork)) {
      fork++;
    }
    if (!digits.startsWith(first.substring(0, fork))) {
      return false;
    }
    if (fork == first.length()) {
      return true;
    }
    if (digits.length() == fork || DIGITS.indexOf(digits.charAt(fork)) < 0) {
      return false;
    }
    char digit = digits.charAt(fork);
    if (digit > first.charAt(fork) && digit < last.charAt(fork)) {
      return true;
    }
    return digit == first.charAt(fork) && side(digits, fork + 1, first, 1)
        || digit == last.charAt(fork) && side(digits, fork + 1, last, -1);
  }

  /** Whether the digits go on as the bound does, or leave it towards the inside. */
  private static boolean side(String digits, int from, String bound, int inside) {
    for (int i = from; i < bound.length(); i++) {
      if (i == digits.length() || DIGITS.indexOf(digits.charAt(i)) < 0) {
        return false;
      }
      int difference = Integer.signum(digits.charAt(i) - bound.charAt(i));
      if (difference != 0) {
        return difference == inside;
      }
    }
    return true;
  }
}
