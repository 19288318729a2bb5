package dev.onboard.local.iam;

import dev.onboard.local.store.Store;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;

/** The tables of IAM and STS. */
final class IamStore {
  private static final List<List<String>> VERSIONS =
      List.of(
          List.of(
              "CREATE TABLE iam_role(name TEXT PRIMARY KEY COLLATE NOCASE, record TEXT NOT NULL)",
              "CREATE TABLE iam_user(name TEXT PRIMARY KEY COLLATE NOCASE, record TEXT NOT NULL)",
              "CREATE TABLE iam_inline_policy(owner TEXT NOT NULL, name TEXT NOT NULL,"
                  + " document TEXT NOT NULL, PRIMARY KEY(owner, name))",
              "CREATE TABLE iam_policy(arn TEXT PRIMARY KEY, name TEXT NOT NULL,"
                  + " record TEXT NOT NULL)",
              "CREATE TABLE iam_policy_version(arn TEXT NOT NULL, number INT NOT NULL,"
                  + " document TEXT NOT NULL, created INT NOT NULL, PRIMARY KEY(arn, number))",
              "CREATE TABLE iam_attachment(owner TEXT NOT NULL, arn TEXT NOT NULL,"
                  + " PRIMARY KEY(owner, arn))",
              "CREATE INDEX iam_attachment_arn ON iam_attachment(arn)",
              "CREATE TABLE iam_access_key(id TEXT PRIMARY KEY, user TEXT NOT NULL,"
                  + " secret TEXT NOT NULL, status TEXT NOT NULL, created INT NOT NULL)",
              "CREATE TABLE iam_session(id TEXT PRIMARY KEY, secret TEXT NOT NULL,"
                  + " token TEXT NOT NULL, role_arn TEXT, session_name TEXT NOT NULL,"
                  + " expires INT NOT NULL)",
              "CREATE INDEX iam_session_expires ON iam_session(expires)"));

  private IamStore() {}

  static void migrate(Store store) {
    store.migrate("iam", VERSIONS);
  }

  static <T extends SdkPojo> Optional<T> find(Tx tx, String table, Class<T> type, String name) {
    return tx.first(
        "SELECT record FROM " + table + " WHERE name = ?",
        r -> SdkJson.read(type, r.string(1)),
        name);
  }

  static <T extends SdkPojo> List<T> all(Tx tx, String table, Class<T> type) {
    return tx.list(
        "SELECT record FROM " + table + " ORDER BY name", r -> SdkJson.read(type, r.string(1)));
  }
}
