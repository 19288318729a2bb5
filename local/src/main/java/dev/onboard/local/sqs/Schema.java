package dev.onboard.local.sqs;

import java.util.List;

/** The room's tables. */
final class Schema {
  /**
   * A message is two rows: a small one that every receive rewrites, and its content, written once
   * and gone with it. The index by visibility carries the columns that are counted and compared, so
   * counting a queue reads nothing else.
   */
  static final List<List<String>> VERSIONS =
      List.of(
          List.of(
              """
              CREATE TABLE sqs_queue(
                id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, revision INT NOT NULL,
                attributes TEXT NOT NULL, tags TEXT NOT NULL,
                created INT NOT NULL, modified INT NOT NULL, purged INT NOT NULL DEFAULT 0)\
              """,
              """
              CREATE TABLE sqs_message(
                seq INTEGER PRIMARY KEY, queue INT NOT NULL, visible_at INT NOT NULL,
                receives INT NOT NULL, receives_before INT NOT NULL, receipt INT NOT NULL,
                received_at INT, first_received INT, sent_at INT NOT NULL,
                fifo INT NOT NULL, group_id TEXT, content INT NOT NULL)\
              """,
              """
              CREATE TABLE sqs_content(
                id INTEGER PRIMARY KEY, message_id TEXT NOT NULL, sender TEXT NOT NULL,
                dedup_id TEXT, md5 TEXT NOT NULL, attributes TEXT, attributes_md5 TEXT,
                trace TEXT, source_arn TEXT, body TEXT NOT NULL)\
              """,
              """
              CREATE TRIGGER sqs_content_with_message AFTER DELETE ON sqs_message
                BEGIN DELETE FROM sqs_content WHERE id = OLD.content; END\
              """,
              """
              CREATE INDEX sqs_message_visible
                ON sqs_message(queue, visible_at, seq, receives, sent_at)\
              """,
              "CREATE INDEX sqs_message_order ON sqs_message(queue, seq) WHERE fifo = 1",
              """
              CREATE INDEX sqs_message_group
                ON sqs_message(queue, visible_at, group_id) WHERE fifo = 1\
              """,
              """
              CREATE TABLE sqs_deduplication(
                queue INT NOT NULL, scope TEXT NOT NULL, dedup_id TEXT NOT NULL,
                message_id TEXT NOT NULL, seq INT NOT NULL, at INT NOT NULL,
                PRIMARY KEY(queue, scope, dedup_id)) WITHOUT ROWID\
              """,
              "CREATE INDEX sqs_deduplication_at ON sqs_deduplication(at)",
              """
              CREATE TABLE sqs_attempt(
                queue INT NOT NULL, attempt TEXT NOT NULL, at INT NOT NULL, receipt INT NOT NULL,
                PRIMARY KEY(queue, attempt)) WITHOUT ROWID\
              """,
              """
              CREATE TABLE sqs_move_task(
                id TEXT PRIMARY KEY, source TEXT NOT NULL, destination TEXT, rate INT,
                status TEXT NOT NULL, started INT NOT NULL, moved INT NOT NULL,
                to_move INT NOT NULL, failure TEXT)\
              """,
              "CREATE INDEX sqs_move_task_source ON sqs_move_task(source, started)"),
          List.of("ALTER TABLE sqs_queue DROP COLUMN revision"));

  private Schema() {}
}
