package dev.onboard.local.store;

/** A statement that SQLite refused; the message holds its text. */
public final class StoreException extends RuntimeException {
  StoreException(String sql, Exception cause) {
    super(cause.getMessage() + " in: " + sql, cause);
  }
}
