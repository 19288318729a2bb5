package dev.onboard.local.sns;

import java.util.List;

/** The room's tables. */
final class Schema {
  static final List<List<String>> VERSIONS =
      List.of(
          List.of(
              """
              CREATE TABLE sns_topic(
                name TEXT PRIMARY KEY, attributes TEXT NOT NULL, tags TEXT NOT NULL,
                unsubscribed INT NOT NULL DEFAULT 0, sequence INT NOT NULL DEFAULT 0)\
              """,
              """
              CREATE TABLE sns_subscription(
                number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, topic TEXT NOT NULL,
                protocol TEXT NOT NULL, endpoint TEXT NOT NULL, attributes TEXT NOT NULL,
                principal TEXT NOT NULL, pending INT NOT NULL)\
              """,
              "CREATE INDEX sns_subscription_topic ON sns_subscription(topic, number)",
              """
              CREATE TABLE sns_deduplication(
                topic TEXT NOT NULL, scope TEXT NOT NULL, dedup_id TEXT NOT NULL,
                message_id TEXT NOT NULL, sequence INT NOT NULL, at INT NOT NULL,
                PRIMARY KEY(topic, scope, dedup_id)) WITHOUT ROWID\
              """,
              """
              CREATE TABLE sns_retry(
                id INTEGER PRIMARY KEY, subscription TEXT NOT NULL, notification TEXT NOT NULL,
                first_tried INT NOT NULL, attempts INT NOT NULL, due INT NOT NULL)\
              """));

  private Schema() {}
}
