package dev.onboard.local.eventbridge;

import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An API destination as it stands in the store.
 *
 * @param id the last part of its ARN
 * @param connection the ARN of the connection by which it authorizes
 * @param rate how many invocations a second it takes; null for as many as AWS allows
 */
record ApiDestination(
    String name,
    String id,
    @Nullable String description,
    String connection,
    String endpoint,
    String method,
    @Nullable Integer rate,
    Instant created,
    Instant modified) {
  static final int DEFAULT_RATE = 300;

  static ApiDestination of(Row row) {
    return new ApiDestination(
        row.string("name"),
        row.string("id"),
        row.stringOrNull("description"),
        row.string("connection"),
        row.string("endpoint"),
        row.string("method"),
        row.isNull("rate") ? null : row.integer("rate"),
        row.instant("created"),
        row.instant("modified"));
  }

  static Optional<ApiDestination> find(Tx tx, String name) {
    return tx.first("SELECT * FROM events_destination WHERE name = ?", ApiDestination::of, name);
  }

  /** The destination of an ARN. */
  static Optional<ApiDestination> ofArn(Tx tx, String arn) {
    String[] parts = arn.split("/", 3);
    return parts.length < 3
        ? Optional.empty()
        : find(tx, parts[1]).filter(d -> d.id.equals(parts[2]));
  }

  void put(Tx tx) {
    tx.update(
        "INSERT OR REPLACE INTO events_destination VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        name,
        id,
        description,
        connection,
        endpoint,
        method,
        rate,
        created,
        modified);
  }

  int invocationsPerSecond() {
    return rate == null ? DEFAULT_RATE : rate;
  }
}
