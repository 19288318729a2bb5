package dev.onboard.functions.csv;

import dev.onboard.functions.text.WhiteSpace;
import java.util.Locale;

/** What is done to the text of a cell before it means anything. */
final class Text {

  private static final int SHOWN = 80;

  private Text() {}

  static boolean hasControlCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** With U+FFFD, the replacement character, in their place. */
  static String withoutControlCharacters(String text) {
    StringBuilder clean = new StringBuilder(text);
    for (int i = 0; i < clean.length(); i++) {
      if (isControl(clean.charAt(i))) {
        clean.setCharAt(i, '\uFFFD');
      }
    }
    return clean.toString();
  }

  private static boolean isControl(char c) {
    return c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7F;
  }

  /** For a message: quoted, on one line and not too long. */
  static String show(String text) {
    String line = WhiteSpace.singleLine(text);
    return '"' + (line.length() <= SHOWN ? line : cut(line, SHOWN) + "...") + '"';
  }

  /** The first characters, never half of a surrogate pair. */
  static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }

  static int utf8Length(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return bytes;
  }

  static String bytes(long bytes) {
    if (bytes >= 1 << 30 && bytes % (1 << 30) == 0) {
      return (bytes >> 30) + " GiB";
    }
    if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
      return (bytes >> 20) + " MiB";
    }
    return String.format(Locale.ROOT, "%,d bytes", bytes);
  }
}
