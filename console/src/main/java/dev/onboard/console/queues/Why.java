package dev.onboard.console.queues;

import dev.onboard.console.web.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a message is where it is.
 *
 * @param sentence for people
 * @param facts what the message says of it
 * @param trace where a function failed, if it said so
 */
public record Why(String sentence, List<Fact> facts, @Nullable String trace) {

  /** Something that the message says. */
  public record Fact(String name, Link value) {
    static Fact of(String name, String value) {
      return new Fact(name, new Link(value, null));
    }
  }
}
