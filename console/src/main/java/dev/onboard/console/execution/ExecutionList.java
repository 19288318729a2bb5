package dev.onboard.console.execution;

import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Link;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of executions, newest first.
 *
 * @param machines those to choose from
 * @param command what lists the same on a terminal
 * @param newest where the first page is, if this is another one
 * @param older where the next page is, if there is one
 */
public record ExecutionList(
    List<Row> rows,
    Filter filter,
    List<Machine> machines,
    @Nullable String command,
    @Nullable String newest,
    @Nullable String older) {
  /** How one that no map run has started can stand. */
  public static final List<String> STATUSES =
      List.of("RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED");

  /**
   * What is shown.
   *
   * @param machine the ARN of a state machine; null for all
   */
  public record Filter(
      @Nullable String machine, @Nullable String status, @Nullable String name, Since since) {
    public boolean isSet() {
      return machine != null || status != null || name != null || since != Since.EVER;
    }
  }

  /** A state machine. */
  public record Machine(String arn, String name, Link page) {}

  /**
   * An execution.
   *
   * @param error what it failed with
   */
  public record Row(
      String id,
      String name,
      String href,
      String machine,
      Badge badge,
      @Nullable String error,
      Instant began,
      String took) {}
}
