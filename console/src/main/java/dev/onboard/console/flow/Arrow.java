package dev.onboard.console.flow;

/** A way from one place of the map to another. */
record Arrow(String from, String to, Meaning meaning) {

  /** What goes that way. */
  enum Meaning {
    /** Something publishes to a bus without being asked. */
    PUBLISHES,
    /** A rule sees the events of its bus. */
    MATCHES,
    /** A rule delivers to a target. */
    DELIVERS,
    /** A function gets a queue's messages. */
    READS,
    /** Something calls something else. */
    USES,
    /** What failed for good goes there. */
    SETS_ASIDE
  }
}
