package dev.onboard.console.imports;

import dev.onboard.console.stack.ImportItem;
import dev.onboard.console.stack.RejectedRows.Rejected;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Figures;
import dev.onboard.console.web.Link;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An import.
 *
 * @param file its name without folders
 * @param took from its start to its end, or until now
 * @param stranded how its execution ended, if the import does not know that it did
 * @param rejected the first rejected rows, once there is a report of them
 * @param report where that is; null if there is none
 * @param users where the users are that it created
 * @param links to what it is a part of
 */
public record ImportPage(
    ImportItem item,
    String file,
    Duration took,
    @Nullable String stranded,
    List<Rejected> rejected,
    @Nullable String report,
    Link users,
    List<Link> links,
    String command) {
  private static final double MILLIS = 1000;

  /** How it stands, in a word. */
  public Badge badge() {
    return Badge.of(stranded == null ? item.status() : stranded);
  }

  /** How many rows were worked on in a second; null before the first one. */
  public @Nullable String rate() {
    return item.read() == 0 || took.toMillis() <= 0
        ? null
        : Figures.count(Math.round(item.read() * MILLIS / took.toMillis()));
  }

  public String duration() {
    return Figures.span(took);
  }

  /** Whether rows are still being worked on. */
  public boolean isAtWork() {
    return item.isRunning() && stranded == null;
  }

  /** Whether it is done, but for mails. */
  public boolean isMailing() {
    return item.status().equals("COMPLETED") && item.mailsToCome() > 0;
  }

  /** In a sentence, for those who do not see the bars. */
  public String progress() {
    if (isAtWork()) {
      return item.rows() == 0
          ? "The file is being inspected"
          : Figures.count(item.read()) + " of " + Figures.count(item.rows(), "row", "rows");
    } else if (isMailing()) {
      return Figures.count(item.mailsToCome(), "mail is", "mails are") + " still to be sent";
    }
    return Figures.count(item.rows(), "row", "rows") + " in " + duration();
  }
}
