package dev.onboard.console.rules;

import dev.onboard.console.link.EventRow;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern and an event that somebody types, and what the one says of the other.
 *
 * @param rule whose pattern it was
 * @param address where it is asked again
 * @param added what a bus would add to the event, of what was typed
 */
public record SandboxPage(
    @Nullable String bus,
    @Nullable Link rule,
    String address,
    String pattern,
    String event,
    List<String> added,
    Result result,
    @Nullable Recent recent) {

  /** What comes of it. */
  public sealed interface Result permits Verdict, Fault {}

  /**
   * Whether the event matches.
   *
   * @param note what else is to be said
   * @param left how many alternatives are not shown
   */
  public record Verdict(
      Badge badge, @Nullable String note, List<Alternative> alternatives, int left)
      implements Result {}

  /**
   * Why it cannot be said.
   *
   * @param of the pattern or the event
   */
  public record Fault(String of, String message) implements Result {}

  /**
   * One of the alternatives of a pattern.
   *
   * @param title of several
   * @param reason why it does not hold although all of its fields do
   */
  public record Alternative(
      @Nullable String title, boolean holds, List<Field> fields, @Nullable String reason) {}

  /** What a field came to. */
  public record Field(
      String name, boolean holds, String wanted, String found, List<String> hints) {}

  /**
   * The newest events that the pattern matches.
   *
   * @param looked how many were looked at for them
   */
  public record Recent(List<EventRow> rows, int looked, String all) {}
}
