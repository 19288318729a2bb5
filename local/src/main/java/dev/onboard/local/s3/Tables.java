package dev.onboard.local.s3;

import java.util.List;

/** The tables of this room. */
final class Tables {
  static final List<List<String>> VERSIONS =
      List.of(
          List.of(
              "CREATE TABLE s3_sequence(value INTEGER NOT NULL)",
              "INSERT INTO s3_sequence VALUES (0)",
              """
              CREATE TABLE s3_bucket(
                name TEXT PRIMARY KEY, created INTEGER NOT NULL, versioning TEXT,
                eventbridge INTEGER NOT NULL, ownership TEXT, lifecycle TEXT) WITHOUT ROWID\
              """,
              """
              CREATE TABLE s3_configuration(
                bucket TEXT NOT NULL, kind TEXT NOT NULL, content TEXT NOT NULL,
                PRIMARY KEY (bucket, kind)) WITHOUT ROWID\
              """,
              """
              CREATE TABLE s3_object(
                id INTEGER PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL,
                version TEXT NOT NULL, latest INTEGER NOT NULL, marker INTEGER NOT NULL,
                size INTEGER NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL,
                storage_class TEXT NOT NULL, checksum_kind TEXT, checksum_type TEXT,
                checksum TEXT, parts INTEGER NOT NULL, head TEXT NOT NULL, tags TEXT NOT NULL)\
              """,
              "CREATE UNIQUE INDEX s3_object_version ON s3_object(bucket, key, version)",
              "CREATE INDEX s3_object_order ON s3_object(bucket, key, id)",
              "CREATE UNIQUE INDEX s3_object_latest ON s3_object(bucket, key) WHERE latest = 1",
              """
              CREATE TABLE s3_object_part(
                object INTEGER NOT NULL, n INTEGER NOT NULL, size INTEGER NOT NULL,
                checksum TEXT NOT NULL, PRIMARY KEY (object, n)) WITHOUT ROWID\
              """,
              """
              CREATE TABLE s3_piece(
                body INTEGER NOT NULL, n INTEGER NOT NULL, file TEXT NOT NULL,
                start INTEGER NOT NULL, length INTEGER NOT NULL,
                PRIMARY KEY (body, n)) WITHOUT ROWID\
              """,
              "CREATE INDEX s3_piece_file ON s3_piece(file)",
              """
              CREATE TABLE s3_upload(
                id TEXT PRIMARY KEY, number INTEGER NOT NULL, bucket TEXT NOT NULL,
                key TEXT NOT NULL, initiated INTEGER NOT NULL, storage_class TEXT NOT NULL,
                checksum_kind TEXT, checksum_type TEXT, head TEXT NOT NULL, tags TEXT NOT NULL,
                initiator TEXT NOT NULL, completed INTEGER, request TEXT, result TEXT)
              WITHOUT ROWID\
              """,
              "CREATE INDEX s3_upload_order ON s3_upload(bucket, key, number)",
              "CREATE INDEX s3_upload_completed ON s3_upload(completed) WHERE completed > 0",
              """
              CREATE TABLE s3_part(
                upload TEXT NOT NULL, n INTEGER NOT NULL, body INTEGER NOT NULL,
                size INTEGER NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL,
                checksum TEXT NOT NULL, PRIMARY KEY (upload, n)) WITHOUT ROWID\
              """));

  private Tables() {}
}
