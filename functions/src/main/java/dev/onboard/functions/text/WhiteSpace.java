package dev.onboard.functions.text;

/** White space, of which Unicode has more kinds than {@link String#strip} knows. */
public final class WhiteSpace {

  private WhiteSpace() {}

  /** Without white space at both ends. */
  public static String trim(String text) {
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

  public static boolean isBlank(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isBlank(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  public static boolean isBlank(char c) {
    return c <= ' '
        ? c == ' ' || c == '\t' || c == '\n' || c == '\r'
        : c == '\u00A0' || c == '\u200B' || c == '\uFEFF' || c > 127 && Character.isWhitespace(c);
  }

  /** On one line: a run of white space becomes one space. */
  public static String singleLine(String text) {
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
}
