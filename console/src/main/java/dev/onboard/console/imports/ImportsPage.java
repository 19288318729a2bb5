package dev.onboard.console.imports;

import dev.onboard.console.stack.ImportItem;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Notices.Notice;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the imports, newest first.
 *
 * @param upload where files are posted to
 * @param newest where the first page is, if this is another one
 * @param older where the next page is, if there is one
 * @param command what does the same in a terminal
 */
public record ImportsPage(
    String upload,
    List<Row> rows,
    @Nullable Notice notice,
    @Nullable String newest,
    @Nullable String older,
    String command) {

  /**
   * A run of the workflow.
   *
   * @param href of its import; null if it has none, or none any more
   * @param item what it has counted; null if that is another run's
   */
  public record Row(
      String id,
      Instant started,
      String file,
      @Nullable String href,
      Badge badge,
      @Nullable ImportItem item,
      String took) {}

  public long running() {
    return rows.stream().filter(r -> r.badge().tone().equals("busy")).count();
  }
}
