package dev.onboard.local.logs;

import java.util.List;

/**
 * The room's tables. An event is one small row, found by time within its group; the messages of one
 * put are packed together.
 */
final class Schema {
  static final List<List<String>> VERSIONS =
      List.of(
          List.of(
              """
              CREATE TABLE logs_group(
                id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, created INT NOT NULL,
                retention INT, class TEXT NOT NULL, tags TEXT NOT NULL)\
              """,
              """
              CREATE TABLE logs_stream(
                id INTEGER PRIMARY KEY, log_group INT NOT NULL, name TEXT NOT NULL,
                created INT NOT NULL, first_event INT, last_event INT, last_ingestion INT,
                bytes INT NOT NULL DEFAULT 0, UNIQUE(log_group, name))\
              """,
              """
              CREATE TABLE logs_event(
                id INTEGER PRIMARY KEY, log_group INT NOT NULL, stream INT NOT NULL,
                at INT NOT NULL, ingested INT NOT NULL, message TEXT NOT NULL)\
              """,
              "CREATE INDEX logs_event_group ON logs_event(log_group, at)",
              "CREATE INDEX logs_event_stream ON logs_event(stream, at)",
              """
              CREATE TABLE logs_policy(
                name TEXT PRIMARY KEY, document TEXT NOT NULL, updated INT NOT NULL)\
              """),
          List.of(
              """
              CREATE TABLE logs_delivery_source(
                name TEXT PRIMARY KEY, resource TEXT NOT NULL, type TEXT NOT NULL,
                tags TEXT NOT NULL) WITHOUT ROWID\
              """,
              """
              CREATE TABLE logs_delivery_destination(
                name TEXT PRIMARY KEY, resource TEXT NOT NULL, format TEXT,
                tags TEXT NOT NULL) WITHOUT ROWID\
              """,
              """
              CREATE TABLE logs_delivery(
                id TEXT PRIMARY KEY, source TEXT NOT NULL, destination TEXT NOT NULL,
                tags TEXT NOT NULL, UNIQUE(source, destination)) WITHOUT ROWID\
              """),
          List.of(
              """
              CREATE TABLE logs_messages(
                number INTEGER PRIMARY KEY, log_group INT NOT NULL, first_at INT NOT NULL,
                last_at INT NOT NULL, form INT NOT NULL, body BLOB NOT NULL)\
              """,
              "DROP INDEX logs_event_group",
              "DROP INDEX logs_event_stream",
              "ALTER TABLE logs_event RENAME TO logs_event_1",
              """
              CREATE TABLE logs_event(
                log_group INT NOT NULL, at INT NOT NULL, id INT NOT NULL, stream INT NOT NULL,
                ingested INT NOT NULL, messages INT NOT NULL, place INT NOT NULL,
                PRIMARY KEY(log_group, at, id)) WITHOUT ROWID\
              """,
              """
              INSERT INTO logs_messages
                SELECT id, log_group, at, at, 0, CAST(message AS BLOB) FROM logs_event_1\
              """,
              """
              INSERT INTO logs_event
                SELECT log_group, at, id, stream, ingested, id, 0 FROM logs_event_1\
              """,
              "DROP TABLE logs_event_1"));

  private Schema() {}
}
