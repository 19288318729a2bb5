package dev.onboard.local.usage;

import java.util.function.ToLongFunction;

/** The sizes by which AWS counts what is sent. */
public final class Chunks {
  private static final int KB = 1024;
  private static final int MOST_BYTES_A_CHARACTER = 3;
  private static final double GB = 1L << 30;

  private Chunks() {}

  /** How many chunks of so many KB some bytes are; nothing is one chunk as well. */
  public static long of(long bytes, int kilobytes) {
    return Math.max(1, Math.ceilDiv(bytes, (long) kilobytes * KB));
  }

  /** How many chunks of so many KB a text is. */
  public static long of(String text, int kilobytes) {
    return ofAll(measure -> measure.applyAsLong(text), kilobytes);
  }

  /**
   * How many chunks of so many KB something with texts is.
   *
   * @param size its size, if a text has the one that it is given
   */
  public static long ofAll(ToLongFunction<ToLongFunction<String>> size, int kilobytes) {
    // Nearly all are so short that nobody needs to look at their characters.
    long most = size.applyAsLong(text -> (long) text.length() * MOST_BYTES_A_CHARACTER);
    return most <= (long) kilobytes * KB ? 1 : of(size.applyAsLong(Chunks::bytes), kilobytes);
  }

  public static double gigabytes(long bytes) {
    return bytes / GB;
  }

  /** How long a text is in UTF-8. */
  public static long bytes(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Each half of a pair of surrogates counts two of its four bytes.
      bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
    }
    return bytes;
  }
}
