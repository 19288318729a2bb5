package dev.onboard.local;

import dev.onboard.local.store.Store;
import java.time.Duration;
import java.util.List;

/** How far the runtime's time was moved, kept so that a restart does not move it back. */
final class ClockOffset {
  private final Store store;

  ClockOffset(Store store) {
    this.store = store;
    store.migrate(
        "runtime",
        List.of(List.of("CREATE TABLE runtime_clock(id INTEGER PRIMARY KEY, offset_millis INT)")));
  }

  Duration read() {
    return Duration.ofMillis(
        store.read(tx -> tx.number("SELECT offset_millis FROM runtime_clock WHERE id = 1")));
  }

  void write(Duration offset) {
    store.write(
        tx -> tx.update("INSERT OR REPLACE INTO runtime_clock VALUES (1, ?)", offset.toMillis()));
  }
}
