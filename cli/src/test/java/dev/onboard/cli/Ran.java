package dev.onboard.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** One command that was given, and what came of it. */
record Ran(int exitCode, String out, String err) {

  static Ran command(Object... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    String[] words = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
    int exitCode = Onboard.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    return new Ran(exitCode, out.toString(), err.toString());
  }

  List<String> lines() {
    return out.lines().toList();
  }
}
