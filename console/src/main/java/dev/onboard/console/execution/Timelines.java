package dev.onboard.console.execution;

import dev.onboard.console.execution.ExecutionPage.Timeline;
import dev.onboard.console.web.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Draws the visits to states on a line of time, a page of them at a time. */
final class Timelines {
  private static final int PAGE = 100;
  private static final int MARKS = 4;
  private static final double WHOLE = 100;

  /** What took no time is seen nevertheless. */
  private static final double LEAST = 0.4;

  private final Visits visits;
  private final Address address;
  private final Instant end;

  /**
   * Makes a timeline.
   *
   * @param end of the execution, or now
   */
  Timelines(Visits visits, Address address, Instant end) {
    this.visits = visits;
    this.address = address;
    this.end = end;
  }

  /** The page that begins with a visit; the current one's state is marked. */
  Timeline page(long from, @Nullable Visit current) {
    int all = visits.all().size();
    int first = Math.clamp(from - from % PAGE, 0, Math.max(0, all - 1) / PAGE * PAGE);
    List<Visit> shown = visits.all().subList(first, Math.min(all, first + PAGE));
    var scale = Scale.of(shown, end);
    var rows = new ArrayList<Timeline.Row>();
    for (Visit visit : shown) {
      rows.add(row(visit, scale, visit.equals(current)));
    }
    return new Timeline(rows, scale.marks(), paging(first, shown.size(), all));
  }

  private Paging paging(int first, int count, int all) {
    String words =
        count == all
            ? Figures.count(all, "visit to a state", "visits to states")
            : Figures.count(first + 1)
                + " to "
                + Figures.count(first + count)
                + " of "
                + Figures.count(all)
                + " visits to states";
    return new Paging(
        words,
        first == 0 ? null : from(first - PAGE),
        first + count == all ? null : from(first + count));
  }

  private String from(int first) {
    return address.with(Address.FROM, first <= 0 ? null : String.valueOf(first)).toString();
  }

  private Timeline.Row row(Visit visit, Scale scale, boolean isCurrent) {
    Instant left = visit.left() == null ? end : visit.left();
    Stream<MapRunRow.Piece> bars =
        visit.attempts().isEmpty()
            ? Stream.of(scale.piece(visit.entered(), left, visit.outcome()))
            : visit.attempts().stream()
                .map(
                    a -> scale.piece(a.began(), a.ended() == null ? left : a.ended(), a.outcome()));
    return new Timeline.Row(
        "visit-" + visit.id(),
        visit.state(),
        address.at(visit.state(), visit.id()).toString(),
        isCurrent,
        visit.depth(),
        visit.iteration(),
        visit.type(),
        visit.outcome().badge(),
        visit.attempts().size(),
        visit.entered(),
        Figures.span(Duration.between(visit.entered(), left)),
        bars.toList());
  }

  /** From when to when is drawn. */
  private record Scale(Instant from, Duration length) {
    static Scale of(List<Visit> shown, Instant end) {
      if (shown.isEmpty()) {
        return new Scale(end, Duration.ZERO);
      }
      Instant from = shown.getFirst().entered();
      Instant to =
          shown.stream()
              .map(v -> v.left() == null ? end : v.left())
              .reduce(from, (a, b) -> a.isAfter(b) ? a : b);
      return new Scale(from, Duration.between(from, to));
    }

    MapRunRow.Piece piece(Instant begin, Instant until, Outcome outcome) {
      double at = share(begin);
      double width = Math.max(LEAST, share(until) - at);
      return new MapRunRow.Piece(outcome.tone(), Math.min(at, WHOLE - LEAST), width);
    }

    private double share(Instant at) {
      double millis = Math.max(1, length.toMillis());
      return Math.clamp(Duration.between(from, at).toMillis() / millis * WHOLE, 0, WHOLE);
    }

    List<String> marks() {
      var marks = new ArrayList<String>();
      for (int i = 0; i < MARKS; i++) {
        marks.add("+" + Figures.span(length.multipliedBy(i).dividedBy(MARKS)));
      }
      // Less than a millisecond is not told apart.
      return marks.stream().distinct().toList();
    }
  }
}
