package dev.onboard.local.eventbridge;

import dev.onboard.local.store.Store;
import java.util.List;

/** The tables of this room. */
final class Tables {
  static final List<List<String>> VERSIONS =
      List.of(
          List.of(
              """
              CREATE TABLE events_bus(
                name TEXT PRIMARY KEY, description TEXT, dead_letters TEXT, log_config TEXT,
                policy TEXT, created INT NOT NULL, modified INT NOT NULL) WITHOUT ROWID\
              """,
              """
              CREATE TABLE events_rule(
                bus TEXT NOT NULL, name TEXT NOT NULL, pattern TEXT, schedule TEXT,
                state TEXT NOT NULL, description TEXT, role TEXT, created_by TEXT NOT NULL,
                fires INT, route INT NOT NULL,
                PRIMARY KEY(bus, name)) WITHOUT ROWID\
              """,
              """
              CREATE TABLE events_target(
                bus TEXT NOT NULL, rule TEXT NOT NULL, id TEXT NOT NULL, arn TEXT NOT NULL,
                body TEXT NOT NULL, PRIMARY KEY(bus, rule, id)) WITHOUT ROWID\
              """,
              "CREATE INDEX events_target_arn ON events_target(arn, bus, rule)",
              """
              CREATE TABLE events_tag(
                arn TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
                PRIMARY KEY(arn, name)) WITHOUT ROWID\
              """,
              // A route names rule and target once, so that a delivery is a few numbers; it stays
              // when the target goes, for the trail.
              """
              CREATE TABLE events_route(
                id INTEGER PRIMARY KEY, bus TEXT NOT NULL, rule TEXT NOT NULL,
                target TEXT NOT NULL, arn TEXT NOT NULL, UNIQUE(bus, rule, target, arn))\
              """,
              """
              CREATE TABLE events_event(
                seq INTEGER PRIMARY KEY, id TEXT NOT NULL, bus TEXT NOT NULL,
                time INT NOT NULL, ingested INT NOT NULL, parent INT NOT NULL,
                body TEXT NOT NULL)\
              """,
              """
              CREATE TABLE events_delivery(
                event INT NOT NULL, route INT NOT NULL, state INT NOT NULL, attempts INT NOT NULL,
                due INT, code TEXT, message TEXT, changed INT NOT NULL,
                PRIMARY KEY(event, route)) WITHOUT ROWID\
              """,
              "CREATE INDEX events_delivery_due ON events_delivery(due) WHERE due IS NOT NULL",
              """
              CREATE TABLE events_archive(
                number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,
                bus TEXT NOT NULL, pattern TEXT, description TEXT, retention INT NOT NULL,
                created INT NOT NULL, events INT NOT NULL, bytes INT NOT NULL)\
              """,
              // The key is the archive's number and the event's, see Archives.key.
              """
              CREATE TABLE events_archived(
                key INTEGER PRIMARY KEY, time INT NOT NULL, ingested INT NOT NULL,
                body TEXT NOT NULL)\
              """,
              """
              CREATE TABLE events_replay(
                name TEXT PRIMARY KEY, archive TEXT NOT NULL, description TEXT,
                destination TEXT NOT NULL, state TEXT NOT NULL, reason TEXT,
                from_time INT NOT NULL, to_time INT NOT NULL, last_time INT, cursor INT NOT NULL,
                started INT NOT NULL, ended INT) WITHOUT ROWID\
              """),
          // Counting ten thousand rules at every PutRule was half of its cost.
          List.of(
              "ALTER TABLE events_bus ADD COLUMN rules INT NOT NULL DEFAULT 0",
              "UPDATE events_bus SET rules ="
                  + " (SELECT count(*) FROM events_rule WHERE bus = events_bus.name)"),
          List.of("ALTER TABLE events_rule ADD COLUMN managed_by TEXT"));

  private Tables() {}

  /** Brings all of them up to date; those of parts that are apart have versions of their own. */
  static void migrate(Store store) {
    store.migrate("events", VERSIONS);
    store.migrate("events_connections", Connection.TABLES);
    store.migrate("events_attempts", Deliveries.TABLES);
    store.migrate("events_blocks", AcceptedEvents.TABLES);
  }
}
