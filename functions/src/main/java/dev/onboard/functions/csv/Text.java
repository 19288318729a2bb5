package dev.onboard.functions.csv;

import java.util.Locale;

/** What is done to the text of a cell before it means anything. */
final class Text {

  private static final int SHOWN = 80;

  private Text() {}

  /**
   * Without white space at both ends, of which Unicode has more kinds than {@link String#strip}
   * knows.
   */
  static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  static boolean isBlank(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isBlank(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean isBlank(char c) {
    return c <= ' '
        ? c == ' ' || c == '\t' || c == '\n' || c == '\r'
        : c == '\u00A0' || c == '\u200B' || c == '\uFEFF' || c > 127 && Character.isWhitespace(c);
  }

  /** On one line: a run of white space becomes one space. */
  static String singleLine(String text) {
    String trimmed = trim(text);
    StringBuilder line = null;
    boolean blank = false;
    for (int i = 0; i < trimmed.length(); i++) {
      char c = trimmed.charAt(i);
      boolean isBlank = isBlank(c);
      boolean drop = isBlank && blank;
      if (line == null && (drop || isBlank && c != ' ')) {
        line = new StringBuilder(trimmed.length()).append(trimmed, 0, i);
      }
      if (line != null && !drop) {
        line.append(isBlank ? ' ' : c);
      }
      blank = isBlank;
    }
    return line == null ? trimmed : line.toString();
  }

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
    String line = singleLine(text);
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
