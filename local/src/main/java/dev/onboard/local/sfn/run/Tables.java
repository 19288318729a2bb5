package dev.onboard.local.sfn.run;

import dev.onboard.local.store.Store;
import java.util.List;

/** The tables of the room. */
public final class Tables {
  private static final List<String> VERSION_1 =
      List.of(
          """
          CREATE TABLE sfn_machine(
            arn TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, status TEXT NOT NULL,
            created INTEGER NOT NULL, revision INTEGER NOT NULL, last_version INTEGER NOT NULL)
          """,
          """
          CREATE TABLE sfn_revision(
            id INTEGER PRIMARY KEY, machine TEXT NOT NULL, revision_id TEXT, type TEXT NOT NULL,
            definition TEXT NOT NULL, role TEXT NOT NULL, logging TEXT NOT NULL,
            tracing INTEGER NOT NULL, updated INTEGER NOT NULL)
          """,
          """
          CREATE TABLE sfn_version(
            machine TEXT NOT NULL, number INTEGER NOT NULL, revision INTEGER NOT NULL,
            description TEXT, created INTEGER NOT NULL, PRIMARY KEY(machine, number)) WITHOUT ROWID
          """,
          """
          CREATE TABLE sfn_alias(
            machine TEXT NOT NULL, name TEXT NOT NULL, description TEXT, routing TEXT NOT NULL,
            created INTEGER NOT NULL, updated INTEGER NOT NULL,
            PRIMARY KEY(machine, name)) WITHOUT ROWID
          """,
          """
          CREATE TABLE sfn_tag(
            machine TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY(machine, key)) WITHOUT ROWID
          """,
          """
          CREATE TABLE sfn_execution(
            id INTEGER PRIMARY KEY, arn TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
            machine TEXT NOT NULL, revision INTEGER NOT NULL, express INTEGER NOT NULL,
            status TEXT NOT NULL, input TEXT NOT NULL, output TEXT, error TEXT, cause TEXT,
            started INTEGER NOT NULL, stopped INTEGER, version_arn TEXT, alias_arn TEXT,
            map_run INTEGER, item_count INTEGER NOT NULL, trace TEXT)
          """,
          "CREATE INDEX sfn_execution_machine ON sfn_execution(machine, id)",
          "CREATE INDEX sfn_execution_map_run ON sfn_execution(map_run, id)",
          "CREATE INDEX sfn_execution_running ON sfn_execution(id) WHERE status = 'RUNNING'",
          """
          CREATE TABLE sfn_event(
            execution INTEGER NOT NULL, id INTEGER NOT NULL, previous INTEGER NOT NULL,
            at INTEGER NOT NULL, type TEXT NOT NULL, details TEXT,
            PRIMARY KEY(execution, id)) WITHOUT ROWID
          """,
          """
          CREATE TABLE sfn_frame(
            execution INTEGER NOT NULL, id INTEGER NOT NULL, parent INTEGER NOT NULL,
            branch INTEGER NOT NULL, state TEXT NOT NULL, phase TEXT NOT NULL,
            entered INTEGER NOT NULL, before_entry INTEGER NOT NULL, entered_at INTEGER NOT NULL,
            last INTEGER NOT NULL, input TEXT NOT NULL, variables TEXT, retries TEXT, data TEXT,
            PRIMARY KEY(execution, id)) WITHOUT ROWID
          """,
          """
          CREATE TABLE sfn_token(
            token TEXT PRIMARY KEY, execution INTEGER NOT NULL, frame INTEGER NOT NULL,
            heartbeat INTEGER NOT NULL, outcome TEXT, output TEXT, error TEXT, cause TEXT)
          """,
          "CREATE INDEX sfn_token_execution ON sfn_token(execution)",
          """
          CREATE TABLE sfn_map_run(
            id INTEGER PRIMARY KEY, arn TEXT NOT NULL UNIQUE, execution INTEGER NOT NULL,
            status TEXT NOT NULL, started INTEGER NOT NULL, stopped INTEGER,
            max_concurrency INTEGER NOT NULL, tolerated_count INTEGER NOT NULL,
            tolerated_percentage REAL NOT NULL, batch_input TEXT, source TEXT,
            items_read INTEGER NOT NULL DEFAULT 0, all_read INTEGER NOT NULL DEFAULT 0,
            items_total INTEGER NOT NULL DEFAULT 0,
            running INTEGER NOT NULL DEFAULT 0, items_running INTEGER NOT NULL DEFAULT 0,
            succeeded INTEGER NOT NULL DEFAULT 0, items_succeeded INTEGER NOT NULL DEFAULT 0,
            failed INTEGER NOT NULL DEFAULT 0, items_failed INTEGER NOT NULL DEFAULT 0,
            timed_out INTEGER NOT NULL DEFAULT 0, items_timed_out INTEGER NOT NULL DEFAULT 0,
            aborted INTEGER NOT NULL DEFAULT 0, items_aborted INTEGER NOT NULL DEFAULT 0,
            results_written INTEGER NOT NULL DEFAULT 0,
            items_results_written INTEGER NOT NULL DEFAULT 0)
          """,
          "CREATE INDEX sfn_map_run_execution ON sfn_map_run(execution)");

  private static final List<String> VERSION_2 =
      List.of(
          "CREATE TABLE sfn_activity(arn TEXT PRIMARY KEY, name TEXT NOT NULL, created INTEGER NOT"
              + " NULL)",
          "ALTER TABLE sfn_token ADD COLUMN activity TEXT",
          "ALTER TABLE sfn_token ADD COLUMN input TEXT",
          "ALTER TABLE sfn_token ADD COLUMN worker TEXT",
          "ALTER TABLE sfn_token ADD COLUMN started INTEGER NOT NULL DEFAULT 0",
          "CREATE INDEX sfn_token_activity ON sfn_token(activity) WHERE started = 0");

  private static final List<String> VERSION_3 =
      List.of(
          """
          CREATE TABLE sfn_metric(
            machine TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL,
            PRIMARY KEY(machine, name)) WITHOUT ROWID
          """);

  private static final List<String> VERSION_4 =
      List.of(
          // 0 for executions that were started before, for their branches are not kept.
          "ALTER TABLE sfn_execution ADD COLUMN redrivable INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE sfn_execution ADD COLUMN redrive_count INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE sfn_execution ADD COLUMN redrive_date INTEGER",
          // How a child had ended that now waits for its turn to be redriven.
          "ALTER TABLE sfn_execution ADD COLUMN was TEXT",
          """
          CREATE TABLE sfn_redrive(
            execution INTEGER NOT NULL, number INTEGER NOT NULL, token TEXT, at INTEGER NOT NULL,
            PRIMARY KEY(execution, number)) WITHOUT ROWID
          """,
          "ALTER TABLE sfn_map_run ADD COLUMN redrive_count INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE sfn_map_run ADD COLUMN redrive_date INTEGER",
          "ALTER TABLE sfn_map_run ADD COLUMN pending_redrive INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE sfn_map_run ADD COLUMN items_pending_redrive INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE sfn_map_run ADD COLUMN not_redrivable INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE sfn_map_run ADD COLUMN items_not_redrivable INTEGER NOT NULL DEFAULT 0",
          // Whether children get batches of items.
          "ALTER TABLE sfn_map_run ADD COLUMN batched INTEGER NOT NULL DEFAULT 1",
          // The files with good results of attempts before, as the manifest lists them.
          "ALTER TABLE sfn_map_run ADD COLUMN result_files TEXT");

  private Tables() {}

  public static void migrate(Store store) {
    store.migrate("sfn", List.of(VERSION_1, VERSION_2, VERSION_3, VERSION_4));
  }
}
