package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.value.ItemCodec;
import dev.onboard.local.dynamodb.value.Values;
import dev.onboard.local.store.Tx;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of the tables within one transaction, with their index entries. After the changes
 * {@link #finish} brings the tables' counts up to date, once however many items were changed.
 */
final class Items {
  private final Tx tx;
  private final Map<Long, long[]> counts = new HashMap<>();
  private long earliestExpiry = Long.MAX_VALUE;

  Items(Tx tx) {
    this.tx = tx;
  }

  Tx tx() {
    return tx;
  }

  @Nullable Stored find(Table table, Key key) {
    return tx.first(
            "SELECT size, item FROM dynamodb_item WHERE table_id = ? AND pk = ? AND sk = ?",
            r -> new Stored(ItemCodec.decode(r.bytes("item")), r.integer(1)),
            table.id(),
            key.partition(),
            key.sort())
        .orElse(null);
  }

  /** Stores an item unless there is one under its key; answers whether it did. */
  boolean insert(Table table, Key key, Stored item) {
    Long expires = expires(table, item.item());
    int inserted =
        tx.update(
            "INSERT INTO dynamodb_item(table_id, pk, sk, size, expires, item)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            table.id(),
            key.partition(),
            key.sort(),
            item.size(),
            expires,
            ItemCodec.encode(item.item()));
    if (inserted == 0) {
      return false;
    }
    noteExpiry(expires);
    count(table, 1, item.size());
    index(table, key, null, item.item());
    return true;
  }

  /** Stores an item in the place of another. */
  void replace(Table table, Key key, Stored old, Stored item) {
    Long expires = expires(table, item.item());
    tx.update(
        "UPDATE dynamodb_item SET size = ?, expires = ?, item = ?"
            + " WHERE table_id = ? AND pk = ? AND sk = ?",
        item.size(),
        expires,
        ItemCodec.encode(item.item()),
        table.id(),
        key.partition(),
        key.sort());
    noteExpiry(expires);
    count(table, 0, item.size() - old.size());
    index(table, key, old.item(), item.item());
  }

  void remove(Table table, Key key, Stored old) {
    tx.update(
        "DELETE FROM dynamodb_item WHERE table_id = ? AND pk = ? AND sk = ?",
        table.id(),
        key.partition(),
        key.sort());
    count(table, -1, -old.size());
    index(table, key, old.item(), null);
  }

  private void index(
      Table table,
      Key key,
      @Nullable Map<String, AttributeValue> old,
      @Nullable Map<String, AttributeValue> item) {
    for (Index index : table.indexes()) {
      Key from = old != null && index.keys().isIn(old) ? index.keys().encode(old) : null;
      Key to = item != null && index.keys().isIn(item) ? index.keys().encode(item) : null;
      if (from != null && !from.equals(to)) {
        tx.update(
            "DELETE FROM dynamodb_index_entry"
                + " WHERE index_id = ? AND ipk = ? AND isk = ? AND pk = ? AND sk = ?",
            index.id(),
            from.partition(),
            from.sort(),
            key.partition(),
            key.sort());
      }
      if (to != null) {
        enter(index, to, key, index.of(item));
      }
    }
  }

  /** Puts an entry into an index. */
  void enter(Index index, Key indexKey, Key key, Map<String, AttributeValue> held) {
    tx.update(
        "INSERT OR REPLACE INTO dynamodb_index_entry(index_id, ipk, isk, pk, sk, size)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        index.id(),
        indexKey.partition(),
        indexKey.sort(),
        key.partition(),
        key.sort(),
        Values.size(held));
  }

  private void count(Table table, int items, int bytes) {
    long[] count = counts.computeIfAbsent(table.id(), _ -> new long[2]);
    count[0] += items;
    count[1] += bytes;
  }

  /** When an item expires, in seconds since the epoch; null if it does not. */
  static @Nullable Long expires(Table table, Map<String, AttributeValue> item) {
    String attribute = table.expiryAttribute();
    AttributeValue value = attribute == null ? null : item.get(attribute);
    if (value == null || value.n() == null) {
      return null;
    }
    BigDecimal seconds = new BigDecimal(value.n()).setScale(0, RoundingMode.FLOOR);
    return seconds.precision() > 15 ? null : (Long) seconds.longValueExact();
  }

  private void noteExpiry(@Nullable Long expires) {
    if (expires != null) {
      earliestExpiry = Math.min(earliestExpiry, expires);
    }
  }

  /** The earliest time at which an item expires that was stored here. */
  long earliestExpiry() {
    return earliestExpiry;
  }

  void finish() {
    counts.forEach((table, count) -> {
      if (!Arrays.equals(count, new long[2])) {
        tx.update(
            "UPDATE dynamodb_count SET items = items + ?, bytes = bytes + ?"
                + " WHERE table_id = ?",
            count[0],
            count[1],
            table);
      }
    });
  }
}
