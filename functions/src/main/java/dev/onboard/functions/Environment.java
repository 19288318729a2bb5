package dev.onboard.functions;

import java.time.Duration;

/** What the stack tells its functions. */
final class Environment {

  private Environment() {}

  static String text(String name) {
    String value = System.getenv(name);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException("the environment variable " + name + " must be set");
    }
    return value;
  }

  static long number(String name) {
    return parse(name, text(name));
  }

  static long number(String name, long otherwise) {
    String value = System.getenv(name);
    return value == null || value.isBlank() ? otherwise : parse(name, value);
  }

  static Duration seconds(String name) {
    return Duration.ofSeconds(number(name));
  }

  private static long parse(String name, String value) {
    try {
      return Long.parseLong(value.trim());
    } catch (NumberFormatException e) {
      throw new IllegalStateException(
          "the environment variable " + name + " must be a whole number but is " + value, e);
    }
  }
}
