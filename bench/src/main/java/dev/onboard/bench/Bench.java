package dev.onboard.bench;

import java.net.URI;
import java.util.Arrays;
import java.util.List;

/**
 * Measures from outside: {@code imports REPEATS ROWS...}, or {@code events EVENTS RULES
 * [ENDPOINT]}.
 */
public final class Bench {
  private Bench() {}

  /** Measures and prints. */
  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "imports" -> {
        List<Integer> sizes = Arrays.stream(arguments).skip(2).map(Integer::valueOf).toList();
        System.out.println(new Imports().table(Integer.parseInt(arguments[1]), sizes));
      }
      case "events" -> {
        int events = Integer.parseInt(arguments[1]);
        int rules = Integer.parseInt(arguments[2]);
        if (arguments.length > 3) {
          System.out.println(Events.table(URI.create(arguments[3]), events, rules));
        } else {
          System.out.println(Events.table(events, rules));
        }
      }
      default -> throw new IllegalArgumentException("there is no benchmark " + arguments[0]);
    }
  }
}
