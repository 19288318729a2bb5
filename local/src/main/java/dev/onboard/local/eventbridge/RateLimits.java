package dev.onboard.local.eventbridge;

import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The rates of API destinations: in each second of the clock at most so many invocations begin. One
 * that finds its second full is put off to the next that is not, and its place there is kept: it
 * stands in the store as due then, under the code {@link #WAITING}.
 */
final class RateLimits {
  /** The code of a delivery that waits for its second. */
  static final String WAITING = "INVOCATION_RATE_LIMIT";

  private final Map<String, Window> windows = new HashMap<>();

  /** Takes the next place for a target; answers now, or the beginning of a later second. */
  synchronized Instant slot(Tx tx, String target, int rate, Instant now) {
    long second = now.getEpochSecond();
    Window window = windows.get(target);
    if (window == null) {
      // What was put off before a restart has the seconds up to its last one.
      window = new Window(waitsUntil(tx, target), rate);
    }
    if (window.second < second) {
      window = new Window(second, 0);
    } else if (window.used >= rate) {
      window = new Window(window.second + 1, 0);
    }
    windows.put(target, new Window(window.second, window.used + 1));
    return window.second > second ? Instant.ofEpochSecond(window.second) : now;
  }

  private static long waitsUntil(Tx tx, String target) {
    return tx.number(
            "SELECT max(d.due) FROM events_delivery d JOIN events_route r ON r.id = d.route"
                + " WHERE d.due IS NOT NULL AND d.code = ? AND r.arn = ?",
            WAITING,
            target)
        / 1000;
  }

  /**
   * A second that is being filled.
   *
   * @param used how many of its places are taken
   */
  private record Window(long second, int used) {}
}
