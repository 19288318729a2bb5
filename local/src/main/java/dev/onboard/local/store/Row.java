package dev.onboard.local.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The row that a query stands at; columns by number (from 1) or by name. */
public final class Row {
  private final ResultSet rows;
  private final Map<String, Integer> columns;

  /**
   * A row.
   *
   * @param columns the numbers of columns by their names, as far as they are known; added to
   */
  Row(ResultSet rows, Map<String, Integer> columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /** Text that the table declares to be there. */
  public String string(String column) {
    return present(stringOrNull(column), column);
  }

  public String string(int column) {
    return present(stringOrNull(column), column);
  }

  public @Nullable String stringOrNull(String column) {
    return get(() -> rows.getString(place(column)));
  }

  public @Nullable String stringOrNull(int column) {
    return get(() -> rows.getString(column));
  }

  public long number(String column) {
    return get(() -> rows.getLong(place(column)));
  }

  public long number(int column) {
    return get(() -> rows.getLong(column));
  }

  public double real(String column) {
    return get(() -> rows.getDouble(place(column)));
  }

  public int integer(String column) {
    return get(() -> rows.getInt(place(column)));
  }

  public int integer(int column) {
    return get(() -> rows.getInt(column));
  }

  public boolean flag(String column) {
    return integer(column) != 0;
  }

  public boolean isNull(String column) {
    return get(() -> rows.getObject(place(column))) == null;
  }

  public byte @Nullable [] bytesOrNull(String column) {
    return get(() -> rows.getBytes(place(column)));
  }

  public byte[] bytes(String column) {
    return present(bytesOrNull(column), column);
  }

  public Instant instant(String column) {
    return Instant.ofEpochMilli(number(column));
  }

  public @Nullable Instant instantOrNull(String column) {
    return isNull(column) ? null : instant(column);
  }

  /** The driver would look the name up anew for every row. */
  private int place(String column) throws SQLException {
    Integer known = columns.get(column);
    if (known == null) {
      known = rows.findColumn(column);
      columns.put(column, known);
    }
    return known;
  }

  private static <T> T present(@Nullable T value, Object column) {
    if (value == null) {
      throw new IllegalStateException("column " + column + " must not be null");
    }
    return value;
  }

  private static <T extends @Nullable Object> T get(Getter<T> getter) {
    try {
      return getter.get();
    } catch (SQLException e) {
      throw new StoreException("column", e);
    }
  }

  private interface Getter<T extends @Nullable Object> {
    T get() throws SQLException;
  }
}
