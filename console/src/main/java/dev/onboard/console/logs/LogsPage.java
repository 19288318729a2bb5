package dev.onboard.console.logs;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of log lines, newest first.
 *
 * @param title what is looked at
 * @param group the one group that is; null for those of all functions
 * @param functions the groups of functions, by what those are called
 * @param others all other groups
 * @param problem why nothing can be shown, if that is so
 * @param newest where the first page is, if this is another one
 * @param older where the next page is, if there is one
 */
public record LogsPage(
    String title,
    @Nullable String group,
    Map<String, String> functions,
    Map<String, String> others,
    @Nullable String text,
    @Nullable String correlation,
    Window window,
    List<Line> lines,
    @Nullable String problem,
    @Nullable String newest,
    @Nullable String older,
    List<String> commands) {

  /** Whether any lines are left out. */
  public boolean isSearch() {
    return text != null || correlation != null;
  }
}
