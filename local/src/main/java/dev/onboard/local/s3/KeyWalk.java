package dev.onboard.local.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One page of a walk through rows in the order of their keys, in which keys that share what stands
 * before a delimiter are rolled up into one common prefix.
 *
 * <p>A common prefix is left with one step, however many keys there are below it.
 *
 * @param <R> a row
 */
final class KeyWalk<R> {
  private static final int CHUNK = 100;

  private final Rows<R> rows;
  private final Function<R, String> key;
  private final ToLongFunction<R> number;
  private final String prefix;
  private final @Nullable String delimiter;
  private final int most;

  private final List<R> found = new ArrayList<>();
  private final List<String> prefixes = new ArrayList<>();
  private @Nullable R lastRow;
  private @Nullable String lastPrefix;
  private boolean truncated;

  KeyWalk(
      Rows<R> rows,
      Function<R, String> key,
      ToLongFunction<R> number,
      @Nullable String prefix,
      @Nullable String delimiter,
      int most) {
    this.rows = rows;
    this.key = key;
    this.number = number;
    this.prefix = prefix == null ? "" : prefix;
    this.delimiter = delimiter == null || delimiter.isEmpty() ? null : delimiter;
    this.most = most;
  }

  /**
   * Walks.
   *
   * @param start where to
   * @param passed a marker whose common prefix has been shown already; null if there is none
   */
  KeyWalk<R> from(Position start, @Nullable String passed) {
    if (most == 0) {
      return this;
    }
    // Text is smaller than bytes to SQLite, so that bytes stand behind every key.
    String successor = KeyOrder.successor(prefix);
    Object end = successor == null ? new byte[0] : successor;
    @Nullable Position at = KeyOrder.compare(start.key, prefix) < 0 ? Position.from(prefix) : start;
    while (at != null) {
      int limit = delimiter == null ? most - found.size() + 1 : CHUNK;
      List<R> chunk = rows.next(at, end, limit);
      at = take(chunk, passed) && chunk.size() == limit ? behind(chunk.getLast()) : null;
    }
    return this;
  }

  /** The rows that were not rolled up. */
  List<R> rows() {
    return found;
  }

  List<String> prefixes() {
    return prefixes;
  }

  boolean truncated() {
    return truncated;
  }

  /** What came last, if that was a row. */
  @Nullable R lastRow() {
    return lastRow;
  }

  /** What came last, if that was a common prefix. */
  @Nullable String lastPrefix() {
    return lastPrefix;
  }

  /** Takes rows until the page is full; answers whether it is not yet. */
  private boolean take(List<R> chunk, @Nullable String passed) {
    for (R row : chunk) {
      String common = common(key.apply(row));
      if (common != null && (common.equals(lastPrefix) || isPassed(common, passed))) {
        continue;
      }
      if (found.size() + prefixes.size() == most) {
        truncated = true;
        return false;
      }
      lastPrefix = common;
      if (common == null) {
        lastRow = row;
        found.add(row);
      } else {
        lastRow = null;
        prefixes.add(common);
      }
    }
    return true;
  }

  private static boolean isPassed(String common, @Nullable String passed) {
    return passed != null && passed.startsWith(common);
  }

  private @Nullable Position behind(R row) {
    String common = common(key.apply(row));
    if (common == null) {
      return new Position(key.apply(row), number.applyAsLong(row), false);
    }
    String next = KeyOrder.successor(common);
    return next == null ? null : Position.from(next);
  }

  private @Nullable String common(String key) {
    if (delimiter == null) {
      return null;
    }
    int at = key.indexOf(delimiter, prefix.length());
    return at < 0 ? null : key.substring(0, at + delimiter.length());
  }

  /**
   * A place in the order.
   *
   * @param number the row of that key behind which the place is; 0 if it is behind all of them
   * @param inclusive whether it is before all rows of that key
   */
  record Position(String key, long number, boolean inclusive) {
    static Position from(String key) {
      return new Position(key, 0, true);
    }

    static Position after(@Nullable String key) {
      return key == null ? from("") : new Position(key, 0, false);
    }
  }

  /** Where the rows come from. */
  @FunctionalInterface
  interface Rows<R> {
    /**
     * The next rows.
     *
     * @param end the first key that is not wanted any more
     */
    List<R> next(Position from, Object end, int limit);
  }
}
