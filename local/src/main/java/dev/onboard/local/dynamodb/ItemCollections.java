package dev.onboard.local.dynamodb;

import dev.onboard.local.dynamodb.value.KeyCodec;
import dev.onboard.local.store.Tx;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ItemCollectionMetrics;

/** The size of what stands under one partition key, told for tables with local indexes. */
final class ItemCollections {
  private static final double GIGABYTE = 1 << 30;

  private ItemCollections() {}

  /**
   * The metrics of the collection to which an item belongs.
   *
   * @param wanted the request's ReturnItemCollectionMetrics
   * @return null if they are not wanted, or the table has no item collections
   */
  static @Nullable ItemCollectionMetrics of(
      Tx tx, Table table, Map<String, AttributeValue> item, @Nullable String wanted) {
    if (!"SIZE".equals(wanted) || !table.hasLocalIndexes()) {
      return null;
    }
    String name = table.keys().partition().name();
    AttributeValue value = item.get(name);
    long bytes =
        tx.number(
            "SELECT sum(size) FROM dynamodb_item WHERE table_id = ? AND pk = ?",
            table.id(),
            KeyCodec.encode(value));
    double low = Math.floor(bytes / GIGABYTE);
    return ItemCollectionMetrics.builder()
        .itemCollectionKey(Map.of(name, value))
        .sizeEstimateRangeGB(List.of(low, low + 1))
        .build();
  }
}
