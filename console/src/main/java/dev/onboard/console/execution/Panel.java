package dev.onboard.console.execution;

import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Link;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told beside the picture: of one visit to a state, or of the execution as a whole.
 *
 * @param what the kind of state
 * @param visits the ways to the other visits to the state, if there are any
 * @param data what it was given and what it gave
 * @param whole the way back to the execution as a whole, if this is a state
 */
public record Panel(
    String title,
    @Nullable Badge badge,
    String what,
    @Nullable Instant began,
    @Nullable String took,
    @Nullable Paging visits,
    @Nullable Fault fault,
    List<Data> data,
    List<AttemptRow> attempts,
    @Nullable MapRunRow mapRun,
    List<Link> links,
    @Nullable String whole) {

  /** An attempt at the state's work. */
  public record AttemptRow(
      int number,
      Badge badge,
      Instant began,
      @Nullable String took,
      @Nullable Fault fault,
      List<Data> data) {}

  /** One that tells of an execution. */
  static Panel ofExecution(List<Data> data) {
    return new Panel(
        "Input and output",
        null,
        "",
        null,
        null,
        null,
        null,
        data,
        List.of(),
        null,
        List.of(),
        null);
  }
}
