package dev.onboard.local.sesv2;

import java.util.List;

/** The room's tables; what is not searched by is kept as the API's own objects. */
final class Schema {
  static final List<List<String>> VERSIONS =
      List.of(
          List.of(
              "CREATE TABLE ses_identity(name TEXT PRIMARY KEY, value TEXT NOT NULL)",
              "CREATE TABLE ses_configuration_set(name TEXT PRIMARY KEY, value TEXT NOT NULL)",
              """
              CREATE TABLE ses_event_destination(
                configuration_set TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
                PRIMARY KEY(configuration_set, name)) WITHOUT ROWID\
              """,
              """
              CREATE TABLE ses_template(
                name TEXT PRIMARY KEY, created INT NOT NULL, value TEXT NOT NULL)\
              """,
              """
              CREATE TABLE ses_suppressed(
                address TEXT PRIMARY KEY, reason TEXT NOT NULL, updated INT NOT NULL)\
              """,
              "CREATE TABLE ses_account(id INTEGER PRIMARY KEY, value TEXT NOT NULL)",
              """
              CREATE TABLE ses_mail(
                id INTEGER PRIMARY KEY, message_id TEXT NOT NULL UNIQUE, sent_at INT NOT NULL,
                sender TEXT NOT NULL, recipients TEXT NOT NULL, subject TEXT, text TEXT, html TEXT,
                headers TEXT NOT NULL, tags TEXT NOT NULL, configuration_set TEXT)\
              """,
              "CREATE INDEX ses_mail_sent ON ses_mail(sent_at)",
              """
              CREATE TABLE ses_recipient(
                address TEXT NOT NULL, mail INT NOT NULL,
                PRIMARY KEY(address, mail)) WITHOUT ROWID\
              """));

  private Schema() {}
}
