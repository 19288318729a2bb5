package dev.onboard.patterns;

import java.util.ArrayList;
import java.util.List;

/** A text in which each {@code *} stands for any characters; a backslash makes it ordinary. */
final class Glob {
  private final List<String> parts = new ArrayList<>();

  Glob(String text) {
    var part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        boolean escapes = i + 1 < text.length() && "*\\".indexOf(text.charAt(i + 1)) >= 0;
        if (!escapes) {
          throw new IllegalArgumentException("A backslash in a wildcard must precede * or \\.");
        }
        part.append(text.charAt(++i));
      } else if (c == '*') {
        if (i + 1 < text.length() && text.charAt(i + 1) == '*') {
          throw new IllegalArgumentException("A wildcard must not have one * after another.");
        }
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
  }

  boolean matches(String text) {
    if (parts.size() == 1) {
      return text.equals(parts.getFirst());
    }
    String last = parts.getLast();
    int from = parts.getFirst().length();
    int to = text.length() - last.length();
    if (from > to || !text.startsWith(parts.getFirst()) || !text.endsWith(last)) {
      return false;
    }
    for (String part : parts.subList(1, parts.size() - 1)) {
      int found = text.indexOf(part, from);
      if (found < 0 || found + part.length() > to) {
        return false;
      }
      from = found + part.length();
    }
    return true;
  }
}
