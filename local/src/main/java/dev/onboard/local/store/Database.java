package dev.onboard.local.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/** One connection to the file. */
final class Database implements AutoCloseable {
  private final Connection connection;
  private final Tx tx;

  private Database(Connection connection, Watches watches) {
    this.connection = connection;
    this.tx = new Tx(connection, watches);
  }

  /** A connection for transactions that write. */
  static Database open(Path file, Watches watches) {
    return connect(file, false, watches);
  }

  static Database openReadOnly(Path file, Watches watches) {
    return connect(file, true, watches);
  }

  private static Database connect(Path file, boolean queryOnly, Watches watches) {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(30_000);
    config.setCacheSize(-16_000);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.enforceForeignKeys(false);
    // The driver would prepare and run a query for the new key after every INSERT.
    config.setGetGeneratedKeys(false);
    config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "67108864");
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file);
      // Else the driver tries after every statement to begin and commit a transaction of its own.
      // By setAutoCommit it would begin one.
      connection.unwrap(SQLiteConnection.class).getConnectionConfig().setAutoCommit(false);
      var database = new Database(connection, watches);
      try (Statement statement = database.connection.createStatement()) {
        statement.execute("PRAGMA wal_autocheckpoint = 0");
        statement.execute("PRAGMA query_only = " + (queryOnly ? 1 : 0));
      }
      return database;
    } catch (SQLException e) {
      throw new StoreException("open " + file, e);
    }
  }

  Tx tx() {
    return tx;
  }

  <T extends @Nullable Object> T snapshot(Work<T> work) {
    tx.beginSnapshot();
    try {
      return work.run(tx);
    } finally {
      commit();
    }
  }

  void begin() {
    tx.update("BEGIN IMMEDIATE");
  }

  void commit() {
    tx.update("COMMIT");
  }

  void rollback() {
    tx.update("ROLLBACK");
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new StoreException("close", e);
    }
  }
}
