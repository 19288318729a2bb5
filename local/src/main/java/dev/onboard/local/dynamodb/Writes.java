package dev.onboard.local.dynamodb;

import dev.onboard.local.store.Store;
import java.util.function.Function;

/** The way to change items: one transaction, with counts and expiry kept. */
final class Writes {
  private final Store store;
  private final Expiry expiry;

  Writes(Store store, Expiry expiry) {
    this.store = store;
    this.expiry = expiry;
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
