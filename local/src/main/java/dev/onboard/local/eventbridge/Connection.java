package dev.onboard.local.eventbridge;

import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.ConnectionState;
import software.amazon.awssdk.services.eventbridge.model.CreateConnectionAuthRequestParameters;

/**
 * A connection as it stands in the store, its secrets included: there is no Secrets Manager here.
 *
 * @param id the last part of its ARN
 * @param auth what it authorizes with; null once it was deauthorized
 * @param secret the ARN of the secret in which AWS would keep them
 * @param authorized when it last was authorized, or began to be
 * @param token the token that the authorization endpoint gave, with its type
 * @param expires when the token is to be renewed; null if it does not expire
 */
record Connection(
    String name,
    String id,
    @Nullable String description,
    String type,
    @Nullable String auth,
    ConnectionState state,
    @Nullable String reason,
    @Nullable String secret,
    Instant created,
    Instant modified,
    Instant authorized,
    @Nullable String token,
    @Nullable Instant expires) {
  static final List<List<String>> TABLES =
      List.of(
          List.of(
              """
              CREATE TABLE events_connection(
                name TEXT PRIMARY KEY, id TEXT NOT NULL, description TEXT, type TEXT NOT NULL,
                auth TEXT, state TEXT NOT NULL, reason TEXT, secret TEXT, created INT NOT NULL,
                modified INT NOT NULL, authorized INT NOT NULL, token TEXT, expires INT)
                WITHOUT ROWID\
              """,
              """
              CREATE TABLE events_destination(
                name TEXT PRIMARY KEY, id TEXT NOT NULL, description TEXT,
                connection TEXT NOT NULL, endpoint TEXT NOT NULL, method TEXT NOT NULL, rate INT,
                created INT NOT NULL, modified INT NOT NULL) WITHOUT ROWID\
              """));

  static Connection of(Row row) {
    return new Connection(
        row.string("name"),
        row.string("id"),
        row.stringOrNull("description"),
        row.string("type"),
        row.stringOrNull("auth"),
        ConnectionState.valueOf(row.string("state")),
        row.stringOrNull("reason"),
        row.stringOrNull("secret"),
        row.instant("created"),
        row.instant("modified"),
        row.instant("authorized"),
        row.stringOrNull("token"),
        row.instantOrNull("expires"));
  }

  static Optional<Connection> find(Tx tx, String name) {
    return tx.first("SELECT * FROM events_connection WHERE name = ?", Connection::of, name);
  }

  /** Stores it under its name. */
  void put(Tx tx) {
    tx.update(
        "INSERT OR REPLACE INTO events_connection VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        name,
        id,
        description,
        type,
        auth,
        state,
        reason,
        secret,
        created,
        modified,
        authorized,
        token,
        expires);
  }

  boolean isOAuth() {
    return type.equals("OAUTH_CLIENT_CREDENTIALS");
  }

  /** What it authorizes with, secrets included; null once it was deauthorized. */
  @Nullable CreateConnectionAuthRequestParameters parameters() {
    return auth == null ? null : SdkJson.read(CreateConnectionAuthRequestParameters.class, auth);
  }

  Connection with(ConnectionState newState, @Nullable String newReason) {
    return new Connection(
        name,
        id,
        description,
        type,
        auth,
        newState,
        newReason,
        secret,
        created,
        modified,
        authorized,
        token,
        expires);
  }

  Connection withToken(@Nullable String newToken, @Nullable Instant newExpires, Instant now) {
    return new Connection(
        name,
        id,
        description,
        type,
        auth,
        newToken == null ? state : ConnectionState.AUTHORIZED,
        newToken == null ? reason : null,
        secret,
        created,
        modified,
        newToken == null ? authorized : now,
        newToken,
        newExpires);
  }
}
