package dev.onboard.local.call;

/** A service that goes on where it was once every service is in its place. */
public interface Resumable {
  /** Called once at start; takes up timers, deliveries and executions from the store. */
  void resume();
}
