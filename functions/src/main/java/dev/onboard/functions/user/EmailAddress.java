package dev.onboard.functions.user;

import java.util.Locale;
import java.util.Optional;

/**
 * The e-mail addresses that are accepted: those of the HTML standard within the lengths of RFC
 * 5321.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address">HTML</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1">RFC 5321, 4.5.3.1</a>
 */
public final class EmailAddress {

  private static final int MAX_LOCAL = 64;
  private static final int MAX_DOMAIN = 255;

  /** A path is at most 256 octets, two of which are its angle brackets. */
  private static final int MAX_ADDRESS = 254;

  private static final int MAX_LABEL = 63;
  private static final int SHOWN = 80;
  private static final String LOCAL_SYMBOLS = ".!#$%&'*+/=?^_`{|}~-";

  private EmailAddress() {}

  /** The form in which addresses are compared and users are keyed. */
  public static String key(String address) {
    return address.strip().toLowerCase(Locale.ROOT);
  }

  /** What is wrong with the trimmed address, as a sentence. */
  public static Optional<String> problem(String address) {
    if (address.isEmpty()) {
      return Optional.of("The e-mail address is missing.");
    }
    int at = address.indexOf('@');
    if (at < 1 || !isLocal(address, at) || !isDomain(address, at + 1)) {
      return Optional.of(show(address) + " is not an e-mail address.");
    }
    if (at > MAX_LOCAL) {
      return Optional.of(
          "The e-mail address has more than " + MAX_LOCAL + " characters before the @.");
    }
    if (address.length() > MAX_ADDRESS || address.length() - at - 1 > MAX_DOMAIN) {
      return Optional.of("The e-mail address is longer than " + MAX_ADDRESS + " characters.");
    }
    return Optional.empty();
  }

  private static boolean isLocal(String address, int end) {
    for (int i = 0; i < end; i++) {
      char c = address.charAt(i);
      if (!isLetterOrDigit(c) && LOCAL_SYMBOLS.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDomain(String address, int from) {
    int label = from;
    for (int i = from; i <= address.length(); i++) {
      if (i == address.length() || address.charAt(i) == '.') {
        if (!isLabel(address, label, i)) {
          return false;
        }
        label = i + 1;
      }
    }
    return true;
  }

  private static boolean isLabel(String address, int from, int to) {
    if (to == from || to - from > MAX_LABEL) {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = address.charAt(i);
      if (!isLetterOrDigit(c) && (c != '-' || i == from || i == to - 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  private static String show(String address) {
    StringBuilder shown = new StringBuilder("\"");
    int end = Math.min(address.length(), SHOWN);
    for (int i = 0; i < end; i++) {
      char c = address.charAt(i);
      shown.append(Character.isISOControl(c) ? ' ' : c);
    }
    return shown.append(end < address.length() ? "...\"" : "\"").toString();
  }
}
