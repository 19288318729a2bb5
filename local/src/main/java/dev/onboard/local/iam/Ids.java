package dev.onboard.local.iam;

import java.security.SecureRandom;

/** Unique ids, keys and secrets in AWS's form. */
final class Ids {
  private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String ALL =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ENTITY = 17;
  private static final int KEY = 16;
  private static final int SECRET = 40;
  private static final int TOKEN = 356;

  private Ids() {}

  /** The id of a role ({@code AROA}), user ({@code AIDA}) or policy ({@code ANPA}). */
  static String entity(String prefix) {
    return prefix + random(CAPITALS, ENTITY);
  }

  /** An access key of a user ({@code AKIA}) or of a session ({@code ASIA}). */
  static String accessKey(String prefix) {
    return prefix + random(CAPITALS, KEY);
  }

  static String secret() {
    return random(ALL, SECRET);
  }

  static String sessionToken() {
    return "IQoJb3JpZ2luX2Vj" + random(ALL, TOKEN);
  }

  private static String random(String letters, int length) {
    var text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(RANDOM.nextInt(letters.length())));
    }
    return text.toString();
  }
}
