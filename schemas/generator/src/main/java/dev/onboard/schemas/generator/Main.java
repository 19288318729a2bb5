package dev.onboard.schemas.generator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks the schemas and writes their Java types; ends with 1, saying why, if a check fails. */
public final class Main {
  private Main() {}

  /**
   * Runs the checks and the generator.
   *
   * @param arguments the folder of the schemas and the folder for the sources
   */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    Path target = Path.of(arguments[1]);
    List<EventType> types = EventType.readAll(root);
    List<String> problems = problems(types);
    problems.forEach(p -> System.err.println("[ERROR] " + p));
    if (!problems.isEmpty()) {
      System.exit(1);
    }
    for (EventType type : types) {
      Records.of(type).writeTo(target);
    }
  }

  static List<String> problems(List<EventType> types) {
    var problems = new ArrayList<String>();
    for (EventType type : types) {
      Compatibility.check(type).forEach(v -> problems.add(v.toString()));
      problems.addAll(Examples.check(type));
    }
    return problems;
  }
}
