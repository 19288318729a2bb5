package dev.onboard.console.imports;

import dev.onboard.console.stack.ImportItem;
import dev.onboard.console.web.Badge;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An execution of the import workflow and the import that it was for.
 *
 * @param execution its ARN
 * @param status of the execution, as Step Functions says it
 * @param key of the uploaded object
 * @param item null as long as the import is not registered, or when its item has expired
 */
record Run(
    String execution,
    String status,
    Instant started,
    @Nullable Instant stopped,
    String key,
    @Nullable ImportItem item) {

  String name() {
    return execution.substring(execution.lastIndexOf(':') + 1);
  }

  /** The import, if this is the execution that does it or did it last. */
  @Nullable ImportItem own() {
    return item != null && item.execution().equals(execution) ? item : null;
  }

  /** Whether it found that another one did its work already. */
  private boolean isRepeat() {
    return item != null && own() == null && status.equals("SUCCEEDED");
  }

  /**
   * How it stands: as the import says, unless its execution came to an end that it knows not of.
   */
  Badge badge() {
    ImportItem own = own();
    if (isRepeat()) {
      return new Badge("done already", "");
    }
    boolean isOver = !status.equals("RUNNING") && !status.equals("SUCCEEDED");
    return Badge.of(own == null || own.isRunning() && isOver ? status : own.status());
  }

  Duration took(Instant now) {
    return Duration.between(started, stopped == null ? now : stopped);
  }
}
