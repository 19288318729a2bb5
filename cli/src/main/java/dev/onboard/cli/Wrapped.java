package dev.onboard.cli;

import java.io.PrintWriter;

/** Sentences broken so that they fit a terminal of 80 columns. */
final class Wrapped {
  private static final int WIDTH = 80;

  private Wrapped() {}

  /** Prints a text; its further lines begin below the first one's. */
  static void print(PrintWriter out, String before, String text) {
    String further = " ".repeat(before.length());
    var line = new StringBuilder(before);
    boolean empty = true;
    for (String word : text.split(" ")) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        out.println(line);
        line = new StringBuilder(further);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    out.println(line);
  }
}
