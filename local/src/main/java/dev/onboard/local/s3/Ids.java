package dev.onboard.local.s3;

import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids of versions and uploads.
 *
 * <p>A version's id ends with its number in the sequence, so that a listing can go on behind a
 * version that was deleted meanwhile.
 */
final class Ids {
  /** The id of a version written while versioning was not enabled. */
  static final String NULL = "null";

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz.";
  private static final int VERSION_LENGTH = 32;
  private static final int NUMBER_LENGTH = 11;
  private static final int UPLOAD_LENGTH = 128;

  private Ids() {}

  static String version(long number) {
    StringBuilder id = random(VERSION_LENGTH - NUMBER_LENGTH);
    for (int i = 0; i < NUMBER_LENGTH; i++) {
      int digit = (int) (number >>> 6 * (NUMBER_LENGTH - 1 - i)) & 63;
      id.append(DIGITS.charAt(digit ^ mask(id, i)));
    }
    return id.toString();
  }

  static String upload() {
    return random(UPLOAD_LENGTH).toString();
  }

  /** The number within a version's id; nothing if it is not one of ours. */
  static OptionalLong number(String version) {
    if (version.length() != VERSION_LENGTH) {
      return OptionalLong.empty();
    }
    long number = 0;
    for (int i = VERSION_LENGTH - NUMBER_LENGTH; i < VERSION_LENGTH; i++) {
      int digit = DIGITS.indexOf(version.charAt(i));
      if (digit < 0) {
        return OptionalLong.empty();
      }
      number = number << 6 | digit ^ mask(version, i - (VERSION_LENGTH - NUMBER_LENGTH));
    }
    return OptionalLong.of(number);
  }

  /** A random digit of the id, under which a digit of its number looks random, too. */
  private static int mask(CharSequence id, int i) {
    return Math.max(0, DIGITS.indexOf(id.charAt(i)));
  }

  private static StringBuilder random(int length) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    var text = new StringBuilder(UPLOAD_LENGTH);
    for (int i = 0; i < length; i++) {
      text.append(DIGITS.charAt(random.nextInt(64)));
    }
    return text;
  }
}
