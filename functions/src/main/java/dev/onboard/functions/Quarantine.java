package dev.onboard.functions;

/** Where events go that no retry can help. */
@FunctionalInterface
interface Quarantine {

  void put(String body, String reason);
}
