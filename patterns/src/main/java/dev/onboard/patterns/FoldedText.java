package dev.onboard.patterns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A text of which each character stands for its lower and its upper case.
 *
 * <p>As in event-ruler each half of a character outside the basic plane is a question mark.
 */
final class FoldedText {
  private final List<List<byte[]>> spellings;

  FoldedText(String text) {
    this.spellings =
        text.chars()
            .mapToObj(c -> String.valueOf((char) c))
            .map(c -> List.of(bytes(c.toLowerCase(Locale.ROOT)), bytes(c.toUpperCase(Locale.ROOT))))
            .toList();
  }

  boolean equalTo(String text) {
    byte[] value = bytes(text);
    return from(value, 0, 0, true);
  }

  boolean begins(String text) {
    return from(bytes(text), 0, 0, false);
  }

  boolean ends(String text) {
    byte[] value = bytes(text);
    for (int start = 0; start <= value.length; start++) {
      if (from(value, start, 0, true)) {
        return true;
      }
    }
    return false;
  }

  private boolean from(byte[] value, int at, int character, boolean whole) {
    if (character == spellings.size()) {
      return !whole || at == value.length;
    }
    for (byte[] spelling : spellings.get(character)) {
      int end = at + spelling.length;
      if (end <= value.length
          && Arrays.equals(value, at, end, spelling, 0, spelling.length)
          && from(value, end, character + 1, whole)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
