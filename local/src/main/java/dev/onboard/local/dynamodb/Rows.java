package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.value.ItemCodec;
import dev.onboard.local.dynamodb.value.KeyCodec;
import dev.onboard.local.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of a table or an index in the order of their keys: one partition of it, or all.
 *
 * <p>They are read in pieces, each going on after the last item of the one before, so that a page
 * takes no more from the store than it needs.
 *
 * @param query the partition; null for all items
 * @param forward whether in ascending order
 */
record Rows(Table table, @Nullable Index index, @Nullable KeyQuery query, boolean forward) {
  private static final int FIRST_PIECE = 50;
  private static final int LARGEST_PIECE = 2000;
  private static final int PIECE_BYTES = 1 << 20;

  /**
   * Hands over items one by one for as long as the consumer wants more.
   *
   * @param after the key attributes of the item after which to begin; null to begin at the start
   * @param expected how many items the consumer is likely to want, if it wants few
   */
  void each(
      Tx tx,
      @Nullable Map<String, AttributeValue> after,
      int expected,
      Predicate<Stored> consumer) {
    Map<String, AttributeValue> last = after;
    int piece = Math.min(FIRST_PIECE, expected);
    while (true) {
      List<Stored> rows = piece(tx, last, piece);
      long bytes = 0;
      for (Stored row : rows) {
        bytes += row.size();
        if (!consumer.test(row)) {
          return;
        }
      }
      if (rows.size() < piece) {
        return;
      }
      last = rows.getLast().item();
      long average = Math.max(1, bytes / rows.size());
      piece = (int) Math.clamp(PIECE_BYTES / average, 1, LARGEST_PIECE);
    }
  }

  private List<Stored> piece(Tx tx, @Nullable Map<String, AttributeValue> after, int rows) {
    var sql = new Sql();
    if (index == null) {
      sql.add("SELECT size, item FROM dynamodb_item WHERE table_id = ?", table.id());
      if (query == null) {
        order(sql, List.of("pk", "sk"), after == null ? null : keys(after));
      } else {
        sql.add(" AND pk = ?", query.partition());
        range(sql, "sk", after == null ? null : keys(after).subList(1, 2));
        order(sql, List.of("sk"), after == null ? null : keys(after).subList(1, 2));
      }
    } else {
      sql.add(
          "SELECT i.size, i.item FROM dynamodb_index_entry e CROSS JOIN dynamodb_item i"
              + " ON i.table_id = ? AND i.pk = e.pk AND i.sk = e.sk WHERE e.index_id = ?",
          table.id(),
          index.id());
      List<byte[]> from = after == null ? null : indexKeys(index, after);
      if (query == null) {
        order(sql, List.of("e.ipk", "e.isk", "e.pk", "e.sk"), from);
      } else {
        sql.add(" AND e.ipk = ?", query.partition());
        from = from == null ? null : from.subList(1, 4);
        range(sql, "e.isk", from);
        order(sql, List.of("e.isk", "e.pk", "e.sk"), from);
      }
    }
    sql.add(" LIMIT ?", rows);
    return tx.list(
        sql.text.toString(),
        r -> new Stored(ItemCodec.decode(r.bytes("item")), r.integer(1)),
        sql.arguments.toArray());
  }

  /** The ends of the range of sort keys; the end at which a piece begins is where it goes on. */
  private void range(Sql sql, String column, @Nullable List<byte[]> from) {
    KeyQuery.Range range = query == null ? KeyQuery.Range.ALL : query.range();
    byte[] low = range.low();
    byte[] high = range.high();
    if (low != null && (from == null || !forward)) {
      sql.add(" AND " + column + (range.lowIn() ? " >= ?" : " > ?"), low);
    }
    if (high != null && (from == null || forward)) {
      sql.add(" AND " + column + (range.highIn() ? " <= ?" : " < ?"), high);
    }
  }

  private void order(Sql sql, List<String> columns, @Nullable List<byte[]> from) {
    String all = String.join(", ", columns);
    if (from != null) {
      String places = String.join(", ", columns.stream().map(_ -> "?").toList());
      sql.add(" AND (" + all + ") " + (forward ? ">" : "<") + " (" + places + ")", from.toArray());
    }
    String direction = forward ? "" : " DESC";
    sql.add(" ORDER BY " + String.join(", ", columns.stream().map(c -> c + direction).toList()));
  }

  private List<byte[]> keys(Map<String, AttributeValue> item) {
    Key key = table.keys().encode(item);
    return List.of(key.partition(), key.sort());
  }

  private List<byte[]> indexKeys(Index of, Map<String, AttributeValue> item) {
    Key key = of.keys().encode(item);
    Key tableKey = table.keys().encode(item);
    return List.of(key.partition(), key.sort(), tableKey.partition(), tableKey.sort());
  }

  /** The segment of a parallel scan to which an item belongs. */
  int segment(Map<String, AttributeValue> item, int segments) {
    KeySchema keys = index == null ? table.keys() : index.keys();
    int hash = 1;
    for (byte b : KeyCodec.encode(item.get(keys.partition().name()))) {
      hash = 31 * hash + b;
    }
    // The low bits of this hash are those of the last byte: spread them.
    return Math.floorMod((hash * 0x9E3779B1) >>> 8, segments);
  }

  /** A statement with its arguments. */
  private static final class Sql {
    private final StringBuilder text = new StringBuilder();
    private final List<Object> arguments = new ArrayList<>();

    void add(String more, Object... values) {
      text.append(more);
      arguments.addAll(List.of(values));
    }
  }
}
