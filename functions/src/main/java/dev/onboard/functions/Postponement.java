package dev.onboard.functions;

import java.time.Duration;
import java.util.Map;

/** Lets messages that failed come back when it is of use to try them again. */
@FunctionalInterface
interface Postponement {

  /**
   * Postpones messages of the function's queue.
   *
   * @param delays how long each is to stay away, by receipt handle
   */
  void postpone(Map<String, Duration> delays);
}
