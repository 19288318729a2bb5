package dev.onboard.console.logs;

import dev.onboard.console.web.Refusal;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Where a line stands among the lines of all groups.
 *
 * @param at milliseconds since the epoch
 * @param id of the line; CloudWatch's are all of one length and in the order of the lines
 * @param group the log group that it is in
 */
record Place(long at, String id, String group) implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      Comparator.comparingLong(Place::at).thenComparing(Place::id).thenComparing(Place::group);

  /** Names of log groups have no such character. */
  private static final String SEPARATOR = "~";

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  /** As it stands in an address. */
  String parameter() {
    return at + SEPARATOR + id + SEPARATOR + group;
  }

  /** The place that an address says; null if it says none. */
  static @Nullable Place of(@Nullable String parameter) {
    if (parameter == null) {
      return null;
    }
    String[] parts = parameter.split(SEPARATOR, 3);
    try {
      if (parts.length == 3) {
        return new Place(Long.parseLong(parts[0]), parts[1], parts[2]);
      }
    } catch (NumberFormatException e) {
      // Said below, as of what has other parts.
    }
    throw Refusal.badRequest("There is no such page of the logs.");
  }
}
