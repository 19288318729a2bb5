package dev.onboard.local.dynamodb;

import dev.onboard.local.store.Store;
import dev.onboard.local.usage.Meter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way to change items: one transaction, with counts and expiry kept. */
final class Writes {
  private final Store store;
  private final Expiry expiry;
  private final Meter meter;

  Writes(Store store, Expiry expiry, Meter meter) {
    this.store = store;
    this.expiry = expiry;
    this.meter = meter;
  }

  /** Begins to count what a call consumes. */
  Capacity capacity(@Nullable String mode, boolean transactional) {
    return new Capacity(meter, mode, transactional);
  }

  Store store() {
    return store;
  }

  <T> T run(Function<Items, T> work) {
    return store.write(tx -> {
      var items = new Items(tx);
      T result = work.apply(items);
      items.finish();
      expiry.note(items.earliestExpiry());
      return result;
    });
  }
}
