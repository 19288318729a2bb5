package dev.onboard.console.execution;

import dev.onboard.console.graph.Drawing;
import dev.onboard.console.web.Badge;
import dev.onboard.console.web.Link;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One execution as its page shows it.
 *
 * @param machine its state machine
 * @param mapRun the map run that started it, if one did
 * @param related what led to it, and its story
 * @param redriven how often and when last, if it was
 * @param fault what it failed with, if it did
 * @param failed the state in which it failed
 * @param picture null if its definition is not known any more
 * @param note what a reader should know of the history
 * @param timeline null if the events are shown
 * @param events null if the timeline is shown
 * @param command what shows the same on a terminal
 */
public record ExecutionPage(
    String arn,
    String name,
    Badge badge,
    Link machine,
    @Nullable Link mapRun,
    List<Link> related,
    Instant began,
    @Nullable Instant ended,
    String took,
    @Nullable String redriven,
    @Nullable Fault fault,
    @Nullable Link failed,
    Deeds deeds,
    @Nullable Drawing picture,
    Panel panel,
    List<MapRunRow> mapRuns,
    @Nullable String note,
    List<Tab> tabs,
    @Nullable Timeline timeline,
    @Nullable EventTable events,
    String command) {

  /**
   * What can be done with it.
   *
   * @param stop where it is stopped; null if it cannot be
   * @param redrive where it is redriven; null if it cannot be
   * @param noRedrive why it cannot, if it failed
   * @param again where another one with the same input is started; null for children of map runs
   * @param edited where another one with an edited input is started
   */
  public record Deeds(
      @Nullable String stop,
      @Nullable String redrive,
      @Nullable String noRedrive,
      @Nullable String again,
      @Nullable String edited) {}

  /** A way to look at the history. */
  public record Tab(String title, String href, boolean isCurrent) {}

  /**
   * The visits to states on a line of time.
   *
   * @param marks what stands above the bars
   */
  public record Timeline(List<Row> rows, List<String> marks, Paging paging) {

    /**
     * A visit.
     *
     * @param bars its attempts, or itself if it makes none
     */
    public record Row(
        String id,
        String state,
        String href,
        boolean isCurrent,
        int depth,
        @Nullable Integer iteration,
        String type,
        Badge badge,
        int attempts,
        Instant entered,
        String took,
        List<MapRunRow.Piece> bars) {}
  }

  /** A page of the history's events. */
  public record EventTable(
      List<Row> rows, Link otherWay, @Nullable String first, @Nullable String next) {

    /**
     * An event.
     *
     * @param state the state that it belongs to
     * @param fault what went wrong, if something did
     * @param href where all of it is shown
     * @param data all of it, if that is asked for
     */
    public record Row(
        long id,
        Instant at,
        String type,
        String tone,
        @Nullable Link state,
        @Nullable Fault fault,
        String href,
        @Nullable Data data) {}
  }
}
