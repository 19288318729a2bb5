package dev.onboard.local;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a question was asked with. */
record QuestionParameters(Map<String, String> values) {
  /** Later than anything that is stored. */
  static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private static final int MOST = 1000;

  @Nullable String text(String name) {
    return values.get(name);
  }

  /** The text of a parameter; empty if it is missing. */
  String textOrEmpty(String name) {
    return values.getOrDefault(name, "");
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The number of the last one of the page before. */
  long before() {
    String before = text("before");
    return before == null ? Long.MAX_VALUE : Long.parseLong(before);
  }

  int limit() {
    return number("limit", 20, MOST);
  }

  /** A number from 1 to the most. */
  int number(String name, int otherwise, int most) {
    String text = text(name);
    int number = text == null ? otherwise : Integer.parseInt(text);
    if (number < 1 || number > most) {
      throw new IllegalArgumentException(name + " must be a number from 1 to " + most);
    }
    return number;
  }

  Instant time(String name, Instant otherwise) {
    String time = text(name);
    try {
      return time == null ? otherwise : Instant.parse(time);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          name + " must be a time such as 2026-01-31T12:00:00Z, not " + time, e);
    }
  }
}
