package dev.onboard.local.eventbridge;

/** Who is told of every event that a bus accepted. */
public interface EventWatcher {
  /** Called once the event is stored, by the thread that stored it: it must not take long. */
  void accepted(Accepted event);

  /**
   * An event that a bus accepted.
   *
   * @param number its place in the order of acceptance
   * @param json the whole event
   * @param copy whether it was forwarded from another bus
   */
  record Accepted(long number, String id, String bus, String json, boolean copy) {}
}
