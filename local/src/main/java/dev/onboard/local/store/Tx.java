package dev.onboard.local.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one transaction. Arguments are bound in order: text, numbers, byte arrays,
 * booleans (0 and 1), enums (their name), instants (milliseconds since the epoch) and null.
 */
public final class Tx {
  private static final int CACHED_STATEMENTS = 400;

  private final Connection connection;
  private final Watches watches;

  /** There is no change that a transaction that writes would not see. */
  private long since = Long.MAX_VALUE;

  private final Map<String, Prepared> statements =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Prepared> eldest) {
          if (size() <= CACHED_STATEMENTS) {
            return false;
          }
          try {
            eldest.getValue().statement().close();
          } catch (SQLException e) {
            throw new StoreException(eldest.getKey(), e);
          }
          return true;
        }
      };

  Tx(Connection connection, Watches watches) {
    this.connection = connection;
    this.watches = watches;
  }

  /** Begins to read; what the transaction sees is fixed with its first statement. */
  void beginSnapshot() {
    since = watches.changes();
    update("BEGIN");
  }

  /** A number of a change that this transaction sees, as all before it. */
  long since() {
    return since;
  }

  /** Runs a statement that answers no rows; answers how many rows it changed. */
  public int update(String sql, @Nullable Object... arguments) {
    try {
      Prepared prepared = prepared(sql);
      prepared.before().forEach(Runnable::run);
      bind(prepared.statement(), arguments);
      return prepared.statement().executeUpdate();
    } catch (SQLException e) {
      throw new StoreException(sql, e);
    }
  }

  /** Inserts a row and answers its rowid. */
  public long insert(String sql, @Nullable Object... arguments) {
    update(sql, arguments);
    return first("SELECT last_insert_rowid()", r -> r.number(1)).orElseThrow();
  }

  /**
   * Inserts rows, many with one statement: a driver's call costs about as much as a row.
   *
   * @param into the statement up to its values, such as {@code INSERT INTO t(a, b)}
   * @param rows their values, of each row as many
   */
  public void insertAll(String into, List<@Nullable Object[]> rows) {
    int from = 0;
    // Of few lengths, so that the statements are kept.
    for (int size : new int[] {50, 10, 1}) {
      for (; rows.size() - from >= size; from += size) {
        update(statement(into, size, rows.get(from).length), joined(rows, from, size));
      }
    }
  }

  private static String statement(String into, int rows, int columns) {
    String row = "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
    return into + " VALUES " + String.join(", ", Collections.nCopies(rows, row));
  }

  private static @Nullable Object[] joined(List<@Nullable Object[]> rows, int from, int size) {
    int columns = rows.get(from).length;
    var joined = new @Nullable Object[size * columns];
    for (int i = 0; i < size; i++) {
      System.arraycopy(rows.get(from + i), 0, joined, i * columns, columns);
    }
    return joined;
  }

  public <T> List<T> list(String sql, Function<Row, T> mapper, @Nullable Object... arguments) {
    try {
      Prepared prepared = prepared(sql);
      bind(prepared.statement(), arguments);
      var found = new ArrayList<T>();
      try (ResultSet rows = prepared.statement().executeQuery()) {
        var row = new Row(rows, prepared.columns());
        while (rows.next()) {
          found.add(mapper.apply(row));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new StoreException(sql, e);
    }
  }

  public <T> Optional<T> first(String sql, Function<Row, T> mapper, @Nullable Object... arguments) {
    List<T> found = list(sql, mapper, arguments);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
  }

  /** The number in the first column of the first row, 0 if there is no row or it is null. */
  public long number(String sql, @Nullable Object... arguments) {
    return first(sql, r -> r.number(1), arguments).orElse(0L);
  }

  public boolean exists(String sql, @Nullable Object... arguments) {
    return !list(sql, r -> r, arguments).isEmpty();
  }

  /** Hands over rows one by one, without holding them all; other statements may run meanwhile. */
  public void each(String sql, Consumer<Row> consumer, @Nullable Object... arguments) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, arguments);
      try (ResultSet rows = statement.executeQuery()) {
        var row = new Row(rows, new HashMap<>());
        while (rows.next()) {
          consumer.accept(row);
        }
      }
    } catch (SQLException e) {
      throw new StoreException(sql, e);
    }
  }

  private Prepared prepared(String sql) throws SQLException {
    Prepared prepared = statements.get(sql);
    if (prepared == null) {
      prepared =
          new Prepared(connection.prepareStatement(sql), new HashMap<>(), watches.before(sql));
      statements.put(sql, prepared);
    }
    return prepared;
  }

  /**
   * A statement that is kept.
   *
   * @param columns the numbers of its columns as far as they were asked for by name
   * @param before what is to be done before it is run
   */
  private record Prepared(
      PreparedStatement statement, Map<String, Integer> columns, List<Runnable> before) {}

  private static void bind(PreparedStatement statement, @Nullable Object[] arguments)
      throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      int at = i + 1;
      switch (arguments[i]) {
        case null -> statement.setObject(at, null);
        case String s -> statement.setString(at, s);
        case Integer n -> statement.setInt(at, n);
        case Long n -> statement.setLong(at, n);
        case Double n -> statement.setDouble(at, n);
        case Boolean b -> statement.setInt(at, b ? 1 : 0);
        case byte[] b -> statement.setBytes(at, b);
        case Instant t -> statement.setLong(at, t.toEpochMilli());
        case Enum<?> e -> statement.setString(at, e.name());
        case Object o ->
            throw new IllegalArgumentException("no column type for " + o.getClass().getName());
      }
    }
  }
}
