package dev.onboard.check.language;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A set of numbers: ranges that do not touch, in ascending order. */
public record Numbers(List<Range> ranges) {
  public Numbers {
    ranges = List.copyOf(ranges);
  }

  /**
   * A place between two numbers: just below or just above one of them; without one, below or above
   * all.
   */
  private record Cut(@Nullable BigDecimal at, boolean after) implements Comparable<Cut> {
    @Override
    public int compareTo(Cut that) {
      if (at == null || that.at == null) {
        return Integer.compare(side(), that.side());
      }
      int order = at.compareTo(that.at);
      return order == 0 ? Boolean.compare(after, that.after) : order;
    }

    /** Below all numbers, among them, above them all. */
    private int side() {
      return at != null ? 0 : after ? 1 : -1;
    }
  }

  /** All numbers between two places. */
  public record Range(Cut from, Cut to) {
    private boolean isEmpty() {
      return from.compareTo(to) >= 0;
    }
  }

  private static final Cut LOWEST = new Cut(null, false);
  private static final Cut HIGHEST = new Cut(null, true);

  public static Numbers none() {
    return new Numbers(List.of());
  }

  public static Numbers any() {
    return new Numbers(List.of(new Range(LOWEST, HIGHEST)));
  }

  public static Numbers of(BigDecimal number) {
    return between(number, true, number, true);
  }

  /** A range; an end that is null is none. */
  public static Numbers between(
      @Nullable BigDecimal from, boolean withFrom, @Nullable BigDecimal to, boolean withTo) {
    var range =
        new Range(
            from == null ? LOWEST : new Cut(from, !withFrom),
            to == null ? HIGHEST : new Cut(to, withTo));
    return new Numbers(range.isEmpty() ? List.of() : List.of(range));
  }

  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  public Numbers not() {
    var gaps = new ArrayList<Range>();
    Cut from = LOWEST;
    for (Range range : ranges) {
      gaps.add(new Range(from, range.from));
      from = range.to;
    }
    gaps.add(new Range(from, HIGHEST));
    gaps.removeIf(Range::isEmpty);
    return new Numbers(gaps);
  }

  public Numbers and(Numbers that) {
    var common = new ArrayList<Range>();
    for (Range mine : ranges) {
      for (Range its : that.ranges) {
        Cut from = mine.from.compareTo(its.from) >= 0 ? mine.from : its.from;
        Cut to = mine.to.compareTo(its.to) <= 0 ? mine.to : its.to;
        common.add(new Range(from, to));
      }
    }
    common.removeIf(Range::isEmpty);
    return new Numbers(common);
  }

  public Numbers or(Numbers that) {
    return not().and(that.not()).not();
  }

  public boolean contains(BigDecimal number) {
    return !and(of(number)).isEmpty();
  }

  /** One of the numbers, a whole one if there is one nearby. */
  public Optional<BigDecimal> example() {
    if (isEmpty()) {
      return Optional.empty();
    }
    Range range = ranges.getFirst();
    BigDecimal from = range.from.at;
    BigDecimal to = range.to.at;
    if (from == null && to == null) {
      return Optional.of(BigDecimal.ZERO);
    } else if (from == null) {
      return Optional.of(to.setScale(0, RoundingMode.FLOOR).subtract(BigDecimal.ONE));
    }
    for (BigDecimal near :
        List.of(
            from,
            from.setScale(0, RoundingMode.CEILING),
            from.setScale(0, RoundingMode.FLOOR).add(BigDecimal.ONE))) {
      if (contains(near)) {
        return Optional.of(near);
      }
    }
    return Optional.of(from.add(to).divide(BigDecimal.TWO));
  }
}
