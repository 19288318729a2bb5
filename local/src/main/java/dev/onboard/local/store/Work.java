package dev.onboard.local.store;

import org.jspecify.annotations.Nullable;

/** What is done with the store in one transaction. */
@FunctionalInterface
public interface Work<T extends @Nullable Object> {
  T run(Tx tx);
}
