package dev.onboard.local.sesv2;

import java.util.Locale;
import java.util.regex.Pattern;

/** Mail addresses as they are written in requests, with or without a display name. */
final class Addresses {
  private static final Pattern LOCAL = Pattern.compile("[\\x21-\\x7e&&[^<>()\\[\\]\\\\,;:@\"]]+");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"\\\\]|\\\\.)*\"");
  private static final Pattern DOMAIN = Pattern.compile("[\\p{L}\\p{Nd}]([\\p{L}\\p{Nd}.-]*)");

  private Addresses() {}

  /** The address alone: {@code Ada <ada@example.com>} is {@code ada@example.com}. */
  static String bare(String written) {
    int open = written.lastIndexOf('<');
    int close = written.lastIndexOf('>');
    return (open >= 0 && close > open ? written.substring(open + 1, close) : written).trim();
  }

  /** The key under which an address is kept and compared. */
  static String key(String written) {
    return bare(written).toLowerCase(Locale.ROOT);
  }

  static String domain(String written) {
    String bare = bare(written);
    return bare.substring(bare.lastIndexOf('@') + 1);
  }

  /** Refuses an address that SES would, in its words. */
  static void check(String written) {
    String bare = bare(written);
    int at = bare.lastIndexOf('@');
    if (at < 0) {
      throw SesErrors.badRequest("Missing final '@domain'");
    }
    String local = bare.substring(0, at);
    String domain = bare.substring(at + 1);
    if (local.isEmpty()) {
      throw SesErrors.badRequest("Missing local name");
    }
    if (domain.isEmpty()) {
      throw SesErrors.badRequest("Missing domain");
    }
    if (domain.contains("..")) {
      throw SesErrors.badRequest("Domain contains dot-dot");
    }
    if (local.chars().anyMatch(c -> c <= 0x20 || c == 0x7f) && !QUOTED.matcher(local).matches()) {
      throw SesErrors.badRequest("Local address contains control or whitespace");
    }
    if (!QUOTED.matcher(local).matches() && !LOCAL.matcher(local).matches()) {
      throw SesErrors.badRequest("Local address contains illegal characters");
    }
    if (domain.startsWith(".") || domain.endsWith(".") || domain.chars().anyMatch(c -> c <= 0x20)) {
      throw SesErrors.badRequest("Domain contains control or whitespace");
    }
    if (!DOMAIN.matcher(domain).matches()) {
      throw SesErrors.badRequest("Domain contains illegal character");
    }
  }
}
