package dev.onboard.console.events;

import dev.onboard.console.link.EventRow;
import dev.onboard.console.web.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest events that pass the filters.
 *
 * @param rule the only one that took them
 * @param fault why the pattern cannot be read
 * @param isComplete whether there are no others
 */
public record EventsPage(
    List<String> buses,
    Filter filter,
    @Nullable Link rule,
    @Nullable String withoutRule,
    @Nullable String fault,
    List<EventRow> rows,
    boolean isComplete,
    @Nullable String newest,
    @Nullable String older) {

  /** What is looked for; what is null lets all pass. */
  public record Filter(
      @Nullable String bus,
      @Nullable String text,
      @Nullable String pattern,
      @Nullable String rule,
      @Nullable Outcome outcome) {
    public boolean isEmpty() {
      return bus == null && text == null && pattern == null && rule == null && outcome == null;
    }
  }
}
