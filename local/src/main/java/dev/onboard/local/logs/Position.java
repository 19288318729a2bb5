package dev.onboard.local.logs;

/**
 * A place in the order of events: by time, then as they came.
 *
 * @param at milliseconds since the epoch
 * @param id the number of an event of that time
 */
record Position(long at, long id) implements Comparable<Position> {
  static final Position FIRST = new Position(0, 0);
  static final Position LAST = new Position(99_999_999_999_999L, Long.MAX_VALUE);

  private static final int DIGITS = 56;

  /** The 56 digits that AWS's ids and tokens have. */
  String text() {
    return String.format("3%014d%020d%021d", at, id, 0);
  }

  static Position parse(String text) {
    if (!text.matches("3[0-9]{" + (DIGITS - 1) + "}")) {
      throw LogsErrors.badToken();
    }
    return new Position(
        Long.parseLong(text.substring(1, 15)), Long.parseLong(text.substring(15, 35)));
  }

  @Override
  public int compareTo(Position other) {
    int byTime = Long.compare(at, other.at);
    return byTime != 0 ? byTime : Long.compare(id, other.id);
  }
}
